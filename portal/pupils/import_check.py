"""Checking a whole file into staging rows: one bad row, and nothing will be written.

Rows are staged in lots, each in a short transaction of its own, so that citizens who submit meanwhile
wait for milliseconds: reading and checking a lot takes longer than writing it. Existing pupils are only read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.common.codes import personal_id_hints
from portal.common.fields import blind_index
from portal.common.spoken import spoken
from portal.common.text import fold, tidy
from portal.organisations import selectors as organisations
from portal.pupils.grades import last_day, parse_grade, parse_school_year, teaches
from portal.pupils.models import Enrolment, Pupil, PupilImport, PupilImportRow, PupilStatus
from portal.pupils.pace import Pace
from portal.pupils.refusals import FileRefusedError
from portal.pupils.register import checked_birth_date, checked_ethnicity, checked_name
from portal.pupils.sheet import cells
from portal.pupils.sheet.columns import HEADINGS
from portal.pupils.sheet.reading import PupilSheet, Row

LOT = 500
# beyond that many wrong rows the file as a whole is wrong, and nobody reads on
KEPT_ERRORS = 1_000
FILE_NAME_LENGTH = 200


@dataclass(slots=True)
class Checked:
    """A row after its cells were read: values to stage, and remarks by column."""

    number: int
    personal_id: str = ""
    index: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, str]] = field(default_factory=list)
    warnings: list[dict[str, str]] = field(default_factory=list)

    def wrong(self, key: str, message: str) -> None:
        """Note what is wrong in a column, and what to do."""
        self.errors.append({"column": HEADINGS[key], "message": message})

    def odd(self, key: str, message: str) -> None:
        """Note what deserves a look."""
        self.warnings.append({"column": HEADINGS[key], "message": message})


@dataclass(frozen=True, slots=True)
class Place:
    """A school as rows name it."""

    pk: int
    levels: tuple[str, ...]


class RowCheck:
    """Reads rows on their own: cells, the school, what contradicts itself, IDs that come twice."""

    def __init__(self, school_id: int | None, school_year: str) -> None:
        """Take the import's school (None: rows name theirs) and the schools of the province."""
        self._own = school_id
        self._last_day = last_day(school_year)
        self._today = local_day(timezone.now())
        self._by_code = {
            school.code.casefold(): Place(school.pk, tuple(school.levels))
            for school in organisations.schools()
        }
        self._own_levels: tuple[str, ...] = ()
        if school_id is not None:
            self._own_levels = tuple(organisations.organisation(school_id).levels)
        self._seen: dict[str, int] = {}

    def __call__(self, row: Row) -> Checked:
        """Check one row."""
        checked = Checked(row.number)
        readers: dict[str, Callable[[Any], Any]] = {
            "grade": lambda cell: parse_grade(cells.text(cell)),
            "class_name": cells.class_name,
            "full_name": lambda cell: checked_name(cells.text(cell)),
            "birth_date": lambda cell: checked_birth_date(cells.day(cell), self._today),
            "gender": cells.gender,
            "status": cells.status,
            "status_on": cells.day,
            "ethnicity": lambda cell: checked_ethnicity(cells.text(cell)),
            "personal_id": cells.personal_id,
        }
        read: dict[str, Any] = {}
        for key, reader in readers.items():
            if key in row.formulas:
                checked.wrong(key, _("Ô này là công thức. Chép lại bằng giá trị rồi tải lại."))
                continue
            try:
                read[key] = reader(row.cells[key])
            except ValueError as error:
                checked.wrong(key, spoken(error))
        self._check_school(row, read, checked)
        self._check_days(read, checked)
        self._check_id(read, checked)
        checked.values = {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in read.items()
            if key != "personal_id"
        }
        return checked

    def _check_school(self, row: Row, read: dict[str, Any], checked: Checked) -> None:
        code = cells.text(row.cells.get("school_code", ""))
        place = self._by_code.get(code.casefold())
        if place is None and code:
            found = organisations.by_code(code)  # a code of former years
            place = None if found is None else Place(found.pk, tuple(found.levels))
            if place is None or found is None or found.kind != "school" or found.closed_on is not None:
                checked.wrong(
                    "school_code", _("Không có trường nào đang hoạt động mang mã này. Xem lại mã.")
                )
                return
            self._by_code[code.casefold()] = place
        if self._own is not None:
            if place is not None and place.pk != self._own:
                checked.wrong(
                    "school_code", _("Đây là mã của trường khác. Chỉ tải học sinh của trường mình.")
                )
            place = Place(self._own, self._own_levels)
        if place is None:
            checked.wrong("school_code", _("Ô này còn trống. Ghi mã trường."))
            return
        read["school_id"] = place.pk
        if "grade" in read and not teaches(place.levels, read["grade"]):
            checked.wrong("grade", _("Trường này không có khối đó. Xem lại khối hoặc mã trường."))

    def _check_days(self, read: dict[str, Any], checked: Checked) -> None:
        if "status_on" not in read:
            return
        if "birth_date" in read and read["status_on"] < read["birth_date"]:
            checked.wrong("status_on", _("Ngày trạng thái ở trước ngày sinh. Xem lại hai ngày."))
        elif read["status_on"] > self._last_day:
            checked.wrong("status_on", _("Ngày trạng thái ở sau năm học này. Xem lại năm."))

    def _check_id(self, read: dict[str, Any], checked: Checked) -> None:
        if "personal_id" not in read:
            return
        checked.personal_id = read["personal_id"]
        checked.index = blind_index("personal-id", checked.personal_id)
        first = self._seen.setdefault(checked.index, checked.number)
        if first != checked.number:
            checked.wrong(
                "personal_id",
                _("Số định danh này đã có ở dòng %(row)d. Mỗi học sinh chỉ ghi một dòng.") % {"row": first},
            )
        if "birth_date" in read and "gender" in read:
            for hint in personal_id_hints(checked.personal_id, read["birth_date"], read["gender"]):
                checked.odd("personal_id", spoken(hint))


