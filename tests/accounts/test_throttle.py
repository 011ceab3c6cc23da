from __future__ import annotations

import threading
import time

import pytest

from portal.accounts.models import ThrottleCounter
from portal.accounts.services import clear_old_turns, take_turn
from portal.accounts.services.throttle import use_once, was_used
from tests.accounts.racing import race

LIMIT = 5


@pytest.mark.django_db
def test_a_key_has_its_turns_and_no_more() -> None:
    assert [take_turn(key="k", limit=2, seconds=86_400) for _ in range(4)] == [True, True, False, False]
    assert take_turn(key="other", limit=2, seconds=86_400)
    assert ThrottleCounter.objects.get(key="k").used == 2


@pytest.mark.django_db
def test_a_limit_of_none_allows_none() -> None:
    assert not take_turn(key="k", limit=0, seconds=60)


def test_a_window_longer_than_a_day_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        take_turn(key="k", limit=1, seconds=86_401)


@pytest.mark.django_db
def test_a_new_window_gives_new_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_000_000.0)
    assert take_turn(key="k", limit=1, seconds=10)
    assert not take_turn(key="k", limit=1, seconds=10)
    monkeypatch.setattr(time, "time", lambda: 1_000_010.0)
    assert take_turn(key="k", limit=1, seconds=10)


@pytest.mark.django_db
def test_old_windows_are_cleared_and_running_ones_stay() -> None:
    ThrottleCounter.objects.create(key="old", window=int(time.time()) - 3 * 86_400, used=1)
    take_turn(key="new", limit=1, seconds=86_400)
    assert clear_old_turns() == 1
    assert [row.key for row in ThrottleCounter.objects.all()] == ["new"]


@pytest.mark.django_db
def test_a_moment_is_used_once() -> None:
    assert not was_used(key="totp:1", moment=90)
    assert use_once(key="totp:1", moment=90)
    assert not use_once(key="totp:1", moment=90)
    assert was_used(key="totp:1", moment=90)
    assert use_once(key="totp:1", moment=120)


@pytest.mark.concurrency
@pytest.mark.usefixtures("shared_database")
def test_sixteen_threads_take_exactly_the_turns_there_are() -> None:
    def turn(barrier: threading.Barrier) -> bool:
        barrier.wait()
        return take_turn(key="race", limit=LIMIT, seconds=86_400)

    assert race(turn) == LIMIT


@pytest.mark.concurrency
@pytest.mark.usefixtures("shared_database")
def test_reading_before_writing_overshoots() -> None:
    """The control: what every cache-backed counter without atomic increments does."""
    ThrottleCounter.objects.create(key="race", window=0, used=0)

    def turn(barrier: threading.Barrier) -> bool:
        row = ThrottleCounter.objects.get(key="race")
        barrier.wait()
        if row.used >= LIMIT:
            return False
        row.used += 1
        row.save()
        return True

    assert race(turn) > LIMIT
