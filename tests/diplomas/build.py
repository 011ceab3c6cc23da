"""A small province with a department that keeps books, its officers, and lines to enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from portal.accounts.models import Officer
from portal.diplomas import services
from portal.diplomas.models import Book, Entry
from portal.diplomas.records import Record
from portal.organisations import services as organisation_services
from portal.organisations.models import Kind, Organisation
from tests.accounts import people
from tests.organisations.build import LONG_AGO, SOURCE

DECISION = services.Decision("12/QĐ-SGDĐT", date(2026, 11, 2), "Theo giấy khai sinh bản chính.")
LAN_LINE = {
    "full_name": "Lò Thị Lan",
    "birth": "1990-02-03",
    "birth_place": "Phường Hoa Ban",
    "gender": "female",
    "ethnicity": "Thái",
    "school": "Trường THPT Hoa Ban",
    "grade": "Khá",
    "serial": "B 0012345",
    "register_number": "123/2008/THPT",
    "page": "3",
}


@dataclass(frozen=True)
class Archive:
    """The department, one book of it, who enters, who checks, who must see nothing."""

    department: Organisation
    book: Book
    ngoc: Officer
    son: Officer
    hoa: Officer
    far: Officer

    @property
    def by(self) -> services.By:
        """Let Ngọc write at the desk."""
        return services.By(self.ngoc.user_id, "desk")


def archive() -> Archive:
    department = organisation_services.open_organisation(
        code="H99",
        kind=Kind.DEPARTMENT,
        name="Sở Giáo dục và Đào tạo tỉnh Hoa Ban",
        on=LONG_AGO,
        source=SOURCE,
    )
    elsewhere = people.school("H99.77", "Trường THPT Phiêng Lúa")
    issuer = services.open_issuer(
        name="Sở Giáo dục và Đào tạo Hoa Ban", keeper_id=department.pk, organisation_id=department.pk
    )
    return Archive(
        department=department,
        book=services.open_book(issuer_id=issuer.pk, level="upper_secondary", year=2008),
        ngoc=people.officer("ngoc", "department_officer", department),
        son=people.officer("son", "leader", department),
        hoa=people.officer("hoa", "department_officer", department),
        far=people.officer("xa", "school_clerk", elsewhere),
    )


def line(**changes: Any) -> Record:
    """Give Lan's line, or one like it."""
    personal_id = changes.pop("personal_id", "")
    return Record.of({**LAN_LINE, **changes}, personal_id)


def entered(archive: Archive, *records: Record) -> list[Entry]:
    return services.enter_lines(book_id=archive.book.pk, records=records or [line()], by=archive.by)


HEADINGS = [
    "TT", "Họ và tên", "Ngày sinh", "Nơi sinh", "Giới tính", "Dân tộc", "HS trường", "Xếp loại", "Số hiệu",
    "Số vào sổ", "Người nhận", "Trang",
]  # fmt: skip


def row(number: int, **cells: object) -> list[object]:
    """One row of a sheet in the order of HEADINGS."""
    usual: dict[str, object] = {
        "tt": number,
        "name": "Giàng A Páo",
        "birth": date(1990, 5, 6),
        "place": "Xã Nậm Ban",
        "gender": "Nam",
        "people": "Mông",
        "school": "",
        "grade": "TB",
        "serial": f"B {1000 + number:07}",
        "register": f"{number}/2008",
        "receiver": "",
        "page": 1,
    }
    return list({**usual, **cells}.values())


def workbook(*rows: Sequence[object], headings: Sequence[object] = HEADINGS, above: int = 2) -> BytesIO:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for title in range(above):
        sheet.append([f"SỔ GỐC CẤP BẰNG {title}"])
    sheet.append(list(headings))
    for cells in rows:
        sheet.append(list(cells))
    out = BytesIO()
    book.save(out)
    out.seek(0)
    return out
