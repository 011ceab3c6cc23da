"""Many at once: one child, one registration; one turn for each who waits; one board that publishes.

The controls read before their transaction begins, as a page does.
"""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import transaction

from admissions import services
from admissions.models import Registration, WaitingRoom
from admissions.services import waiting
from portal.procedures.models import Dossier
from portal.procedures.services import IncompleteDraftError
from tests.admissions import season
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency

THREADS = 8


@pytest.fixture
def fair(fresh_database: FreshDatabase) -> season.Fair:
    assert fresh_database is not None
    return season.committed(season.build())


def test_control_reading_the_turn_first_gives_it_to_several(
    fair: season.Fair, fresh_database: FreshDatabase
) -> None:
    room = services.set_rate(phase=fair.season.phases.get(kind="window"), per_minute=60)
    barrier = threading.Barrier(THREADS, timeout=30)

    def read_then_write() -> float:
        seen = WaitingRoom.objects.get(pk=room.pk).next_turn
        barrier.wait()
        with transaction.atomic():
            WaitingRoom.objects.filter(pk=room.pk).update(next_turn=seen + 1)
        return seen

    turns = fresh_database.together([read_then_write] * THREADS)
    assert len(set(turns)) < THREADS, "the accident did not happen, so the race below proves nothing"


def test_each_visitor_gets_a_turn_of_their_own(fair: season.Fair, fresh_database: FreshDatabase) -> None:
    room = services.set_rate(phase=fair.season.phases.get(kind="window"), per_minute=60)
    now = room.phase.opens_at.timestamp() + 100
    WaitingRoom.objects.filter(pk=room.pk).update(next_turn=now)
    turns = fresh_database.together([lambda: waiting.take_ticket(room=room, now=now).seconds] * THREADS)
    assert len(turns) == THREADS
    assert set(turns) == set(range(THREADS))


def test_two_guardians_at_once_make_one_registration(
    fair: season.Fair, fresh_database: FreshDatabase
) -> None:
    season.link(fair.tuan, fair.an)
    writings = [season.write(fair, fair.an, by, [fair.near]) for by in (fair.lan, fair.tuan)]

    def submit(writing: Any) -> Any:
        return services.submit_registration(writing=writing)

    outcomes = fresh_database.together(
        [lambda w=writing: submit(w) for writing in writings] * (THREADS // 2)
    )
    refused = [each for each in outcomes if isinstance(each, Exception)]
    assert all(isinstance(each, services.AdmissionRefusedError | IncompleteDraftError) for each in refused)
    assert Registration.objects.count() == 1
    assert Dossier.objects.count() == 1
    assert len({each.pk for each in outcomes if isinstance(each, Registration)}) == 1


def test_a_round_is_approved_once(fair: season.Fair, fresh_database: FreshDatabase) -> None:
    season.register(fair, fair.an, fair.lan, [fair.near])
    season.closed(fair)
    season.verify_all(fair)
    services.freeze_round(round_=fair.again().round, actor=None)
    for officer in (fair.ngoc, fair.son):
        services.enter_public_value(round_=fair.again().round, value="45", officer=officer)
    services.propose_publication(round_=fair.round, officer=fair.ngoc, revision=fair.again().round.revision)
    shown = fair.again().round

    def approve() -> Any:
        return services.approve_publication(round_=shown, officer=fair.son, revision=shown.revision)

    outcomes = fresh_database.together([approve] * THREADS)
    assert sum(not isinstance(each, Exception) for each in outcomes) == 1
