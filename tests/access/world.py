"""One of everything that somebody owns, and everybody who must see nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone

from portal.accounts import services as accounts
from portal.accounts.models import FamilyClaim, Role, RoleAssignment
from portal.organisations.models import CalendarDay, Kind, Organisation
from portal.organisations.services import load_calendar
from portal.outbox.models import Duty
from portal.procedures.models import Dossier, Draft
from portal.pupils.models import PupilImport
from tests import doors
from tests.accounts import people
from tests.procedures import town as towns


@dataclass
class World:
    """``things`` by the name that rules call them by; ``owners`` may do what they own, ``outsiders`` nothing."""

    town: towns.Town
    things: dict[str, Any]
    owners: dict[str, Client]
    outsiders: dict[str, Client]
    secrets: tuple[str, ...] = field(default=())


def build() -> World:
    """Make the town with a department, a draft, a dossier, a claim, an import and a dead duty."""
    town = towns.build()
    department = Organisation.objects.create(
        code="H99", kind=Kind.DEPARTMENT, name="Sở Giáo dục và Đào tạo", opened_on=people.LONG_AGO
    )
    Organisation.objects.filter(pk=town.receiving.pk).update(parent=department)
    load_calendar(2026)
    dossier = towns.submitted(town)
    ngoc = people.officer("ngoc", Role.DEPARTMENT_OFFICER, department)
    quan = people.officer("quan", Role.ADMINISTRATOR, department)
    things: dict[str, Any] = {
        "dossier": dossier,
        "draft": towns.written_draft(town),
        "claim": _claim(town),
        "pupil": town.minh,
        "import": _import(town),
        "organisation": town.receiving,
        "assignment": RoleAssignment.objects.get(officer=town.hanh),
        "calendar_day": CalendarDay.objects.order_by("day").first(),
        "duty": _dead_duty(),
    }
    return World(
        town=town,
        things=things,
        owners={
            "lan": doors.client(town.lan.user),
            "tuan": doors.client(town.tuan.user),
            **{
                who.user.username: doors.client(who.user, second_factor=True)
                for who in (town.thang, town.hanh, town.thu, ngoc, quan)
            },
        },
        outsiders=_outsiders(town),
        secrets=(town.minh.full_name, dossier.temporary_code, people.MINH_ID, "Tổ 5, phường Ban Trắng"),
    )


def _claim(town: towns.Town) -> FamilyClaim:
    claim = people.claim_minh(town.tuan, relation="father")
    accounts.match_claim(claim_id=claim.pk)
    return FamilyClaim.objects.get(pk=claim.pk)


def _import(town: towns.Town) -> PupilImport:
    return PupilImport.objects.create(
        school=town.leaving, school_year="2026-2027", file_name="hoc-sinh.xlsx",
        state=PupilImport.State.READY, requested_by=town.thu.user,
    )  # fmt: skip


def _dead_duty() -> Duty:
    return Duty.objects.create(
        kind="notice.deliver", key="notice.deliver:1", state="dead", attempts=20,
        next_attempt_at=timezone.now(), last_error="ConnectionRefusedError at smtp.py:12",
    )  # fmt: skip


def _outsiders(town: towns.Town) -> dict[str, Client]:
    """Nobody, half an officer, another citizen, and an officer of every role at another school."""
    somebody = people.citizen(
        {**people.TUAN, "sub": "sub-hoa", "citizen_id": "999190007777", "name": "Lò Thị Hoa"}
    )
    officers = {
        f"{role} elsewhere": people.officer(f"xa-{role}".replace("_", "-"), role, town.elsewhere)
        for role in Role.values
    }
    return {
        "a stranger": doors.client(),
        "the clerk without second factor": doors.client(town.thang.user),
        "another citizen": doors.client(somebody.user),
        **{who: doors.client(officer.user, second_factor=True) for who, officer in officers.items()},
    }


def is_draft(thing: object) -> bool:
    """Tell a draft from a dossier: both go by ``public_id``."""
    return isinstance(thing, Draft) and not isinstance(thing, Dossier)
