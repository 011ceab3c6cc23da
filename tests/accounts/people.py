"""Named people of these tests. All are made up; personal IDs begin with 999."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from portal.accounts import services
from portal.accounts.models import Citizen, Officer, User
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.organisations.models import Kind, Organisation
from portal.pupils.models import Enrolment, Gender, Pupil

LONG_AGO = date(2025, 9, 1)

LAN = {"sub": "sub-lan", "citizen_id": "999190001234", "name": "Lò Thị Lan", "birthdate": "1990-02-03"}
TUAN = {
    "sub": "sub-tuan",
    "citizen_id": "999090005678",
    "name": "Quàng Văn Tuấn",
    "birthdate": "1989-05-06",
}
MINH_ID = "999218004512"
MINH_BORN = date(2018, 3, 4)


def citizen(claims: dict[str, Any]) -> Citizen:
    return services.citizen_from_claims(claims)


def school(code: str = "H99.12", name: str = "Trường Tiểu học Hoa Ban") -> Organisation:
    return Organisation.objects.create(
        code=code, kind=Kind.SCHOOL, name=name, name_key=fold(name), opened_on=LONG_AGO
    )


def minh(at: Organisation | None = None, personal_id: str = MINH_ID) -> Pupil:
    pupil = Pupil.objects.create(
        personal_id=personal_id,
        personal_id_index=blind_index("personal-id", personal_id),
        full_name="Lò Văn Minh",
        name_key=fold("Lò Văn Minh"),
        birth_date=MINH_BORN,
        gender=Gender.MALE,
        ethnicity="Thái",
        status_on=LONG_AGO,
    )
    if at is not None:
        Enrolment.objects.create(
            pupil=pupil,
            school=at,
            grade=3,
            class_name="3A",
            school_year="2026-2027",
            starts_on=LONG_AGO,
            cause="test",
        )
    return pupil


def officer(username: str, role: str | None = None, at: Organisation | None = None) -> Officer:
    made = services.add_officer(
        username=username, full_name=username.title(), password="hoa-ban-trang-2026"
    )
    if role is not None and at is not None:
        services.assign_role(officer_id=made.pk, role=role, organisation_id=at.pk, valid_from=LONG_AGO)
    return made


def user(username: str) -> User:
    return User.objects.create_user(username)


def claim_minh(by: Citizen, **other: Any) -> Any:
    facts = {
        "relation": "mother",
        "child_name": "Lò Văn Minh",
        "child_birth_date": MINH_BORN,
        "child_personal_id": MINH_ID,
    }
    return services.claim_child(citizen=by, **{**facts, **other})


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a hypothesis example wrote, for the test's own rollback comes after the last one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
