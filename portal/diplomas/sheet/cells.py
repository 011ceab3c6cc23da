"""One row's cells → the kept forms of a record, with errors and remarks by column.

Sentences never repeat a personal ID.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.translation import gettext as _

from portal.common.codes import clean_personal_id
from portal.common.spoken import spoken
from portal.common.text import fold, tidy
from portal.diplomas.normal.dates import read_date
from portal.diplomas.normal.names import kept_name
from portal.diplomas.normal.numbers import checked_number
from portal.diplomas.normal.old_fonts import from_tcvn3, is_tcvn3
from portal.diplomas.records import FIELDS
from portal.diplomas.sheet.columns import CHOICES, PARTS
from portal.pupils.ports import Cell

_GENDERS = {
    "nam": "male",
    "nu": "female",
    "m": "male",
    "f": "female",
    "trai": "male",
    "gai": "female",
    "1": "male",
    "0": "female",
}
_GRADES = {
    "g": "Giỏi", "gioi": "Giỏi", "k": "Khá", "kha": "Khá", "tb": "Trung bình", "trung binh": "Trung bình",
    "tbk": "Trung bình khá", "trung binh kha": "Trung bình khá", "tb kha": "Trung bình khá",
    "xs": "Xuất sắc", "xuat sac": "Xuất sắc", "dat": "Đạt",
}  # fmt: skip
_LENGTHS = {each.name: each.length for each in FIELDS}
#: nobody finishes a level younger; a birth after that is a slip
_YOUNGEST = 9
_SHORTEST_NUMBER_ID, _ID_LENGTH, _CARD_LENGTH = 10, 12, 9


@dataclass(slots=True)
class Checked:
    """A row after its cells were read."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    personal_id: str = ""
    errors: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, name: str, message: str) -> None:
        """Note what is wrong in a column, and what to do."""
        self.errors.append({"column": str(CHOICES[name]), "message": message})

    def odd(self, name: str, message: str) -> None:
        """Note what deserves a look."""
        self.warnings.append({"column": str(CHOICES[name]), "message": message})


class RowReader:
    """Reads rows of one file: the columns as confirmed, the year of the book, what 01/01 stands for."""

    def __init__(
        self, columns: Mapping[str, str], year: int, school: str, *, first_of_january_is_unknown: bool
    ) -> None:
        """``columns`` maps headings to fields; ``school`` stands in where a row names none."""
        self._columns = {heading: name for heading, name in columns.items() if name}
        self._latest = date(year - _YOUNGEST, 12, 31)
        self._today = date(max(year + 30, 2026), 12, 31)
        self._school = school
        self._unknown = first_of_january_is_unknown

    def __call__(self, number: int, cells: Mapping[str, Cell]) -> Checked:
        """Read one row."""
        checked = Checked(number)
        given: dict[str, Cell] = {name: cells[heading] for heading, name in self._columns.items()}
        self._put_together(given)
        for name, cell in given.items():
            try:
                self._read(name, cell, checked)
            except ValueError as error:
                checked.wrong(name, spoken(error))
        if "full_name" not in checked.values and not any(
            remark["column"] == str(CHOICES["full_name"]) for remark in checked.errors
        ):
            checked.wrong("full_name", _("Ô này còn trống. Ghi họ và tên."))
        if not checked.values.get("school") and self._school:
            checked.values["school"] = self._school
        if not checked.values.get("birth"):
            checked.odd("birth", _("Không rõ ngày sinh: người có văn bằng sẽ không tự tra cứu được."))
        if not checked.values.get("serial") and not checked.values.get("register_number"):
            checked.wrong("register_number", _("Thiếu cả số hiệu lẫn số vào sổ. Ghi ít nhất một số."))
        return checked

    def _put_together(self, given: dict[str, Cell]) -> None:
        """Join what files keep in several columns: family and given name, the three parts of a birthday."""
        parts = {name: _text(given.pop(name)) for name in PARTS if name in given}
        name = " ".join(filter(None, (parts.get("family_name", ""), parts.get("given_name", ""))))
        # a row that lacks its given name is half a person, not somebody with one name
        whole = parts.get("given_name", name)
        if name and whole and not _text(given.get("full_name", "")):
            given["full_name"] = name
        if parts.get("birth_year") and not _text(given.get("birth", "")):
            pieces = (parts.get("birth_day") or "0", parts.get("birth_month") or "0", parts["birth_year"])
            given["birth"] = "/".join(pieces)

    def _read(self, name: str, cell: Cell, checked: Checked) -> None:
        if isinstance(cell, str) and is_tcvn3(cell):
            checked.odd(name, _("Ô này gõ bằng phông chữ cũ, đã đổi sang Unicode. Xem lại chữ."))
        if name == "birth":
            value = read_date(cell, latest=self._latest, first_of_january_is_unknown=self._unknown)
            self._remark_birth(cell, value, checked)
        elif name == "signed_on":
            value = read_date(cell, latest=self._today, first_of_january_is_unknown=False)
        elif name == "full_name":
            value = kept_name(_text(cell))
        elif name == "personal_id":
            checked.personal_id = _personal_id(cell, checked)
            return
        elif name in {"serial", "register_number"}:
            value = checked_number(tidy(_text(cell)))
        else:
            value = _plain(name, cell)
        if value:
            checked.values[name] = value

    def _remark_birth(self, cell: Cell, value: str, checked: Checked) -> None:
        """Say so where a whole date was read as less than it looks."""
        whole = isinstance(cell, date | datetime) or len(_text(cell)) > len("01/1970")
        if value and len(value) == len("1970") and whole:
            checked.odd("birth", _("Ghi 01/01 nên hiểu là chỉ rõ năm sinh."))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(from_tcvn3(str(cell)))


def _plain(name: str, cell: Cell) -> str:
    value = _text(cell)
    if len(value) > _LENGTHS[name]:
        raise ValueError(_("Ô này dài quá %(length)d ký tự. Rút gọn lại.") % {"length": _LENGTHS[name]})
    if name == "gender" and value:
        found = _GENDERS.get(fold(value))
        if found is None:
            raise ValueError(_("Ghi Nam hoặc Nữ."))
        return found
    if name == "grade":
        return _GRADES.get(fold(value), value)
    if name == "page" and value:
        digits = re.sub(r"\D", "", value)
        if not digits:
            raise ValueError(_("Ghi số trang, ví dụ 12."))
        return str(int(digits))
    return value


def _personal_id(cell: Cell, checked: Checked) -> str:
    written = _text(cell)
    if not written:
        return ""
    if isinstance(cell, int | float) and _SHORTEST_NUMBER_ID <= len(written) < _ID_LENGTH:
        written = written.zfill(_ID_LENGTH)
    if len(re.sub(r"\D", "", written)) == _CARD_LENGTH:
        checked.odd("personal_id", _("Đây là số chứng minh nhân dân 9 số, không còn dùng: bỏ qua ô này."))
        return ""
    return clean_personal_id(written)
