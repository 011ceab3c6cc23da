"""Families of the made-up province: adults with an account at the sample provider, tied to pupils.

The sector's data names the parents; their links are as if claimed and matched when the school year began.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any

from portal.accounts import services
from portal.accounts.ports import FamilyLink, sample_provider
from portal.common.school_years import school_year_of
from portal.demo import cast, names
from portal.demo.registers import SOURCE
from portal.organisations import selectors as organisations
from portal.pupils import selectors as pupils
from portal.pupils.services import NewPupil, register_in_bulk

if TYPE_CHECKING:
    from portal.accounts.models import Citizen
    from portal.pupils.models import Pupil

FAMILIES = 300
_NAMESPACE = uuid.UUID("6f0c8a52-6f5e-4d55-9d0e-0a6f3f1c9b11")
#: children of the named parents: personal ID, name, birth date, gender, grade, class
_NAMED_CHILDREN = {
    cast.MAI.personal_id: (
        ("999318004512", "Nguyễn Bảo An", dt.date(2018, 9, 14), "female", 3, "3A"),
        ("999219007731", "Nguyễn Gia Bình", dt.date(2019, 3, 2), "male", 2, "2A"),
    ),
    cast.PAO.personal_id: (("999317002236", "Giàng Thị Mỷ", dt.date(2017, 1, 21), "female", 4, "4A"),),
}

Tick = Callable[[int, int], None]


def seed_families(rng: Random, today: dt.date, tick: Tick) -> list[FamilyLink]:
    """Make the families and return their links, those of the named parents first."""
    people = [*cast.PARENTS, *_made_up(rng)]
    sample_provider.prepare([_at_provider(person) for person in people])
    children = _children(today)
    since = dt.date(int(school_year_of(today)[:4]), 9, 5)
    links: list[FamilyLink] = []
    for number, person in enumerate(people):
        citizen = services.citizen_from_claims(_claims(person))
        wanted = _NAMED_CHILDREN.get(person.personal_id)
        own = _register(wanted, today) if wanted else [next(children) for _ in range(1 + number % 2)]
        links += [_tie(citizen, person, child, since) for child in own]
        tick(number + 1, len(people))
    return links


def _made_up(rng: Random) -> list[cast.Parent]:
    made = []
    for number in range(FAMILIES - len(cast.PARENTS)):
        gender = names.FEMALE if number % 3 else names.MALE
        adult = names.person(rng, 1980 + number % 14, 10_000 + number, gender)
        made.append(
            cast.Parent(
                personal_id=adult.personal_id,
                full_name=adult.full_name,
                birth_date=adult.birth_date,
                phone=f"09001{number:05d}",
                email=f"phu-huynh-{number}@hoaban.example",
                relation="mother" if gender == names.FEMALE else "father",
            )
        )
    return made


def _subject(person: cast.Parent) -> str:
    return str(uuid.uuid5(_NAMESPACE, person.personal_id))


def _at_provider(person: cast.Parent) -> dict[str, Any]:
    return {
        "subject": _subject(person),
        "personal_id": person.personal_id,
        "full_name": person.full_name,
        "birth_date": person.birth_date.isoformat(),
        "phone": person.phone,
        "email": person.email,
        "password": cast.PARENT_PASSWORD,
        "listed": person in cast.PARENTS,
    }


def _claims(person: cast.Parent) -> dict[str, Any]:
    return {
        "sub": _subject(person),
        "citizen_id": person.personal_id,
        "name": person.full_name,
        "birthdate": person.birth_date.isoformat(),
        "phone_number": person.phone,
        "email": person.email,
    }


def _children(today: dt.date) -> Any:
    """Walk over pupils of grades that can change school, school by school in turn."""
    schools = [
        school
        for school in organisations.schools().order_by("code")
        if {"primary", "lower_secondary", "upper_secondary"} & set(school.levels)
    ]
    rows = [iter(pupils.pupils_of(school.pk, day=today)) for school in schools]
    while rows:
        for row in list(rows):
            child = next(row, None)
            if child is None:
                rows.remove(row)
            else:
                yield child.pupil


def _register(wanted: Any, today: dt.date) -> list[Pupil]:
    school = organisations.schools().get(name=cast.LEAVING_SCHOOL)
    year = int(school_year_of(today)[:4])
    register_in_bulk(
        pupils=[
            NewPupil(
                personal_id=personal_id,
                full_name=full_name,
                birth_date=birth_date,
                gender=gender,
                ethnicity="Kinh",
                school_id=school.pk,
                grade=grade,
                class_name=class_name,
                school_year=f"{year}-{year + 1}",
                since=dt.date(year, 9, 5),
            )
            for personal_id, full_name, birth_date, gender, grade, class_name in wanted
        ],
        cause="demo",
    )
    found = [pupils.by_personal_id(personal_id) for personal_id, *_rest in wanted]
    return [child for child in found if child is not None]


def _tie(citizen: Citizen, person: cast.Parent, child: Pupil, since: dt.date) -> FamilyLink:
    services.record_guardian(
        pupil_id=child.pk,
        adult_personal_id=person.personal_id,
        relation=person.relation,
        source=SOURCE,
    )
    return services.confirm_link(
        citizen_id=citizen.pk,
        pupil_id=child.pk,
        relation=person.relation,
        basis=FamilyLink.Basis.REGISTER,
        valid_from=since,
    )
