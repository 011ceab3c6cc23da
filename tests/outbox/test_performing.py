"""Performing duties: failing, waiting, giving up, reviving, leases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from portal.outbox import claims, selectors, services
from portal.outbox.models import Duty
from portal.outbox.ports import Later, duty_handler
from tests.outbox.kitchen.duties import Stove

pytestmark = pytest.mark.django_db

SECRET = "Nguyễn Thị Made-Up 999318004512"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-24T08:00:00+07:00", tick=False) as traveller:
        yield traveller


def owed(key: str = "one", kind: str = "test.cook", **payload: object) -> Duty:
    with transaction.atomic():
        return Duty.objects.get(pk=services.owe(kind=kind, key=key, payload=payload))


def fail(_payload: dict[str, Any]) -> None:
    raise ValueError(SECRET)


def test_a_performed_duty_is_done_and_not_performed_again(stove: Stove) -> None:
    served: list[dict[str, Any]] = []
    stove.recipe = served.append
    duty = owed(dossier=7)
    assert services.perform_duty(duty_id=duty.pk)
    assert not services.perform_duty(duty_id=duty.pk)
    assert services.perform_due_duties() == 0
    duty.refresh_from_db()
    assert (duty.state, duty.attempts, duty.lease_until) == ("done", 1, None)
    assert duty.done_at is not None
    assert served == [{"dossier": 7}]


def test_a_failure_waits_longer_each_time_and_keeps_the_class_of_the_error_only(
    stove: Stove, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    stove.recipe = fail
    duty = owed()
    pauses = []
    for _attempt in range(3):
        assert services.perform_due_duties() == 1
        assert services.perform_due_duties() == 0
        duty.refresh_from_db()
        pauses.append((duty.next_attempt_at - timezone.now()).total_seconds())
        clock.move_to(duty.next_attempt_at)
    assert pauses == [10, 20, 40]
    assert (duty.state, duty.last_error, duty.lease_until) == ("waiting", "ValueError", None)
    assert SECRET not in caplog.text
    assert "test_performing.py:" in caplog.text  # the place, instead of the message


def test_pauses_double_up_to_an_hour() -> None:
    pauses = [claims.pause(attempts).total_seconds() for attempts in range(1, 40)]
    assert pauses[:4] == [10, 20, 40, 80]
    assert max(pauses) == pauses[-1] == 3600


def test_a_duty_that_keeps_failing_dies_loudly_and_can_be_revived(
    stove: Stove, clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    stove.recipe = fail
    duty = owed()
    for _attempt in range(6):
        services.perform_due_duties()
        clock.shift(timedelta(hours=2))
    duty.refresh_from_db()
    assert (duty.state, duty.attempts, duty.last_error) == ("dead", 4, "ValueError")
    assert f"duty {duty.pk} (test.cook) is dead after 4 attempts" in caplog.text
    assert selectors.counts() == {"waiting": 0, "done": 0, "dead": 1}
    assert list(selectors.dead()) == list(selectors.dead(kind="test.cook")) == [duty]

    stove.recipe = lambda _payload: None
    services.revive(duty_id=duty.pk)
    with pytest.raises(services.DutyNotDeadError):
        services.revive(duty_id=duty.pk)
    assert services.perform_due_duties() == 1
    assert selectors.counts() == {"waiting": 0, "done": 1, "dead": 0}


def test_asking_for_another_time_is_no_failure(stove: Stove, clock: time_machine.Traveller) -> None:
    def wait(_payload: dict[str, Any]) -> None:
        raise Later(30)

    stove.recipe = wait
    duty = owed()
    for _time in range(10):
        assert services.perform_due_duties() == 1
        clock.shift(timedelta(seconds=29))
        assert services.perform_due_duties() == 0
        clock.shift(timedelta(seconds=1))
    duty.refresh_from_db()
    assert (duty.state, duty.attempts, duty.last_error) == ("waiting", 0, "")


def test_a_handler_that_kills_its_process_every_time_ends_dead(clock: time_machine.Traveller) -> None:
    duty = owed()
    for _attempt in range(4):
        assert claims.take(duty.pk) is not None  # and then nothing more: the process is gone
        assert claims.take(duty.pk) is None
        clock.shift(timedelta(seconds=61))
    assert claims.take(duty.pk) is None
    duty.refresh_from_db()
    assert (duty.state, duty.attempts, duty.last_error) == ("dead", 4, "ProcessDied")


def test_a_long_handler_keeps_its_duty_by_extending_the_lease(
    stove: Stove, clock: time_machine.Traveller
) -> None:
    def work(_payload: dict[str, Any]) -> None:
        for _part in range(5):
            clock.shift(timedelta(seconds=50))
            assert claims.take(duty.pk) is None
            services.extend_lease(seconds=60)

    stove.recipe = work
    duty = owed()
    assert services.perform_duty(duty_id=duty.pk)
    duty.refresh_from_db()
    assert (duty.state, duty.attempts) == ("done", 1)


def test_who_extends_too_late_is_told_and_changes_nothing(
    stove: Stove, clock: time_machine.Traveller
) -> None:
    told: list[str] = []

    def sleep(_payload: dict[str, Any]) -> None:
        clock.shift(timedelta(seconds=61))
        assert claims.take(duty.pk) is not None
        try:
            services.extend_lease(seconds=60)
        except services.LeaseLostError as error:
            told.append(str(error))
            raise

    stove.recipe = sleep
    duty = owed()
    services.perform_duty(duty_id=duty.pk)
    duty.refresh_from_db()
    assert told == [f"Duty {duty.pk} was taken over; do less at a time or extend earlier."]
    assert (duty.state, duty.attempts, duty.last_error) == ("waiting", 2, "")
    assert duty.lease_until is not None


def test_nobody_extends_a_lease_outside_a_handler() -> None:
    with pytest.raises(services.LeaseLostError):
        services.extend_lease(seconds=60)


def test_performing_inside_a_transaction_is_refused(stove: Stove) -> None:
    stove.recipe = lambda _payload: None
    duty = owed()
    with pytest.raises(services.TransactionError), transaction.atomic():
        services.perform_duty(duty_id=duty.pk)


def test_a_kind_without_a_handler_becomes_visible() -> None:
    duty = owed(kind="nobody.knows")
    services.perform_due_duties()
    duty.refresh_from_db()
    assert (duty.state, duty.last_error) == ("waiting", "NoHandlerError")


def test_a_kind_has_one_handler() -> None:
    with pytest.raises(ValueError, match="Two handlers"):
        duty_handler("test.cook")(fail)


def test_the_longest_waiting_is_known(clock: time_machine.Traveller) -> None:
    assert selectors.waiting_since() is None
    first = owed("one")
    clock.shift(timedelta(minutes=5))
    owed("two")
    assert selectors.waiting_since() == first.next_attempt_at


def test_one_bad_duty_does_not_hold_up_the_others(stove: Stove) -> None:
    def pick(payload: dict[str, Any]) -> None:
        if payload["number"] == 3:
            raise ValueError

    stove.recipe = pick
    for number in range(50):
        owed(f"duty {number}", number=number)
    assert services.perform_due_duties() == 50
    assert selectors.counts() == {"waiting": 1, "done": 49, "dead": 0}


def test_commands_perform_list_and_revive(stove: Stove, clock: time_machine.Traveller) -> None:
    stove.recipe = fail
    duty = owed()
    for _attempt in range(4):
        call_command("perform_duties", stdout=StringIO())
        clock.shift(timedelta(hours=2))
    out = StringIO()
    call_command("revive_duties", stdout=out)
    assert out.getvalue() == f"{duty.pk} test.cook one: ValueError\n"
    call_command("revive_duties", "--kind", "test.cook", stdout=out)
    assert selectors.counts()["waiting"] == 1
    with pytest.raises(CommandError, match="is not dead"):
        call_command("revive_duties", str(duty.pk), stdout=out)