def _compare(lot: list[Checked], school_id: int | None) -> None:
    """Compare a lot with the register: an ID of somebody else, a pupil of another school."""
    known = {
        pupil.personal_id_index: pupil
        for pupil in Pupil.objects.filter(
            personal_id_index__in=[row.index for row in lot if row.index]
        ).defer("personal_id")
    }
    elsewhere: set[int] = set()
    if school_id is not None:
        away = Enrolment.objects.filter(
            pupil__in=[pupil.pk for pupil in known.values()], ends_on__isnull=True
        )
        elsewhere = set(away.exclude(school_id=school_id).values_list("pupil_id", flat=True))
    for row in lot:
        pupil = known.get(row.index)
        if pupil is None:
            continue
        if pupil.pk in elsewhere and row.values.get("status") == PupilStatus.STUDYING:
            row.wrong(
                "personal_id",
                _("Học sinh này đang học ở trường khác. Làm thủ tục chuyển trường, bỏ dòng này khỏi tệp."),
            )
        other_name = fold(row.values.get("full_name", pupil.full_name)) != pupil.name_key
        other_birth = (
            row.values.get("birth_date", pupil.birth_date.isoformat()) != pupil.birth_date.isoformat()
        )
        if other_name and other_birth:
            row.wrong(
                "personal_id",
                _("Số định danh này đang là của người khác tên, khác ngày sinh. Xem lại giấy khai sinh."),
            )
        elif other_name or other_birth:
            what = _("họ tên") if other_name else _("ngày sinh")
            row.odd(
                "personal_id",
                _("Sổ học sinh ghi %(what)s khác. Ghi tệp này là sửa sổ, xem lại giấy khai sinh.")
                % {"what": what},
            )


@dataclass(slots=True)
class _Tally:
    rows: int = 0
    wrong: int = 0
    odd: int = 0


