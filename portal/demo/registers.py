"""The made-up province's organisations and pupils, made through the services of their rooms.

Both functions may be called again: what is there already stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.common.clock import local_day
from portal.common.school_years import school_year_of
from portal.demo import names
from portal.demo.geography import (
    DEPARTMENT_CODE,
    DEPARTMENT_NAME,
    FOUNDED,
    MERGED_FROM,
    MERGED_NAME,
    TWO_LEVELS,
    Commune,
    Province,
    Scale,
    province,
)
from portal.organisations import selectors as organisations
from portal.organisations import services as register
from portal.organisations.selectors import Kind
from portal.pupils import services as pupils

if TYPE_CHECKING:
    from portal.organisations.models import Organisation

SOURCE = "Dữ liệu mẫu của tỉnh Hoa Ban, không có thật"
PUPILS: dict[Scale, int] = {"demo": 3_000, "full": 225_000}
CLASS_SIZE = 30
LOT = 1_000
# pupils' running numbers start here; parents and officers of the demo take lower ones
FIRST_NUMBER = 100_000
RENAMED_ON = date(2025, 9, 1)
_GRADES = {
    "preschool": (0,),
    "primary": (1, 2, 3, 4, 5),
    "lower_secondary": (6, 7, 8, 9),
    "upper_secondary": (10, 11, 12),
    "continuing": (10, 11, 12),
}
# a child is six in the calendar year in which it enters grade 1; preschool takes three to five
_AGE_BEFORE_GRADE_1 = 5
_PRESCHOOL_AGES = (3, 4, 5)

Progress = Callable[[int, int], None]


def seed_organisations(scale: Scale, today: date) -> int:
    """Make the department, communes and schools with their history up to ``today``; give how many.

    Districts ended on 30/06/2025; on the next day two communes became Xã Nậm Ban; a school there was
    renamed in September; another had gone up in it two years before. A demo province grows to the
    full one; what is there stays.
    """
    land = _missing(province(scale))
    if not land.communes:
        return 0
    present = organisations.by_code(DEPARTMENT_CODE)
    department = present.pk if present else _open_department()
    districts = {
        district.code: register.open_organisation(
            code=district.code, kind=Kind.DISTRICT, name=district.name, on=FOUNDED, source=SOURCE,
            parent_id=department,
        ).pk
        for district in land.districts
    }  # fmt: skip
    communes = _open_communes(land, department, districts)
    schools = _open_schools(land, department, districts, communes)
    _end_districts(land, department, districts, communes, schools)
    _tell_of_schools(land, communes)
    for year in organisations.years_on_file():
        register.load_calendar(year)
    register.apply_organisation_changes(today=today)
    return (present is None) + len(districts) + len(communes) + len(schools)


def _missing(land: Province) -> Province:
    """Give the districts that are not there, with everything in them: all of a district is made at once."""
    districts = tuple(one for one in land.districts if organisations.by_code(one.code) is None)
    codes = {one.code for one in districts}
    communes = tuple(one for one in land.communes if one.district_code in codes)
    inside = {one.code for one in communes}
    return Province(districts, communes, tuple(one for one in land.schools if one.commune_code in inside))


def _open_department() -> int:
    return register.open_organisation(
        code=DEPARTMENT_CODE,
        kind=Kind.DEPARTMENT,
        name=DEPARTMENT_NAME,
        on=FOUNDED,
        source=SOURCE,
        email="so@hoaban.example",
        address="Phường Hoa Ban, tỉnh Hoa Ban",
    ).pk


def _open_commune(commune: Commune, code: str, name: str, parent_id: int, on: date) -> int:
    return register.open_organisation(
        code=code, kind=Kind.COMMUNE, name=name, on=on, source=SOURCE, parent_id=parent_id,
        latitude=commune.latitude, longitude=commune.longitude,
        address=f"{commune.hamlets[0]}, {name[0].lower()}{name[1:]}, tỉnh Hoa Ban",
    ).pk  # fmt: skip


def _open_communes(land: Province, department: int, districts: dict[str, int]) -> dict[str, int]:
    """Open communes under their districts; the merged one begins with the two levels."""
    opened: dict[str, int] = {}
    for commune in land.communes:
        district = districts[commune.district_code]
        if commune.name != MERGED_NAME:
            opened[commune.code] = _open_commune(commune, commune.code, commune.name, district, FOUNDED)
            continue
        before = [
            _open_commune(commune, f"{DEPARTMENT_CODE}.{number}", name, district, FOUNDED)
            for number, name in enumerate(MERGED_FROM, start=10)
        ]
        opened[commune.code] = _open_commune(commune, commune.code, commune.name, department, TWO_LEVELS)
        register.merge(
            predecessor_ids=before, successor_id=opened[commune.code], on=TWO_LEVELS, source=SOURCE
        )
    return opened


def _open_schools(
    land: Province, department: int, districts: dict[str, int], communes: dict[str, int]
) -> dict[str, int]:
    """Open schools under the department, or under the district of that time."""
    district_of = {commune.code: districts[commune.district_code] for commune in land.communes}
    renamed = _renamed(land)
    return {
        school.code: register.open_organisation(
            code=school.code,
            kind=Kind.SCHOOL,
            name=renamed.get(school.code, school.name),
            on=school.opened_on,
            source=SOURCE,
            parent_id=department if school.under_department else district_of[school.commune_code],
            commune_id=communes[school.commune_code],
            levels=school.levels,
            address=school.address,
            email=f"{school.code.lower().replace('.', '-')}@hoaban.example",
            latitude=school.latitude,
            longitude=school.longitude,
        ).pk
        for school in land.schools
    }


def _renamed(land: Province) -> dict[str, str]:
    """Give the former name of the school that was renamed when its commune was."""
    return {
        school.code: "Trường Tiểu học Nậm Ban Thượng"
        for school in land.schools
        if school.name == "Trường Tiểu học Nậm Ban"
    }


def _end_districts(
    land: Province,
    department: int,
    districts: dict[str, int],
    communes: dict[str, int],
    schools: dict[str, int],
) -> None:
    """Give the districts' tasks to the communes and the department, their schools to the communes."""
    for district in land.districts:
        mine = {commune.code for commune in land.communes if commune.district_code == district.code}
        heirs = {
            communes[commune.code]: department
            for commune in land.communes
            if commune.code in mine and commune.name != MERGED_NAME
        }
        heirs |= {
            schools[school.code]: communes[school.commune_code]
            for school in land.schools
            if school.commune_code in mine and not school.under_department
        }
        register.split(
            predecessor_id=districts[district.code],
            successor_ids=[department, *(communes[code] for code in sorted(mine))],
            heirs=heirs,
            on=TWO_LEVELS,
            source=SOURCE,
        )


