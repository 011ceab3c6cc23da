"""A register's workbook as rows by heading, after it proved harmless."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook

from portal.diplomas.normal.old_fonts import from_tcvn3
from portal.diplomas.sheet.columns import SEARCHED_ROWS, heading_row
from portal.pupils.ports import MAX_ROWS, Cell, FileRefusedError, SheetFacts, inspect

_SAMPLES = 3


class RegisterSheet:
    """The first worksheet that has a heading row; ``headings`` as they stand, made unique by a number."""

    def __init__(self, file: BinaryIO, file_name: str, chosen: Mapping[str, str]) -> None:
        """Open and find the heading row; raises FileRefusedError with a sentence."""
        facts = inspect(file, file_name)
        file.seek(0)
        for sheet, fact in zip(_open(file, facts), facts, strict=True):
            if self._begins(sheet, fact, chosen):
                return
        raise FileRefusedError(
            _("Không thấy dòng tiêu đề. Trong 20 dòng đầu cần có dòng ghi Họ và tên, Ngày sinh, Số hiệu…")
        )

    def _begins(self, sheet: CalamineSheet, fact: SheetFacts, chosen: Mapping[str, str]) -> bool:
        if sheet.start is None:
            return False
        first_row, _first_column = sheet.start
        top = sheet.to_python(nrows=SEARCHED_ROWS)
        place = heading_row(top, chosen)
        if place is None:
            return False
        self._sheet, self._skip, self._above = sheet, place + 1, first_row
        self.rows = fact.rows - first_row - self._skip
        if self.rows > MAX_ROWS:
            raise FileRefusedError(
                _("Tệp có hơn 200.000 dòng. Chia thành nhiều tệp, mỗi tệp nhiều nhất 200.000 dòng.")
            )
        self._name(top[place])
        return True

    def _name(self, cells: list[Cell]) -> None:
        self.columns: dict[str, int] = {}
        for position, cell in enumerate(cells):
            title = " ".join(str(cell).split())[:120]
            if title:
                number = 2
                name = title
                while name in self.columns:
                    name, number = f"{title} ({number})", number + 1
                self.columns[name] = position
        self.headings = list(self.columns)

    def samples(self) -> dict[str, list[str]]:
        """Give the first values below each heading, for whoever says what the column is."""
        found: dict[str, list[str]] = {heading: [] for heading in self.headings}
        for _number, cells in self:
            for heading, cell in cells.items():
                if str(cell).strip() and len(found[heading]) < _SAMPLES:
                    found[heading].append(sample(cell))
            if all(len(values) >= _SAMPLES for values in found.values()) or _number > self._skip + 50:
                break
        return found

    def __iter__(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """Give (row number, cells by heading) of the rows that are not blank."""
        for number, cells in enumerate(self._sheet.iter_rows(), start=self._above + 1):
            if number <= self._above + self._skip:
                continue
            named = {heading: cells[position] for heading, position in self.columns.items()}
            if any(str(cell).strip() for cell in named.values()):
                yield number, named


def sample(cell: Cell) -> str:
    """Write a cell for whoever says what its column is: whole numbers whole, old fonts read, days as days."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return " ".join(from_tcvn3(str(cell)).split())[:40]


def _open(file: BinaryIO, facts: list[SheetFacts]) -> list[CalamineSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        return [workbook.get_sheet_by_name(fact.name) for fact in facts]
    except BaseException as error:
        # the reader's panics are no Exceptions; anything else that is none goes on
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise FileRefusedError(
            _("Không đọc được tệp này. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên.")
        ) from error
