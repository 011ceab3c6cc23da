from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest

from portal.organisations import selectors, services
from portal.organisations.models import Organisation, SchoolLevel
from tests.organisations.build import SOURCE, commune, department, school

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward() -> Organisation:
    sector = department()
    ward = commune(sector, "H99.10", "Xã Nậm Ban")
    other = commune(sector, "H99.11", "Xã Bản Trang")
    school(ward, "99010001", "Trường Tiểu học Ban Trắng")
    school(ward, "99010002", "Trường Tiểu học Nậm Ban")
    school(other, "99010003", "Trường TH&THCS Bản Trang", SchoolLevel.PRIMARY, SchoolLevel.LOWER_SECONDARY)
    school(other, "99010004", "Trường THCS Hoa Ban", SchoolLevel.LOWER_SECONDARY)
    school(sector, "99000001", "Trường THPT Hoa Ban", SchoolLevel.UPPER_SECONDARY, commune_id=ward.pk)
    return ward


def _names(query: str, **more: Any) -> list[str]:
    return [found.name.removeprefix("Trường ") for found in selectors.find_schools(query, **more)]


@pytest.mark.usefixtures("ward")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Ban Trắng", ["Tiểu học Ban Trắng", "TH&THCS Bản Trang"]),
        ("bản trang", ["TH&THCS Bản Trang", "Tiểu học Ban Trắng"]),
        (unicodedata.normalize("NFD", "BẢN TRANG"), ["TH&THCS Bản Trang", "Tiểu học Ban Trắng"]),
        ("bản tr", ["TH&THCS Bản Trang", "Tiểu học Ban Trắng", "THCS Hoa Ban", "THPT Hoa Ban"]),
        ("ban trăng", ["TH&THCS Bản Trang", "Tiểu học Ban Trắng"]),
        ("nam ban", ["Tiểu học Nậm Ban"]),
        ("th nậm ban", ["Tiểu học Nậm Ban"]),
        ("trường trung học cơ sở hoa ban", ["THCS Hoa Ban"]),
        ("trung hoc pho thong hoa", ["THPT Hoa Ban"]),
        ("99010004", ["THCS Hoa Ban"]),
        ("ang", []),
        ("?!", []),
        ("không có trường này", []),
    ],
)
def test_schools_are_found_as_people_type_them(query: str, expected: list[str]) -> None:
    assert _names(query) == expected


def test_level_commune_and_limit_narrow_the_search(ward: Organisation) -> None:
    assert set(_names("ban", level=SchoolLevel.LOWER_SECONDARY)) == {"THCS Hoa Ban", "TH&THCS Bản Trang"}
    assert set(_names("hoa ban", commune=ward.pk)) == {"THPT Hoa Ban"}
    assert len(_names("", limit=2)) == 2
    assert len(_names("")) == len(_names("trường")) == 5
    assert {place.name for place in selectors.schools(level=SchoolLevel.PRIMARY, commune=ward.pk)} == {
        "Trường Tiểu học Ban Trắng",
        "Trường Tiểu học Nậm Ban",
    }


@pytest.mark.usefixtures("ward")
def test_a_former_name_still_finds_after_those_of_today() -> None:
    place = selectors.by_code("99010002")
    assert place is not None
    services.rename(
        organisation_id=place.pk, name="Trường Tiểu học Kim Đồng", on=date(2025, 7, 1), source=SOURCE
    )
    assert _names("nậm ban") == ["Tiểu học Kim Đồng"]
    assert _names("kim dong") == ["Tiểu học Kim Đồng"]


@pytest.mark.usefixtures("ward")
def test_one_query_answers_a_search(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = selectors.find_schools("ban", level=SchoolLevel.PRIMARY)
        assert all(place.parent is not None for place in found)
    with django_assert_num_queries(1):
        assert selectors.tree()[0].children
