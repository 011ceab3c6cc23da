"""Excel files of plans: which columns they have, and their rows as text; harmless or refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from admissions.refusals import Remark, SheetRefusedError
from portal.common.text import fold, tidy
from portal.pupils.ports import inspect
from portal.pupils.services import FileRefusedError

type Columns = Mapping[str, tuple[str, bool]]

#: key → (heading, needed)
CATCHMENTS: Columns = {
    "commune": ("Xã, phường", True),
    "place": ("Thôn, bản, tổ, đường", True),
    "school": ("Mã trường", True),
    "zone": ("Tuyến", True),
    "latitude": ("Vĩ độ", False),
    "longitude": ("Kinh độ", False),
}
QUOTAS: Columns = {
    "school": ("Mã trường", True),
    "classes": ("Số lớp", True),
    "class_size": ("Sĩ số một lớp", True),
    "disability": ("Chỗ cho trẻ khuyết tật", False),
}
_SEARCHED = 20
_MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row of data; ``cells`` by key, as text."""

    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]

    def text(self, key: str) -> str:
        """Give a cell; a column that is missing is empty."""
        return self.cells.get(key, "")

    def whole(self, key: str) -> int | None:
        """Give a cell as a whole number ≥ 0, 0 where it is empty, None for anything else."""
        written = self.text(key) or "0"
        return int(written) if written.isascii() and written.isdecimal() and len(written) <= 6 else None  # noqa: PLR2004 - a million seats is a slip

    def remark(self, key: str, message: str) -> Remark:
        """Say something of a cell."""
        return Remark(self.number, self.headings[key], message)


def _heading(cell: object) -> str:
    return "".join(letter for letter in fold(str(cell)) if letter.isalnum())


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def _file_fault(message: str) -> SheetRefusedError:
    return SheetRefusedError([Remark(0, "", message)])


def read(file: BinaryIO, file_name: str, columns: Columns) -> list[Row]:
    """Read the rows below the heading row; raises :class:`SheetRefusedError`."""
    try:
        facts = inspect(file, file_name)
    except FileRefusedError as refusal:
        raise _file_fault(str(refusal)) from refusal
    file.seek(0)
    try:
        lines: list[list[Any]] = (
            CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
    except BaseException as error:
        # the reader's panics are no Exceptions; anything else that is none goes on
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise _file_fault(_("Không đọc được tệp này. Lưu lại dạng .xlsx rồi tải lên.")) from error
    position, places = _headings(lines, columns)
    formulas = {row for row, column in facts[0].formulas if column - 1 in places.values()}
    headings = {key: heading for key, (heading, _needed) in columns.items()}
    rows = [
        Row(number, {key: _text(line[place]) for key, place in places.items()}, headings)
        for number, line in enumerate(lines, start=1)
        if number > position and any(_text(line[place]) for place in places.values())
    ]
    if not rows:
        raise _file_fault(_("Trang tính đầu tiên không có dòng nào dưới dòng tiêu đề."))
    if len(rows) > _MOST_ROWS:
        raise _file_fault(_("Tệp có hơn 20.000 dòng. Xem lại có phải tệp tuyến, chỉ tiêu không."))
    computed = [
        Remark(row.number, "", _("Dòng này có công thức. Chép lại dạng giá trị rồi tải lên."))
        for row in rows
        if row.number in formulas
    ]
    if computed:
        raise SheetRefusedError(computed)
    return rows


def _headings(lines: Sequence[Sequence[Any]], columns: Columns) -> tuple[int, dict[str, int]]:
    keys = {_heading(heading): key for key, (heading, _needed) in columns.items()}
    best: dict[str, int] = {}
    at = 0
    for number, line in enumerate(lines[:_SEARCHED], start=1):
        found: dict[str, int] = {}
        for place, cell in enumerate(line):
            key = keys.get(_heading(cell))
            if key is not None:
                found.setdefault(key, place)
        if len(found) > len(best):
            best, at = found, number
    missing = [heading for key, (heading, needed) in columns.items() if needed and key not in best]
    if missing:
        raise _file_fault(
            _("Thiếu cột %(columns)s. Thêm cột vào dòng tiêu đề rồi tải lại.")
            % {"columns": ", ".join(missing)}
        )
    return at, best


def write(columns: Columns, lines: Sequence[Sequence[str | float]], out: BinaryIO) -> None:
    """Write headings and lines: what comes out can be read again."""
    book = Workbook()
    page = book.active
    if page is None:  # pragma: no cover - a new workbook has a sheet
        raise LookupError
    page.append([heading for heading, _needed in columns.values()])
    for cell in page[1]:
        cell.font = Font(bold=True)
    for line in lines:
        page.append(list(line))
        for cell in page[page.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # whatever it begins with, it is no formula
    book.save(out)
