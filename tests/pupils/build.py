"""A small province with two schools, pupils, and workbooks as schools send them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from portal.organisations.models import Organisation, SchoolLevel
from portal.pupils import services
from portal.pupils.models import Enrolment, Pupil, PupilImport
from tests.factories.registers import SEPTEMBER, PupilFactory, personal_id
from tests.organisations.build import commune, department, school

YEAR = "2026-2027"
HEADINGS = [
    "Khối", "Lớp", "Họ tên", "Ngày sinh", "Giới tính", "Trạng thái", "Ngày trạng thái", "Dân tộc",
    "Số định danh cá nhân", "Mã trường",
]  # fmt: skip


@dataclass(frozen=True)
class Province:
    ward: Organisation
    primary: Organisation
    other: Organisation
    lower: Organisation


def province() -> Province:
    ward = commune(department(), "H99.10", "Xã Nậm Ban")
    return Province(
        ward,
        school(ward, "99010001", "Trường Tiểu học Nậm Ban"),
        school(ward, "99010002", "Trường Tiểu học Ban Trắng"),
        school(ward, "99010003", "Trường THCS Hoa Ban", SchoolLevel.LOWER_SECONDARY),
    )


def pupil(number: int = 1, **facts: Any) -> Pupil:
    made: Pupil = PupilFactory.create(number=number, **facts)
    return made


def enrolled(school: Organisation, number: int = 1, **facts: Any) -> Enrolment:
    return services.enrol(
        pupil_id=pupil(number, **facts).pk,
        school_id=school.pk,
        grade=1,
        class_name="1A",
        school_year=YEAR,
        on=SEPTEMBER,
        cause="test:1",
    )


def line(number: int, **cells: object) -> list[object]:
    """One row in the order of HEADINGS."""
    usual: dict[str, object] = {
        "grade": 1,
        "class_name": "1A",
        "full_name": "Giàng A Páo",
        "birth_date": date(2019, 5, 6),
        "gender": "Nam" if number % 2 == 0 else "Nữ",
        "status": "Đang học",
        "status_on": "05/09/2026",
        "ethnicity": "Mông",
        "personal_id": personal_id(number),
        "school_code": "",
    }
    return list({**usual, **cells}.values())


def workbook(*lines: Sequence[object], headings: Sequence[object] = HEADINGS, above: int = 0) -> BytesIO:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for title in range(above):
        sheet.append([f"DANH SÁCH HỌC SINH {title}"])
    sheet.append(list(headings))
    for cells in lines:
        sheet.append(list(cells))
    out = BytesIO()
    book.save(out)
    return out


def check(file: BytesIO, school: Organisation | None, name: str = "hoc-sinh.xlsx") -> PupilImport:
    return services.check_import(
        file=file, file_name=name, school_id=None if school is None else school.pk, school_year=YEAR
    )


def carry_out(file: BytesIO, school: Organisation | None) -> PupilImport:
    """Check, confirm and write."""
    checked = check(file, school)
    assert checked.state == PupilImport.State.READY
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    services.apply_import(checked.pk)
    checked.refresh_from_db()
    assert checked.state == PupilImport.State.APPLIED
    return checked