def _stage(import_id: int, lot: list[Checked], tally: _Tally, pace: Pace) -> None:
    """Write a lot; once a row was wrong only wrong rows are kept, for nothing will be applied."""
    tally.rows += len(lot)
    kept: list[PupilImportRow] = []
    for row in lot:
        tally.odd += bool(row.warnings)
        tally.wrong += bool(row.errors)
        if (row.errors and tally.wrong <= KEPT_ERRORS) or not tally.wrong:
            kept.append(
                PupilImportRow(
                    pupil_import_id=import_id,
                    number=row.number,
                    personal_id="" if row.errors else row.personal_id,
                    values={} if row.errors else row.values,
                    errors=row.errors,
                    warnings=row.warnings,
                )
            )
    with transaction.atomic():
        pace.begin()
        PupilImportRow.objects.bulk_create(kept)
    pace.end(len(lot))


def _lots(rows: Iterable[Row], check: RowCheck, pace: Pace) -> Iterator[list[Checked]]:
    left = iter(rows)
    while batch := list(islice(left, pace.rows)):
        yield [check(row) for row in batch]


def check_import(
    *,
    file: BinaryIO,
    file_name: str,
    school_id: int | None,
    school_year: str,
    requested_by_id: int | None = None,
) -> PupilImport:
    """Check a file into staging rows; the result is READY (to be confirmed) or REFUSED.

    ``school_id`` None means the whole province: rows name their school. Raises FileRefusedError,
    and stores nothing, for a file that is wrong as a whole. Takes seconds for 100,000 rows.
    """
    school_year = parse_school_year(school_year)
    sheet = PupilSheet(file, file_name, with_school=school_id is None)
    started = begin_import(
        file_name=file_name, school_id=school_id, school_year=school_year, requested_by_id=requested_by_id
    )
    try:
        check_sheet(started, sheet)
    except FileRefusedError:
        started.delete()
        raise
    started.refresh_from_db()
    return started


def begin_import(
    *, file_name: str, school_id: int | None, school_year: str, requested_by_id: int | None
) -> PupilImport:
    """Make the row of a file that is about to be checked."""
    return PupilImport.objects.create(
        school_id=school_id,
        school_year=parse_school_year(school_year),
        file_name=tidy(file_name)[-FILE_NAME_LENGTH:],
        requested_by_id=requested_by_id,
    )


def check_sheet(
    started: PupilImport, sheet: PupilSheet, after_lot: Callable[[], None] | None = None
) -> None:
    """Stage a sheet's rows and say READY or REFUSED; raises FileRefusedError for a sheet without rows.

    ``after_lot`` is called after each transaction; what it raises stops the check there.
    """
    tally, pace = _Tally(), Pace(LOT)
    for lot in _lots(sheet, RowCheck(started.school_id, started.school_year), pace):
        _compare(lot, started.school_id)
        _stage(started.pk, lot, tally, pace)
        if after_lot is not None:
            after_lot()
    if not tally.rows:
        raise FileRefusedError(_("Trang tính không có dòng học sinh nào. Xem lại tệp rồi tải lại."))
    if tally.wrong:
        forget_good_rows(started.pk)
    state = PupilImport.State.REFUSED if tally.wrong else PupilImport.State.READY
    PupilImport.objects.filter(pk=started.pk, state=PupilImport.State.CHECKING).update(
        state=state,
        revision=1,
        row_count=tally.rows,
        error_count=tally.wrong,
        warning_count=tally.odd,
        finished_at=timezone.now() if tally.wrong else None,
    )


def forget_good_rows(import_id: int) -> None:
    """Drop staged rows that are right, in lots: a refused file leaves no more data than its errors."""
    good = PupilImportRow.objects.filter(pupil_import_id=import_id, errors=[])
    while pks := list(good.order_by().values_list("pk", flat=True)[:LOT]):
        PupilImportRow.objects.filter(pk__in=pks).delete()
