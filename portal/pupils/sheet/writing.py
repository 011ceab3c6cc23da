"""Writing the sector database's columns: what is exported can be imported again as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from string import ascii_uppercase
from typing import Any, BinaryIO, cast

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from portal.common.clock import local_day
from portal.pupils.grades import grade_label
from portal.pupils.models import Enrolment, Gender, PupilStatus
from portal.pupils.selectors import in_force
from portal.pupils.sheet.cells import GENDER_WORDS, STATUS_WORDS
from portal.pupils.sheet.columns import HEADINGS

# what a spreadsheet program may take for a formula, at least after "save as CSV"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = (12, 9, 10, 30, 12, 10, 13, 16, 14, 22)
_FETCHED = 1_000

Value = str | date | int
Line = Sequence[Value]


def write_sheet(
    lines: Iterable[Line],
    out: BinaryIO,
    *,
    title: str = "Học sinh",
    headings: Sequence[str] = tuple(HEADINGS.values()),
    widths: Sequence[int] = _WIDTHS,
) -> int:
    """Write headings and lines as XLSX to ``out``, row by row; give the number of lines.

    Texts stay texts: nothing is a formula, and what looks like one carries Excel's quote prefix.
    """
    book = Workbook(write_only=True)
    sheet = cast("Any", book.create_sheet(title))
    sheet.freeze_panes = "A2"
    for letter, width in zip(ascii_uppercase, widths, strict=False):
        sheet.column_dimensions[letter].width = width
    first = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, value=heading)
        cell.font = Font(bold=True)
        first.append(cell)
    sheet.append(first)
    written = 0
    for line in lines:
        sheet.append([_cell(sheet, value) for value in line])
        written += 1
    book.save(out)
    return written


def _cell(sheet: Any, value: Value) -> object:
    if isinstance(value, date):
        cell = WriteOnlyCell(sheet)
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
        return cell
    if isinstance(value, int) or not value.startswith(_DANGEROUS):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell


def _lines(school_ids: Sequence[int] | None, day: date) -> Iterator[Line]:
    enrolments = Enrolment.objects.filter(in_force(day)).select_related("pupil", "school")
    if school_ids is not None:
        enrolments = enrolments.filter(school_id__in=school_ids)
    ordered = enrolments.order_by("school__code", "grade", "class_name", "pupil__name_key", "pk")
    for enrolment in ordered.iterator(chunk_size=_FETCHED):
        pupil = enrolment.pupil
        yield (
            enrolment.school.code,
            grade_label(enrolment.grade),
            enrolment.class_name,
            pupil.full_name,
            pupil.birth_date,
            GENDER_WORDS[Gender(pupil.gender)],
            STATUS_WORDS[PupilStatus(pupil.status)],
            pupil.status_on,
            pupil.ethnicity,
            pupil.personal_id,
        )


def export_pupils(*, school_ids: Sequence[int] | None, out: BinaryIO, day: date | None = None) -> int:
    """Write who is enrolled on ``day`` (default: today) to ``out``; None means every school.

    Gives the number of pupils. Whoever hands the file out has checked the right to it and records
    the look.
    """
    return write_sheet(_lines(school_ids, day or local_day(timezone.now())), out)


def write_template(*, out: BinaryIO) -> None:
    """Write the headings alone: a file to fill in and send back."""
    write_sheet((), out)