def _tell_of_schools(land: Province, communes: dict[str, int]) -> None:
    """Rename a school, and let a small one of former times go up in it."""
    for school in land.schools:
        if school.code not in _renamed(land):
            continue
        kept = organisations.by_code(school.code)
        if kept is None:
            continue
        register.rename(organisation_id=kept.pk, name=school.name, on=RENAMED_ON, source=SOURCE)
        small = register.open_organisation(
            code=f"{school.commune_code}.99", kind=Kind.SCHOOL, name="Trường Tiểu học Nậm Ban Hạ",
            on=TWO_LEVELS, source=SOURCE, parent_id=communes[school.commune_code], levels=school.levels,
        )  # fmt: skip
        register.merge(predecessor_ids=[small.pk], successor_id=kept.pk, on=RENAMED_ON, source=SOURCE)


@dataclass(frozen=True, slots=True)
class _Place:
    school_id: int
    grades: tuple[int, ...]


def _made_up(scale: Scale, rng: random.Random, school_year: str) -> Iterator[pupils.NewPupil]:
    """Give the demo's pupils in the demo's schools, then those that the full province has besides."""
    demo = {school.code for school in province("demo").schools}
    schools = list(organisations.schools().order_by("code"))
    small = PUPILS["demo"]
    yield from _spread(range(small), [one for one in schools if one.code in demo], rng, school_year)
    yield from _spread(range(small, PUPILS[scale]), schools, rng, school_year)


def _spread(
    numbers: range, schools: list[Organisation], rng: random.Random, school_year: str
) -> Iterator[pupils.NewPupil]:
    """Spread pupils evenly over schools, grades and classes."""
    first = int(school_year[:4])
    places = [
        _Place(school.pk, tuple(grade for level in school.levels for grade in _GRADES[level]))
        for school in schools
    ]
    for number in numbers:
        place = places[number % len(places)]
        turn = number // len(places)
        grade = place.grades[turn % len(place.grades)]
        age = _AGE_BEFORE_GRADE_1 + grade if grade else _PRESCHOOL_AGES[turn % len(_PRESCHOOL_AGES)]
        group = turn // (len(place.grades) if grade else len(_PRESCHOOL_AGES)) // CLASS_SIZE
        letter = chr(ord("A") + group)
        someone = names.person(rng, first - age, FIRST_NUMBER + number)
        yield pupils.NewPupil(
            personal_id=someone.personal_id,
            full_name=someone.full_name,
            birth_date=someone.birth_date,
            gender=someone.gender,
            ethnicity=someone.ethnicity,
            school_id=place.school_id,
            grade=grade,
            class_name=f"{grade}{letter}" if grade else f"{age} tuổi {letter}",
            school_year=school_year,
            since=date(first, 9, 5),
        )


def seed_pupils(
    scale: Scale, rng: random.Random, progress: Progress | None = None, today: date | None = None
) -> int:
    """Make the scale's pupils in lots of 1,000; give how many were new.

    ``progress(done, all)`` is called after each lot. The same ``rng`` seed on the same day gives the
    same pupils, and who is there already stays, so an interrupted run is simply started again.
    """
    count = PUPILS[scale]
    school_year = school_year_of(today or local_day(timezone.now()))
    new = done = 0
    for lot in batched(_made_up(scale, rng, school_year), LOT):
        new += pupils.register_in_bulk(pupils=lot, cause="demo")
        done += len(lot)
        if progress is not None:
            progress(done, count)
    return new
