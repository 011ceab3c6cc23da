"""Officers of the made-up province: the named ones can sign in, the others only work on demo files."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from portal.accounts import selectors
from portal.accounts import services as accounts
from portal.demo import names
from portal.demo.cast import OFFICER_PASSWORD, WORKERS
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.organisations.models import Organisation


def seed_officers(rng: Random, since: dt.date) -> int:
    """Give every school a clerk and a principal, every commune an officer; return how many were made.

    The named ones come first, so that their schools have exactly them. Who is there already stays.
    """
    made = 0
    for worker in WORKERS:
        if selectors.officer_by_username(worker.username) is not None:
            continue
        officer = accounts.add_officer(
            username=worker.username,
            full_name=worker.full_name,
            password=OFFICER_PASSWORD,
            position=worker.position,
        )
        accounts.assign_role(
            officer_id=officer.pk,
            role=worker.role,
            organisation_id=_place(worker.organisation).pk,
            valid_from=since,
        )
        made += 1
    for school in organisations.schools():
        for role, position in (("school_clerk", "Văn thư"), ("principal", "Hiệu trưởng")):
            made += _staff(school, role, position, rng, since)
    for commune in organisations.communes():
        made += _staff(commune, "commune_officer", "Công chức Văn hóa - Xã hội", rng, since)
    return made


def _place(name: str) -> Organisation:
    if not name:
        return organisations.department()
    return organisations.schools().get(name=name)


def _staff(place: Organisation, role: str, position: str, rng: Random, since: dt.date) -> int:
    """Make one officer without a password: nobody can sign in with it."""
    if selectors.officers_of(place.pk, role):
        return 0
    officer = accounts.add_officer(
        username=f"{role}-{place.code}".lower().replace("_", "-"),
        full_name=names.person(rng, rng.randint(1970, 1995), 0).full_name,
        password=None,
        position=position,
    )
    accounts.assign_role(officer_id=officer.pk, role=role, organisation_id=place.pk, valid_from=since)
    return 1
