"""Two who do the same at once: one wins, the other hears what happened meanwhile."""

from __future__ import annotations

import threading
from datetime import date
from typing import Any

import pytest

from portal.accounts import services
from portal.accounts.models import (
    Citizen,
    FamilyClaim,
    FamilyEvent,
    FamilyLink,
    Role,
    RoleAssignment,
    User,
)
from tests.accounts import people
from tests.accounts.racing import race

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("shared_database")]
FIRST_DAY = date(2026, 9, 1)


def test_a_role_is_given_once() -> None:
    school, thu = people.school(), people.officer("thu")

    def assign(barrier: threading.Barrier) -> bool:
        barrier.wait()
        try:
            services.assign_role(
                officer_id=thu.pk, role=Role.FINANCE, organisation_id=school.pk, valid_from=FIRST_DAY
            )
        except services.RefusedError:
            return False
        return True

    assert race(assign) == 1
    assert RoleAssignment.objects.count() == 1


def test_looking_first_and_writing_later_gives_it_often() -> None:
    """The control: the same question asked before the writing begins."""
    school, thu = people.school(), people.officer("thu")

    def assign(barrier: threading.Barrier) -> bool:
        held = RoleAssignment.objects.filter(officer=thu, role=Role.FINANCE, organisation=school).exists()
        barrier.wait()
        if not held:
            RoleAssignment.objects.create(
                officer=thu, role=Role.FINANCE, organisation=school, valid_from=FIRST_DAY
            )
        return not held

    assert race(assign) > 1


def _waiting_claim() -> tuple[FamilyClaim, int, int]:
    school = people.school()
    people.minh(school)
    clerk = people.officer("thu", Role.SCHOOL_CLERK, school)
    claim = people.claim_minh(people.citizen(people.TUAN))
    services.match_claim(claim_id=claim.pk)
    return claim, clerk.user_id, school.pk


def test_a_claim_is_decided_once() -> None:
    claim, clerk_id, school_id = _waiting_claim()
    numbers = iter(range(16))

    def decide(barrier: threading.Barrier) -> bool:
        actor = User.objects.get(pk=clerk_id)
        confirm = next(numbers) % 2
        barrier.wait()
        facts: dict[str, Any] = {
            "claim_id": claim.pk,
            "revision": 0,
            "actor": actor,
            "organisation_id": school_id,
        }
        try:
            if confirm:
                services.confirm_claim(**facts)
            else:
                services.refuse_claim(**facts, note="Thiếu giấy khai sinh")
        except services.RefusedError:
            return False
        return True

    assert race(decide) == 1
    decided = FamilyEvent.objects.filter(claim=claim).exclude(action="claimed").exclude(action="linked")
    assert decided.count() == 1
    confirmed = FamilyClaim.objects.get(pk=claim.pk).state == FamilyClaim.State.CONFIRMED
    assert FamilyLink.objects.count() == int(confirmed)


def test_reading_the_state_before_writing_it_decides_often() -> None:
    """The control: a form page reads, a person thinks, the page writes."""
    claim, _clerk_id, _school_id = _waiting_claim()

    def decide(barrier: threading.Barrier) -> bool:
        row = FamilyClaim.objects.get(pk=claim.pk)
        barrier.wait()
        if row.state != FamilyClaim.State.WAITING:
            return False
        row.state = FamilyClaim.State.CONFIRMED
        row.save()
        return True

    assert race(decide) > 1


def test_the_match_may_run_in_many_workers_at_once() -> None:
    mother, child = people.citizen(people.LAN), people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    claim = people.claim_minh(mother)

    def match(barrier: threading.Barrier) -> bool:
        barrier.wait()
        return services.match_claim(claim_id=claim.pk) is not None

    assert race(match) == 1
    assert FamilyLink.objects.count() == 1


def test_two_first_sign_ins_of_one_person_make_one_citizen() -> None:
    def sign_in(barrier: threading.Barrier) -> bool:
        barrier.wait()
        return people.citizen(people.LAN).pk > 0

    assert race(sign_in) == 16
    assert Citizen.objects.count() == 1
    assert User.objects.filter(username__startswith="vneid-").count() == 1
