from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
import time_machine

from portal.common.codes import ORGANISATION_CODE, personal_id_hints
from portal.demo import names, registers
from portal.demo.geography import DEPARTMENT_NAME, Scale, province
from portal.organisations import selectors as organisations
from portal.organisations.models import Organisation
from portal.pupils import selectors
from portal.pupils.models import Enrolment, Pupil
from portal.pupils.register import checked_name

TODAY = date(2026, 11, 24)
FULL = {"preschool": 193, "primary": 187, "lower_secondary": 188, "upper_secondary": 36, "continuing": 10}


def _seeded(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - made-up people, nothing secret


def test_the_full_province_has_its_schools_by_level() -> None:
    land = province("full")
    assert Counter(level for school in land.schools for level in school.levels) == FULL
    assert (len(land.schools), len(land.communes), len(land.districts)) == (612, 130, 9)


@pytest.mark.parametrize("scale", ["demo", "full"])
def test_codes_and_names_tell_schools_apart_and_the_story_is_there(scale: Scale) -> None:
    land = province(scale)
    codes = [
        *(district.code for district in land.districts),
        *(commune.code for commune in land.communes),
        *(school.code for school in land.schools),
    ]
    assert len(set(codes)) == len(codes)
    assert len({one.name for one in land.schools}) == len(land.schools)
    assert all(ORGANISATION_CODE.fullmatch(code) for code in codes)
    assert {
        "Trường Tiểu học Ban Trắng",
        "Trường Tiểu học Nậm Ban",
        "Trường THCS Hoa Ban",
        "Trường THPT Hoa Ban",
    } <= {one.name for one in land.schools}
    assert province(scale) == land


def test_people_are_made_up_alike_from_a_seed_and_fit_their_ids() -> None:
    people = [names.person(_seeded(7), 2019, number) for number in range(3)]
    assert people == [names.person(_seeded(7), 2019, number) for number in range(3)]
    rng = _seeded(8)
    for number in range(2_000):
        someone = names.person(rng, 1960 + number % 60, number)
        assert someone.personal_id.startswith("999")
        assert personal_id_hints(someone.personal_id, someone.birth_date, someone.gender) == []
        assert checked_name(someone.full_name) == someone.full_name
    with pytest.raises(ValueError, match="running numbers"):
        names.personal_id(date(2019, 1, 1), "male", 1_000_000)


@pytest.mark.django_db
def test_the_demo_province_and_its_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registers.PUPILS, "demo", 240)
    steps: list[tuple[int, int]] = []
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        assert registers.seed_organisations("demo", TODAY) == 84
        assert registers.seed_organisations("demo", TODAY) == 0
        assert registers.seed_pupils("demo", _seeded(1), lambda *step: steps.append(step)) == 240
        assert registers.seed_pupils("demo", _seeded(1)) == 0
        assert (organisations.communes().count(), organisations.schools().count()) == (20, 60)
        assert steps == [(240, 240)]

        renamed = organisations.find_schools("Tiểu học Nậm Ban")[0]
        assert organisations.name_on(renamed.pk, date(2025, 8, 31)) == "Trường Tiểu học Nậm Ban Thượng"
        district = organisations.parent_on(renamed.pk, date(2025, 6, 30))
        assert district is not None
        assert district.name.startswith("Huyện")
        assert renamed.parent is not None
        assert renamed.parent.name == "Xã Nậm Ban"
        assert organisations.successor_of("H99.10") == [renamed.parent]
        assert organisations.successor_of(f"{renamed.parent.code}.99") == [renamed]
        assert len(organisations.successor_of("H99.1")) > 1
        assert [branch.name for branch in organisations.tree()] == [DEPARTMENT_NAME]
        upper = organisations.find_schools("thpt hoa ban")[0]
        assert upper.commune is not None
        assert (upper.parent_id, upper.commune.name) == (organisations.department().pk, "Phường Hoa Ban")
        assert {school.address.endswith("tỉnh Hoa Ban") for school in organisations.schools()} == {True}

    assert Pupil.objects.count() == Enrolment.objects.count() == 240
    for place in Enrolment.objects.select_related("pupil", "school"):
        assert place.pupil.personal_id.startswith("999")
        assert selectors.open_enrolment(place.pupil_id, TODAY) == place
    assert not Organisation.objects.filter(kind="district", closed_on__isnull=True).exists()


@pytest.mark.django_db
def test_the_demo_grows_to_the_full_province_and_keeps_what_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registers.PUPILS, "demo", 120)
    monkeypatch.setitem(registers.PUPILS, "full", 1_500)
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        registers.seed_organisations("demo", TODAY)
        registers.seed_pupils("demo", _seeded(1))
        before = set(Pupil.objects.values_list("personal_id_index", flat=True))
        assert registers.seed_organisations("full", TODAY) == 6 + 110 + 552
        assert registers.seed_pupils("full", _seeded(1)) == 1_380
        assert registers.seed_pupils("full", _seeded(1)) == 0
        assert (organisations.communes().count(), organisations.schools().count()) == (130, 612)
    assert before <= set(Pupil.objects.values_list("personal_id_index", flat=True))
    assert Pupil.objects.count() == 1_500
    assert Enrolment.objects.values("school").distinct().count() == 612
    assert not Organisation.objects.filter(kind="district", closed_on__isnull=True).exists()
