"""The table of moves against the list of allowed ones (status list of the national portal)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures.states import ENDED, LABELS, MOVES, PAUSED, Action, By, Status, find, possible

# what the field's conventions allow: from → to
ALLOWED = {
    1: {1, 2, 3, 5, 7},
    2: {4, 5, 6, 7},
    4: {4, 5, 6, 7, 8, 9},
    5: {1, 3, 4, 7, 8},
    6: {4, 7, 8},
    8: {4, 9},
    9: {10},
    3: set(),
    7: set(),
    10: set(),
}


def test_the_table_holds_exactly_the_allowed_moves() -> None:
    table = {
        status.value: {move.target.value for move in MOVES if move.source is status} for status in Status
    }
    assert table == ALLOWED


@pytest.mark.parametrize("status", sorted(ENDED))
def test_nothing_leads_out_of_an_end(status: Status) -> None:
    assert possible(status, received=True) == ()
    assert possible(status, received=False) == ()


def test_a_supplement_leads_back_to_where_the_dossier_was() -> None:
    before = find(Status.SUPPLEMENT_REQUESTED, Action.SUPPLY, received=False)
    after = find(Status.SUPPLEMENT_REQUESTED, Action.SUPPLY, received=True)
    assert before is not None
    assert before.target is Status.SUBMITTED
    assert after is not None
    assert after.target is Status.IN_PROGRESS


def test_reception_cannot_be_refused_once_it_took_place() -> None:
    assert find(Status.SUPPLEMENT_REQUESTED, Action.REFUSE_RECEPTION, received=False) is not None
    assert find(Status.SUPPLEMENT_REQUESTED, Action.REFUSE_RECEPTION, received=True) is None


def test_every_refusal_and_every_pause_by_an_officer_says_why() -> None:
    silent = [
        move
        for move in MOVES
        if move.by is not By.CITIZEN
        and not move.needs_note
        and (
            move.action
            in {Action.REFUSE, Action.REFUSE_RECEPTION, Action.REQUEST_SUPPLEMENT, Action.SUSPEND}
        )
    ]
    assert silent == []


def test_every_status_has_a_name() -> None:
    assert set(LABELS) == set(Status)
    assert set(Status) > PAUSED


@given(st.lists(st.sampled_from(list(Action)), max_size=40))
def test_whatever_is_tried_a_dossier_stays_in_the_table(actions: list[Action]) -> None:
    status, received = Status.SUBMITTED, False
    for action in actions:
        move = find(status, action, received=received)
        if move is None:
            continue
        assert move.target.value in ALLOWED[status.value]
        status = move.target
        received = received or status is Status.ACCEPTED
    assert not (status is Status.RECEPTION_REFUSED and received)
