"""Whatever the order of crashes, lost wakes, double wakes and lapsed leases: done, and the effect once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from portal.outbox import claims, services
from portal.outbox.models import Duty
from portal.outbox.ports import Later
from tests.outbox.kitchen.duties import stove

FATES = ("well", "fails", "later", "dies before", "dies after", "sleeps", "sleeps and fails", "fails after")


class ProcessDiedError(BaseException):
    """Stands for kill -9: nothing after it runs, so it must not be caught by anything of ours."""


class Duties(RuleBasedStateMachine):
    """Duties owed, woken and swept, while their handlers meet the fates that hypothesis draws."""

    def __init__(self) -> None:
        super().__init__()
        Duty.objects.all().delete()
        self.clock = time_machine.travel("2026-11-24T08:00:00+07:00", tick=False)
        self.traveller = self.clock.start()
        self.ids: dict[str, int] = {}
        self.runs: Counter[str] = Counter()
        self.effects: Counter[str] = Counter()
        self.fates: list[str] = []
        stove.recipe = self.cook

    def cook(self, payload: dict[str, Any]) -> None:
        name = payload["name"]
        fate = self.fates.pop() if self.fates else "well"
        self.runs[name] += 1
        if fate == "dies before":
            raise ProcessDiedError
        if fate == "later":
            raise Later(40)
        if fate == "fails":
            raise ValueError
        if fate.startswith("sleeps"):  # beyond the lease: somebody else takes over and finishes
            self.traveller.shift(timedelta(seconds=61))
            self.wake(self.ids[name])
        if fate == "sleeps and fails":
            raise ValueError
        if not self.effects[name]:  # what makes a handler fit to run twice
            self.effects[name] += 1
        if fate == "dies after":
            raise ProcessDiedError
        if fate == "fails after":
            raise ValueError

    def wake(self, duty_id: int) -> None:
        token = claims.current.set(None)
        try:
            with suppress(ProcessDiedError):
                services.perform_duty(duty_id=duty_id)
        finally:
            claims.current.reset(token)

    @rule(name=st.sampled_from("abc"))
    def owe(self, name: str) -> None:
        with transaction.atomic():
            self.ids[name] = services.owe(kind="test.cook", key=name, payload={"name": name})

    @precondition(lambda self: self.ids)
    @rule(data=st.data(), fates=st.lists(st.sampled_from(FATES), max_size=3))
    def perform(self, data: st.DataObject, fates: list[str]) -> None:
        self.fates = fates
        self.wake(self.ids[data.draw(st.sampled_from(sorted(self.ids)))])

    @rule(fates=st.lists(st.sampled_from(FATES), max_size=5))
    def sweep(self, fates: list[str]) -> None:
        self.fates = fates
        with suppress(ProcessDiedError):
            services.perform_due_duties()

    @rule(seconds=st.sampled_from([1, 15, 61, 4000]))
    def time_passes(self, seconds: int) -> None:
        self.traveller.shift(timedelta(seconds=seconds))

    @rule()
    def operator_revives_the_dead(self) -> None:
        for duty in Duty.objects.filter(state=Duty.State.DEAD):
            services.revive(duty_id=duty.pk)

    def teardown(self) -> None:
        try:
            self.fates = []
            for _round in range(8):
                self.operator_revives_the_dead()
                services.perform_due_duties()
                self.traveller.shift(timedelta(hours=2))
            assert set(Duty.objects.values_list("key", "state")) == {(name, "done") for name in self.ids}
            assert all(self.runs[name] >= 1 for name in self.ids)
            assert self.effects == dict.fromkeys(self.ids, 1)
            runs = dict(self.runs)
            services.perform_due_duties()
            assert runs == self.runs  # and what is done stays done
        finally:
            self.clock.stop()


@pytest.mark.django_db
def test_every_duty_is_done_and_its_effect_happens_once() -> None:
    run_state_machine_as_test(
        Duties, settings=settings(max_examples=60, stateful_step_count=25, deadline=None)
    )
    assert not Duty.objects.exclude(state=Duty.State.DONE).exists()
