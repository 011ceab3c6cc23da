"""Sixteen at once. Each race is run first with the guard off, to show that the accident is real.

The control reads before its transaction begins, as a form page does: inside BEGIN IMMEDIATE nothing
could collide on SQLite, and the control would prove nothing.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from portal.common.clock import local_day
from portal.common.codes import format_file_code
from portal.procedures import services, workflow
from portal.procedures.file_codes import next_file_code
from portal.procedures.models import Dossier, DossierEvent, Draft, FileCodeCounter
from portal.procedures.states import Status
from tests.procedures.town import Town, at_step, build, submitted, written_draft
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency

THREADS = 16


@pytest.fixture
def town(fresh_database: FreshDatabase) -> Town:
    return build()


def _won(outcomes: list[Any]) -> list[Any]:
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


def _expect_only(outcomes: list[Any], *kinds: type[Exception]) -> None:
    strange = [
        outcome for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, kinds)
    ]
    assert strange == []


class _Meeting:
    """Hold every thread between reading and writing until all have read."""

    def __init__(self, count: int) -> None:
        self.barrier = threading.Barrier(count, timeout=30)

    def __call__(self) -> None:
        self.barrier.wait()


def test_control_without_the_guard_every_acceptance_wins(town: Town, fresh_database: FreshDatabase) -> None:
    dossier = submitted(town)
    meet = _Meeting(THREADS)

    def read_check_save() -> str:
        seen = Dossier.objects.get(pk=dossier.pk)
        meet()
        if seen.status != Status.SUBMITTED:
            raise services.RefusedMoveError
        with transaction.atomic():
            seen.status = Status.ACCEPTED
            seen.code = next_file_code("H99.12.034", local_day(timezone.now()))
            seen.save()
        return seen.code

    outcomes = fresh_database.together([read_check_save] * THREADS)
    assert len(_won(outcomes)) > 1, "the accident did not happen, so the race below proves nothing"


def test_sixteen_acceptances_of_one_dossier_one_wins(town: Town, fresh_database: FreshDatabase) -> None:
    dossier = submitted(town)

    def accept() -> Dossier:
        return services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)

    outcomes = fresh_database.together([accept] * THREADS)
    _expect_only(outcomes, services.OvertakenError)
    assert len(_won(outcomes)) == 1
    assert DossierEvent.objects.filter(dossier=dossier, action="accept").count() == 1
    # a refused acceptance gives its number back: there is no gap
    assert FileCodeCounter.objects.get().last == 1


def test_two_officers_in_the_same_step_one_decides(town: Town, fresh_database: FreshDatabase) -> None:
    dossier = at_step(town, "principal_decides")

    def decide(verb: Callable[..., Dossier]) -> Callable[[], Dossier]:
        return lambda: verb(
            dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision, note="Đã xem"
        )

    outcomes = fresh_database.together(
        [decide(services.grant_dossier), decide(services.refuse_dossier)] * 8
    )
    _expect_only(outcomes, services.OvertakenError)
    (winner,) = _won(outcomes)
    assert Dossier.objects.get(pk=dossier.pk).outcome == winner.outcome
    assert DossierEvent.objects.filter(dossier=dossier, action__in=["grant", "refuse"]).count() == 1


def test_control_without_the_guard_two_decisions_stand(
    town: Town, fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = at_step(town, "principal_decides")
    meet = _Meeting(2)

    def blind(seen: Dossier, changes: dict[str, Any]) -> bool:
        return Dossier.objects.filter(pk=seen.pk).update(**changes) == 1

    def decide(outcome: str) -> Callable[[], bool]:
        def work() -> bool:
            seen = Dossier.objects.get(pk=dossier.pk)
            meet()
            with transaction.atomic():
                return workflow.guarded_update(seen, {"outcome": outcome})

        return work

    with monkeypatch.context() as off:
        off.setattr(workflow, "guarded_update", blind)
        outcomes = fresh_database.together([decide("granted"), decide("refused")])
    assert outcomes == [True, True]


def test_control_a_counter_that_reads_and_writes_gives_numbers_twice(
    town: Town, fresh_database: FreshDatabase
) -> None:
    day = local_day(timezone.now())
    FileCodeCounter.objects.create(organisation_code="H99.12.034", day=day)
    meet = _Meeting(THREADS)

    def take() -> str:
        row = FileCodeCounter.objects.get()
        meet()
        row.last += 1
        row.save()
        return format_file_code("H99.12.034", day, row.last)

    outcomes = fresh_database.together([take] * THREADS)
    assert max(Counter(_won(outcomes)).values()) > 1


def test_sixteen_file_codes_none_twice_none_left_out(town: Town, fresh_database: FreshDatabase) -> None:
    day = local_day(timezone.now())

    def take() -> str:
        with transaction.atomic():
            return next_file_code("H99.12.034", day)

    outcomes = fresh_database.together([take] * THREADS)
    assert sorted(outcomes, key=str) == [
        format_file_code("H99.12.034", day, number) for number in range(1, THREADS + 1)
    ]


def test_a_draft_submitted_sixteen_times_gives_one_dossier(
    town: Town, fresh_database: FreshDatabase
) -> None:
    draft = written_draft(town)
    outcomes = fresh_database.together(
        [lambda: services.submit_draft(draft=Draft.objects.get(pk=draft.pk))] * THREADS
    )
    _expect_only(outcomes)
    assert len({dossier.pk for dossier in _won(outcomes)}) == 1
    assert Dossier.objects.count() == 1


def test_control_without_the_guard_a_draft_is_taken_twice(
    town: Town, fresh_database: FreshDatabase
) -> None:
    draft = written_draft(town)
    meet = _Meeting(THREADS)

    def take() -> bool:
        seen = Draft.objects.get(pk=draft.pk)
        meet()
        if seen.state != Draft.State.WRITING:
            return False
        seen.state = Draft.State.SUBMITTED
        seen.save()
        return True

    assert fresh_database.together([take] * THREADS).count(True) > 1
