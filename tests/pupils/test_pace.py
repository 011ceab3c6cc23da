from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pupils.pace import BUDGET, FIRST, LEAST, Pace


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Offer a clock of which the test writes the next readings."""
    readings: list[float] = []
    monkeypatch.setattr("time.perf_counter", lambda: readings.pop(0))
    return readings


def _lot(learning: Pace, clock: list[float], seconds: float, rows: int | None = None) -> int:
    clock += [100.0, 100.0 + seconds]
    learning.begin()
    learning.end(rows or learning.rows)
    return learning.rows


def test_a_quick_machine_doubles_up_to_the_most(clock: list[float]) -> None:
    learning = Pace(500)
    assert [learning.rows, *(_lot(learning, clock, 0.001) for _ in range(4))] == [FIRST, 200, 400, 500, 500]


def test_a_busy_machine_gets_smaller_lots_at_once(clock: list[float]) -> None:
    learning = Pace(500)
    assert _lot(learning, clock, 4 * BUDGET) <= FIRST // 4
    assert _lot(learning, clock, 100.0) == LEAST
    assert learning.longest == 100.0


def test_a_last_lot_that_is_small_says_nothing_against_large_ones(clock: list[float]) -> None:
    learning = Pace(500)
    assert _lot(learning, clock, BUDGET / 100, rows=1) >= FIRST - 1


@given(st.lists(st.floats(0, 100), max_size=30), st.integers(1, 600))
def test_lots_stay_between_their_borders(seconds: list[float], most: int) -> None:
    learning = Pace(most)
    for taken in seconds:
        learning.begin()
        learning._began -= taken  # noqa: SLF001 - as if so long had passed
        learning.end(learning.rows)
        assert min(LEAST, most) <= learning.rows <= most
