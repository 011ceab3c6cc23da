"""Rows of an Excel file as (row number, cells by column key), after the file proved harmless."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from django.utils.translation import gettext as _
from python_calamine import CalamineSheet, CalamineWorkbook

from portal.pupils.refusals import FileRefusedError
from portal.pupils.sheet.columns import HEADINGS, PUPIL_COLUMNS, SEARCHED_ROWS, Columns
from portal.pupils.sheet.safety import MAX_ROWS, SheetFacts, inspect

Cell = int | float | str | bool | time | date | datetime | timedelta


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data; ``cells`` by column key, ``formulas`` are the keys of cells that compute."""

    number: int
    cells: dict[str, Cell]
    formulas: frozenset[str]


def _empty() -> FileRefusedError:
    return FileRefusedError(_("Trang tính không có dòng học sinh nào. Xem lại tệp rồi tải lại."))


def _open(file: BinaryIO, names: list[str]) -> list[CalamineSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        return [workbook.get_sheet_by_name(name) for name in names]
    except BaseException as error:
        # the reader's panics are no Exceptions; anything else that is none goes on
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise FileRefusedError(
            _("Không đọc được tệp này. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi tải lên.")
        ) from error


class HeadedSheet:
    """The first worksheet of a workbook that has the heading row; ``rows`` counts those below it."""

    rows: int

    def __init__(self, file: BinaryIO, file_name: str, columns: Columns, needed: Collection[str]) -> None:
        """Open and find the heading row; raises FileRefusedError with a sentence."""
        self._known = columns
        facts = inspect(file, file_name)
        file.seek(0)
        sheets = _open(file, [fact.name for fact in facts])
        for sheet, fact in zip(sheets, facts, strict=True):
            if self._begins(sheet):
                columns.require(self._columns, needed)
                self._check_shape(fact)
                self._formulas = fact.formulas
                return
        if all(sheet.height == 0 for sheet in sheets):
            raise _empty()
        raise FileRefusedError(
            _("Không thấy dòng tiêu đề. Dòng đó cần có các cột %(columns)s.")
            % {"columns": ", ".join(columns.headings[key] for key in needed)}
        )

    def _begins(self, sheet: CalamineSheet) -> bool:
        """Look for the heading row; remember where it stands."""
        if sheet.start is None:
            return False
        first_row, first_column = sheet.start
        for offset, row in enumerate(sheet.to_python(nrows=SEARCHED_ROWS)):
            columns = self._known.recognise(row)
            if columns is not None:
                self._sheet, self._columns = sheet, columns
                self._skip, self._left, self._top = offset + 1, first_column, first_row
                return True
        return False

    def _check_shape(self, facts: SheetFacts) -> None:
        heading = self._top + self._skip  # counted from 1
        self.rows = facts.rows - heading
        if facts.rows <= heading:
            raise _empty()
        if facts.rows - heading > MAX_ROWS:
            raise FileRefusedError(
                _("Tệp có hơn 200.000 dòng. Chia thành nhiều tệp, mỗi tệp nhiều nhất 200.000 dòng.")
            )
        for reference in facts.merged:
            last = reference.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            if last.isdigit() and int(last) > heading:
                raise FileRefusedError(
                    _("Các ô %(cells)s bị gộp. Bỏ gộp ô, ghi đủ từng dòng rồi tải lại.")
                    % {"cells": reference}
                )

    def __iter__(self) -> Iterator[Row]:
        """Give the rows that are not blank."""
        formulas: dict[int, set[str]] = {}
        keys = {position + self._left + 1: key for key, position in self._columns.items()}
        for row, column in self._formulas:
            if column in keys:
                formulas.setdefault(row, set()).add(keys[column])
        for number, cells in enumerate(self._sheet.iter_rows(), start=self._top + 1):
            if number <= self._top + self._skip:
                continue
            named = {key: cells[position] for key, position in self._columns.items()}
            computed = formulas.get(number, ())
            if computed or any(cell not in ("", None) and str(cell).strip() for cell in named.values()):
                yield Row(number, named, frozenset(computed))


class PupilSheet(HeadedSheet):
    """The sector database's file."""

    def __init__(self, file: BinaryIO, file_name: str, *, with_school: bool) -> None:
        """Need every column; that of the school where ``with_school``."""
        needed = [key for key in HEADINGS if with_school or key != "school_code"]
        super().__init__(file, file_name, PUPIL_COLUMNS, needed)
