"""A book in open formats: what is handed out can be imported again as it is."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from portal.diplomas.models import Book, Entry, State
from portal.diplomas.normal.dates import spoken_date
from portal.diplomas.records import FIELDS

# what a spreadsheet program may take for a formula
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_FETCHED = 1_000
_GENDERS = {"male": "Nam", "female": "Nữ"}
#: headings are Vietnamese in every language: they are those of the book
HEADINGS = (
    "TT", "Họ và tên", "Ngày sinh", "Nơi sinh", "Giới tính", "Dân tộc", "Học sinh trường", "Xếp loại",
    "Hình thức đào tạo", "Hội đồng thi", "Số hiệu", "Số vào sổ gốc", "Ngày ký", "Người ký", "Người nhận ký",
    "Trang sổ", "Ghi chú", "Số định danh cá nhân", "Trạng thái",
)  # fmt: skip


def lines(book: Book) -> Iterator[list[str]]:
    """Give a book's entries as texts in the order of :data:`HEADINGS`."""
    rows = Entry.objects.filter(book=book).exclude(state=State.VOID).order_by("number")
    for entry in rows.iterator(chunk_size=_FETCHED):
        content = dict(entry.content)
        for name in ("birth", "signed_on"):
            content[name] = spoken_date(content.get(name, ""))
        content["gender"] = _GENDERS.get(entry.gender, "")
        yield [
            str(entry.number),
            *(content.get(each.name, "") for each in FIELDS),
            entry.personal_id,
            str(State(entry.state).label),
        ]


def workbook(book: Book) -> bytes:
    """Write a book as XLSX; nothing in it is a formula."""
    made = Workbook(write_only=True)
    sheet = cast("Any", made.create_sheet("Sổ gốc"))
    sheet.freeze_panes = "A2"
    headings = []
    for title in HEADINGS:
        cell = WriteOnlyCell(sheet, value=title)
        cell.font = Font(bold=True)
        headings.append(cell)
    sheet.append(headings)
    for line in lines(book):
        sheet.append([_cell(sheet, value) for value in line])
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: str) -> object:
    if not value.startswith(_DANGEROUS):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def csv_lines(book: Book) -> Iterator[str]:
    """Write a book as CSV in UTF-8 with a mark at its beginning, without which Excel shows other letters."""
    yield "\ufeff" + _csv(HEADINGS)
    for line in lines(book):
        yield _csv([f"'{value}" if value.startswith(_DANGEROUS) else value for value in line])


def _csv(values: tuple[str, ...] | list[str]) -> str:
    out = StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
