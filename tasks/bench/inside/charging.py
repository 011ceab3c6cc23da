"""Charges a large made-up school, as the desk and then a worker do; prints a JSON line."""

from __future__ import annotations

import datetime as dt
import json
import random
import resource
import sys
import time
from io import BytesIO
from itertools import batched

import django


def _memory_mb() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


def _school(pupils: int, families: int) -> int:
    """Make a school with its pupils, some of whom have a parent; give its id."""
    from django.utils import timezone

    from portal.accounts import services as accounts
    from portal.common.clock import local_day
    from portal.common.school_years import school_year_of
    from portal.demo import names
    from portal.organisations import services as organisations
    from portal.organisations.selectors import Kind
    from portal.pupils import selectors, services

    made_up = random.Random(20_000)  # noqa: S311 - made-up people, not secrets
    year = school_year_of(local_day(timezone.now()))
    since = dt.date(int(year[:4]), 9, 5)
    above = None
    for code, kind, name in (
        ("H99.01", Kind.DEPARTMENT, "Sở"),
        ("H99.10", Kind.COMMUNE, "Xã Nậm Ban"),
        ("99010001", Kind.SCHOOL, "Trường đông"),
    ):
        above = organisations.open_organisation(
            code=code,
            kind=kind,
            name=name,
            on=dt.date(2000, 1, 1),
            source="bench",
            parent_id=above,
            levels=["primary"] if kind == Kind.SCHOOL else (),
        ).pk
    assert above is not None  # noqa: S101 - tells the type checker
    school = above
    people = (names.person(made_up, 2018, 100_000 + number) for number in range(pupils))
    for number, lot in enumerate(batched(people, 1_000)):
        services.register_in_bulk(
            pupils=[
                services.NewPupil(
                    personal_id=each.personal_id,
                    full_name=each.full_name,
                    birth_date=each.birth_date,
                    gender=each.gender,
                    ethnicity=each.ethnicity,
                    school_id=school,
                    grade=1 + number % 5,
                    class_name=f"{1 + number % 5}.{number}",
                    school_year=year,
                    since=since,
                )
                for each in lot
            ],
            cause="bench",
        )
    children = selectors.pupils_of(school).values_list("pupil_id", flat=True)[:families]
    for number, pupil_id in enumerate(children):
        adult = names.person(made_up, 1985, 10_000 + number)
        citizen = accounts.citizen_from_claims(
            {
                "sub": f"bench-{number}",
                "citizen_id": adult.personal_id,
                "name": adult.full_name,
                "birthdate": adult.birth_date.isoformat(),
            }
        )
        accounts.confirm_link(citizen_id=citizen.pk, pupil_id=pupil_id, relation="mother", basis="register")
    return school


def main(pupils: int, families: int) -> None:
    """Make, publish, tell; tell the seconds of each and the most memory that was used."""
    django.setup()
    from django.utils import timezone

    from portal.charges import selectors, services
    from portal.common.clock import local_day
    from portal.outbox.services import perform_due_duties
    from portal.pupils.ports import Pace

    school = _school(pupils, families)
    before = _memory_mb()
    began = time.perf_counter()
    listed = services.make_list(
        wish=services.Wish(
            school_id=school,
            kind_code="water",
            title="Nước uống",
            unit_price=10_000,
            due_on=local_day(timezone.now()) + dt.timedelta(days=14),
        ),
        actor_id=None,
    )
    services.fill_list(listed.pk)
    listed.refresh_from_db()
    made = time.perf_counter()
    services.publish_list(list_id=listed.pk, revision=listed.revision, actor_id=None)
    pace = Pace(500)
    while services.publish_next_lot(listed.pk, pace):
        time.sleep(max(0.1, pace.last))
    published = time.perf_counter()
    while perform_due_duties(seconds=600.0):
        pass
    told = time.perf_counter()
    listed.refresh_from_db()
    tally = selectors.tallies([listed.pk])[listed.pk]
    shown = list(selectors.charges_in(listed)[:50])
    paged = time.perf_counter()
    services.export_list(listed=listed, out=BytesIO())
    print(
        json.dumps(
            {
                "state": listed.state,
                "due": tally.due,
                "rows_shown": len(shown),
                "make_seconds": made - began,
                "publish_seconds": published - made,
                "longest_ms": pace.longest * 1_000,
                "tell_seconds": told - published,
                "page_ms": (paged - told) * 1_000,
                "export_seconds": time.perf_counter() - paged,
                "memory_before_mb": before,
                "memory_mb": _memory_mb(),
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
