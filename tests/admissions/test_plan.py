"""The plan: Excel files with faults row by row, gaps, dates that move with a public reason."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import Workbook

from admissions import selectors, services, sheet
from admissions.models import Catchment, Place, Quota, SeasonEvent
from admissions.rules import RulesRefusedError, metres_between, read_rules
from tests.admissions import season

pytestmark = pytest.mark.django_db
HEADINGS = ["Xã, phường", "Thôn, bản, tổ, đường", "Mã trường", "Tuyến", "Vĩ độ", "Kinh độ"]


def workbook(*rows: list[Any], headings: list[str] | None = None) -> BytesIO:
    book, out = Workbook(), BytesIO()
    page = book.active
    assert page is not None
    page.append(["Kế hoạch phân tuyến"])
    page.append(headings or HEADINGS)
    for row in rows:
        page.append(row)
    book.save(out)
    out.seek(0)
    return out


def take(fair: season.Fair, file: BytesIO) -> list[tuple[int, str, str]]:
    """Give what was said of the file; nothing where it was written."""
    try:
        services.import_catchments(season=fair.season, file=file, file_name="tuyen.xlsx", actor=None)
    except services.SheetRefusedError as refused:
        return [(remark.row, remark.column, remark.message) for remark in refused.remarks]
    return []


def test_a_good_file_replaces_the_plan() -> None:
    fair = season.build()
    file = workbook(
        ["Xã Nậm Ban", "Bản Mới", "H99.20.1", "Đúng tuyến", "21,505", "103,0"],
        ["H99.20", "Bản Mới", "H99.20.2", "Giáp ranh", None, None],
        ["xã nậm ban", "", "H99.20.2", "Đúng tuyến", None, None],
    )
    assert take(fair, file) == []
    assert Catchment.objects.count() == 3
    new = Place.objects.get(name="Bản Mới")
    assert (new.latitude, new.longitude) == (21.505, 103.0)


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (["Xã Không Có", "Bản A", "H99.20.1", "Đúng tuyến"], "Xã, phường", "Không có xã"),
        (["Xã Nậm Ban", "Bản A", "H99.20.9", "Đúng tuyến"], "Mã trường", "Không có trường"),
        (["Xã Nậm Ban", "Bản A", "H99.20.1", "Gần"], "Tuyến", "Giáp ranh"),
        (["Xã Nậm Ban", "Bản A", "H99.20.1", "Đúng tuyến", "x", "103"], "Vĩ độ", "là số"),
        (["Xã Nậm Ban", "Bản A", "H99.20.1", "Đúng tuyến", "48,8", "2,3"], "Vĩ độ", "Việt Nam"),
        (["Xã Nậm Ban", "Bản " * 60, "H99.20.1", "Đúng tuyến"], "Thôn, bản, tổ, đường", "quá 120"),
        (["Xã Nậm Ban", "Bản Nà Ban", "H99.20.2", "Đúng tuyến"], "Thôn, bản, tổ, đường", "chồng lên nhau"),
        (["Xã Nậm Ban", "Nà Ban", "H99.20.1", "Giáp ranh"], "Thôn, bản, tổ, đường", "Trùng với dòng 3"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_written(row: list[Any], column: str, said: str) -> None:
    fair = season.build()
    before = set(Catchment.objects.values_list("place_id", "school_id"))
    good = ["Xã Nậm Ban", "Bản Nà Ban", "H99.20.1", "Đúng tuyến"]
    remarks = take(fair, workbook(good, row))
    assert [(number, where) for number, where, _words in remarks] == [(4, column)]
    assert said in remarks[0][2]
    assert set(Catchment.objects.values_list("place_id", "school_id")) == before


def test_files_that_are_no_plan_are_refused_as_a_whole() -> None:
    fair = season.build()
    wrong_columns = workbook(["x"], headings=["Xã, phường", "Họ tên", "Mã trường"])
    assert "Thiếu cột Thôn, bản, tổ, đường, Tuyến" in take(fair, wrong_columns)[0][2]
    assert "không có dòng nào" in take(fair, workbook())[0][2]
    assert take(fair, BytesIO(b"PK\x03\x04 not a workbook"))[0][0] == 0
    assert ".xlsx" in take(fair, BytesIO(b"commune;school"))[0][2]
    formula = workbook(["Xã Nậm Ban", '="Bản A"', "H99.20.1", "Đúng tuyến"])
    assert "công thức" in take(fair, formula)[0][2]


def test_what_is_exported_can_be_imported_again() -> None:
    fair, out = season.build(), BytesIO()
    sheet.write(sheet.CATCHMENTS, [["Xã Nậm Ban", "=cmd", "H99.20.1", "Đúng tuyến", 21.5, 103.0]], out)
    out.seek(0)
    assert take(fair, out) == []
    assert Place.objects.filter(name="=cmd").exists()


def test_quotas_by_excel_keep_to_the_legal_size() -> None:
    fair = season.build()
    headings = ["Mã trường", "Số lớp", "Sĩ số một lớp", "Chỗ cho trẻ khuyết tật"]
    with pytest.raises(services.SheetRefusedError) as refused:
        services.import_quotas(
            season=fair.season,
            file=workbook(
                ["H99.20.1", 2, 36, 0], ["H99.20.2", 1, 35, 40], ["H99.20.2", -1, 35, 0], ["Z", 1, 1, 0],
                headings=headings,
            ),
            file_name="chi-tieu.xlsx",
            actor=None,
        )  # fmt: skip
    assert [remark.row for remark in refused.value.remarks] == [3, 4, 5, 6]
    good = workbook(["H99.20.1", 3, 35, 2], headings=headings)
    services.import_quotas(season=fair.season, file=good, file_name="chi-tieu.xlsx", actor=None)
    assert [(row.seats, row.reserves) for row in Quota.objects.all()] == [(105, {"disability": 2})]


def test_gaps_are_found() -> None:
    fair = season.build()
    Place.objects.create(commune=fair.commune, name="Bản Xa", name_key="xa")
    Catchment.objects.filter(school=fair.far).delete()
    found = selectors.findings(fair.season)
    assert found.places_without_school == ("Bản Huổi Mây, Xã Nậm Ban", "Bản Xa, Xã Nậm Ban")
    assert found.schools_without_places == (fair.far.name,)
    assert not found.nothing


def test_a_place_has_one_home_school() -> None:
    fair = season.build()
    with pytest.raises(services.AdmissionRefusedError, match="đã thuộc tuyến"):
        services.set_catchment(
            season=fair.season,
            commune_id=fair.commune.pk,
            place_name="Nà Lếch",
            school_id=fair.far.pk,
            zone="home",
            actor=None,
        )


def test_dates_move_with_a_reason_and_not_twice_at_once() -> None:
    fair = season.build()
    now = timezone.now()
    season.dates(fair.season, window=(1, 24))
    told: dict[str, Any] = {
        "season": fair.season,
        "kind": "window",
        "opens_at": now + dt.timedelta(hours=2),
        "closes_at": now + dt.timedelta(hours=30),
        "actor": None,
    }
    with pytest.raises(services.AdmissionRefusedError, match="lý do"):
        services.set_phase(**told, reason=" ", revision=0)
    services.set_phase(**told, reason="Kéo dài vì mưa lũ", revision=0)
    with pytest.raises(services.AdmissionRefusedError, match="người khác"):
        services.set_phase(**told, reason="Kéo dài vì mưa lũ", revision=0)
    assert SeasonEvent.objects.filter(reason="Kéo dài vì mưa lũ").count() == 1


def test_the_plan_is_bound_once_it_is_promised() -> None:
    fair = season.committed(season.build())
    with pytest.raises(services.AdmissionRefusedError, match="cam kết"):
        services.set_quota(
            season=fair.season, school_id=fair.near.pk, classes=2, class_size=35, reserves={}, actor=None
        )
    with pytest.raises(services.AdmissionRefusedError, match="cam kết"):
        services.set_rules(season=fair.season, rules={"choices": 1}, reason="Thử", actor=None)
    with pytest.raises(services.AdmissionRefusedError, match="trước giờ mở"):
        services.commit_round(round_=fair.round, value_source="x", officer=fair.ngoc, revision=1)


def test_rules_are_whole_numbers_and_known() -> None:
    with pytest.raises(RulesRefusedError):
        read_rules({"choices": 4})
    with pytest.raises(RulesRefusedError):
        read_rules({"band_metres": 0.5})
    with pytest.raises(RulesRefusedError):
        read_rules({"first_come": True})
    assert read_rules({"sibling_class": 0}).class_at("", "permanent", sibling=True) == 0
    assert metres_between((21.0, 103.0), (21.01, 103.0)) == pytest.approx(1_112, abs=2)
    assert metres_between((None, 103.0), (21.0, 103.0)) is None
