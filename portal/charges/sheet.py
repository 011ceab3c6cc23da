"""A school's Excel list: one row a pupil, how many units, who is exempt. Checked whole, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from portal.charges.refusals import RowError, RowsRefusedError
from portal.common.fields import blind_index
from portal.common.spoken import spoken
from portal.common.text import fold, tidy
from portal.pupils import selectors as pupils
from portal.pupils.ports import (
    Cell,
    Columns,
    FileRefusedError,
    HeadedSheet,
    Row,
    personal_id_cell,
    text_cell,
)

HEADINGS = {
    "class_name": "Lớp",
    "full_name": "Họ tên",
    "personal_id": "Số định danh cá nhân",
    "quantity": "Số lượng",
    "exemption": "Lý do miễn",
}
COLUMNS = Columns(
    HEADINGS,
    {
        "class_name": ("ten lop", "lop hoc"),
        "full_name": ("ho va ten", "ho ten hoc sinh", "ho va ten hoc sinh", "ten hoc sinh"),
        "personal_id": ("so dinh danh", "ma dinh danh", "ma dinh danh ca nhan", "so cccd", "cccd"),
        "quantity": ("so ngay", "so thang", "so suat", "so buoi", "sl"),
        "exemption": ("mien", "ly do mien giam", "mien giam", "dien mien"),
    },
    enough=2,
)
NEEDED = ("full_name", "personal_id", "quantity")
MOST_ROWS = 5_000
MOST_UNITS = 366
EXEMPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FileLine:
    """A right row: a pupil of the school and what it says."""

    pupil_id: int
    class_name: str
    quantity: int
    exemption: str


@dataclass(slots=True)
class _Check:
    """Reads rows against the school's own pupils: by blind index, so IDs are compared, never listed."""

    own: dict[str, tuple[int, str, str]]
    errors: list[RowError] = field(default_factory=list)
    seen: dict[int, int] = field(default_factory=dict)

    def __call__(self, row: Row) -> FileLine | None:
        before = len(self.errors)
        personal_id = self._cell(row, "personal_id", personal_id_cell)
        name = self._cell(row, "full_name", text_cell)
        quantity = self._cell(row, "quantity", _quantity)
        exemption = self._cell(row, "exemption", _exemption) if "exemption" in row.cells else ""
        found = self.own.get(blind_index("personal-id", personal_id)) if personal_id else None
        if personal_id and found is None:
            self._wrong(row, "personal_id", _("Không có học sinh nào của trường mang số này. Xem lại số."))
        if found is not None and name is not None and fold(name) != found[1]:
            self._wrong(row, "full_name", _("Sổ học sinh ghi số định danh này với tên khác. Xem lại dòng."))
        if found is not None:
            first = self.seen.setdefault(found[0], row.number)
            if first != row.number:
                self._wrong(
                    row,
                    "personal_id",
                    _("Học sinh này đã có ở dòng %(row)d. Xóa một dòng.") % {"row": first},
                )
        if len(self.errors) > before or found is None or quantity is None:
            return None
        return FileLine(found[0], found[2], quantity, exemption or "")

    def _cell(self, row: Row, key: str, read: Callable[[Cell], Any]) -> Any:
        if key in row.formulas:
            self._wrong(row, key, _("Ô này là công thức. Chép lại bằng giá trị rồi tải lại."))
            return None
        try:
            return read(row.cells[key])
        except ValueError as error:
            self._wrong(row, key, spoken(error))
            return None

    def _wrong(self, row: Row, key: str, message: str) -> None:
        self.errors.append(RowError(row.number, HEADINGS[key], message))


def _quantity(cell: Cell) -> int:
    written = text_cell(cell)
    if not (written.isascii() and written.isdecimal()) or not 1 <= int(written[:6]) <= MOST_UNITS:
        raise ValueError(_("Ghi một số nguyên từ 1 đến %(most)d.") % {"most": MOST_UNITS})
    return int(written)


def _exemption(cell: Cell) -> str:
    written = tidy(text_cell(cell))
    if len(written) > EXEMPTION_LENGTH:
        raise ValueError(_("Lý do miễn dài quá 200 ký tự. Ghi ngắn hơn."))
    return written


def read_file(file: BinaryIO, file_name: str, *, school_id: int, day: dt.date) -> list[FileLine]:
    """Read and check a whole file; raises FileRefusedError, or RowsRefusedError with every wrong cell."""
    sheet = HeadedSheet(file, file_name, COLUMNS, NEEDED)
    if sheet.rows > MOST_ROWS:
        raise FileRefusedError(
            _("Tệp có hơn %(most)d dòng. Lập danh sách theo khối hoặc toàn trường.") % {"most": MOST_ROWS}
        )
    check = _Check(_own(school_id, day))
    lines, read = [], 0
    for row in sheet:
        read += 1
        line = check(row)
        if line is not None:
            lines.append(line)
    if check.errors:
        raise RowsRefusedError(check.errors, read)
    if not lines:
        raise FileRefusedError(_("Trang tính không có dòng học sinh nào. Xem lại tệp rồi tải lại."))
    return lines


def _own(school_id: int, day: dt.date) -> dict[str, tuple[int, str, str]]:
    found = pupils.pupils_of(school_id, day).values_list(
        "pupil__personal_id_index", "pupil_id", "pupil__name_key", "class_name"
    )
    return {index: (pupil_id, name_key, class_name) for index, pupil_id, name_key, class_name in found}
