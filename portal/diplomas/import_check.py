"""From an uploaded file to staged rows: headings read, columns confirmed, every cell checked.

One bad row, and nothing will be written. Rows are staged in lots, each in a short transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import BinaryIO

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common import sealed_files
from portal.common.crypto import UnreadableValueError
from portal.common.text import tidy
from portal.diplomas.models import ColumnMap, DiplomaImport, DiplomaImportRow, Entry, State
from portal.diplomas.records import key_columns
from portal.diplomas.refusals import RegisterRefusedError
from portal.diplomas.sheet.cells import Checked, RowReader
from portal.diplomas.sheet.columns import CHOICES, guess, heading_key
from portal.diplomas.sheet.reading import RegisterSheet
from portal.outbox.services import owe
from portal.pupils.ports import Cell, FileRefusedError, Pace, check_kind

LOT = 500
KEPT_ERRORS = 1_000
# what a page may read while somebody waits
SMALL_FILE = 2**20
SMALL_ROWS = 2_000
HEALING = timedelta(minutes=2)
_NAME_LENGTH = 200


def file_of(import_id: int) -> str:
    """Name an import's file in the private store."""
    return f"diploma-imports/{import_id}"


def receive_import(
    *,
    file: BinaryIO,
    file_name: str,
    book_id: int,
    actor_id: int,
    school: str = "",
    first_of_january_is_unknown: bool = True,
) -> DiplomaImport:
    """Keep a file, encrypted, and read its headings: now where it is small, else by a duty.

    Raises FileRefusedError, and stores nothing, for a file that is seen at once to be no workbook.
    """
    check_kind(file, file_name)
    small = file.seek(0, 2) <= SMALL_FILE
    file.seek(0)
    started = DiplomaImport.objects.create(
        book_id=book_id,
        file_name=tidy(file_name)[-_NAME_LENGTH:],
        school=tidy(school)[:_NAME_LENGTH],
        first_of_january_is_unknown=first_of_january_is_unknown,
        entered_by_id=actor_id,
    )
    try:
        if small:
            _keep_headings(started, RegisterSheet(file, file_name, remembered(started)))
    except FileRefusedError:
        started.delete()
        raise
    sealed_files.keep(file_of(started.pk), file)
    if not small:
        with transaction.atomic():
            owe(
                kind="diplomas.read_headings",
                key=f"diplomas.read_headings:{started.pk}",
                payload={"import": started.pk},
            )
    started.refresh_from_db()
    return started


def remembered(found: DiplomaImport) -> dict[str, str]:
    """Give what the keeping office chose last: folded heading → field."""
    rows = ColumnMap.objects.filter(keeper=found.book.issuer.keeper_id)
    return dict(rows.values_list("heading", "field"))


def read_headings(import_id: int) -> None:
    """Read the headings of a kept file; running again finds them read."""
    found = (
        DiplomaImport.objects.select_related("book__issuer")
        .filter(pk=import_id, state=DiplomaImport.State.MAPPING)
        .first()
    )
    if found is None or found.headings:
        return
    try:
        _keep_headings(found, _open(found))
    except FileRefusedError as refusal:
        _refuse(found, refusal)


def _open(found: DiplomaImport) -> RegisterSheet:
    try:
        file = sealed_files.fetch(file_of(found.pk))
    except (FileNotFoundError, UnreadableValueError) as error:
        raise FileRefusedError(_("Tệp đã tải lên không còn đọc được. Tải lại tệp đó.")) from error
    return RegisterSheet(file, found.file_name, remembered(found))


def _keep_headings(found: DiplomaImport, sheet: RegisterSheet) -> None:
    samples = sheet.samples()
    proposed = guess(sheet.headings, remembered(found))
    DiplomaImport.objects.filter(pk=found.pk, state=DiplomaImport.State.MAPPING).update(
        headings=[
            # samples of a column of personal IDs would lie open in the row
            {"name": name, "samples": [] if proposed[name] == "personal_id" else _harmless(samples[name])}
            for name in sheet.headings
        ],
        columns=proposed,
    )


def _harmless(samples: list[str]) -> list[str]:
    return [sample if sum(each.isdigit() for each in sample) < 9 else "…" for sample in samples]  # noqa: PLR2004 - cards and IDs have 9 and 12 digits


def confirm_columns(*, found: DiplomaImport, columns: Mapping[str, str], revision: int) -> DiplomaImport:
    """Take the columns as somebody said they are, remember them, and check the file.

    Raises RegisterRefusedError with a sentence.
    """
    names = [name for name in columns.values() if name]
    if not set(names) <= set(CHOICES) or set(columns) != {each["name"] for each in found.headings}:
        raise RegisterRefusedError(_("Tệp này không còn chờ chọn cột. Mở lại trang để xem."))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise RegisterRefusedError(
            _("Hai cột cùng là “%(column)s”. Chọn lại một cột.") % {"column": CHOICES[twice]}
        )
    if "full_name" not in names and not {"family_name", "given_name"} <= set(names):
        raise RegisterRefusedError(_("Chưa có cột nào là Họ và tên. Chọn cột đó."))
    keeper = found.book.issuer.keeper_id
    # a small file is checked by the page; its duty only heals what a page that was killed left,
    # for two that check at once would stage and drop each other's rows
    begins = timezone.now() + HEALING if _is_small(found) else None
    with transaction.atomic():
        moved = DiplomaImport.objects.filter(
            pk=found.pk, state=DiplomaImport.State.MAPPING, revision=revision
        ).update(state=DiplomaImport.State.CHECKING, columns=dict(columns), revision=revision + 1)
        if moved != 1:
            raise RegisterRefusedError(_("Tệp này không còn chờ chọn cột. Mở lại trang để xem."))
        for heading, name in columns.items():
            ColumnMap.objects.update_or_create(
                keeper_id=keeper, heading=heading_key(heading), defaults={"field": name}
            )
        owe(
            kind="diplomas.check_import",
            key=f"diplomas.check_import:{found.pk}",
            payload={"import": found.pk},
            not_before=begins,
        )
    found.refresh_from_db()
    return found


def check_now_if_small(found: DiplomaImport) -> DiplomaImport:
    """Check a small file while somebody waits; its duty then finds nothing to do."""
    if found.state == DiplomaImport.State.CHECKING and _is_small(found):
        check_import(found.pk)
        found.refresh_from_db()
    return found


def _is_small(found: DiplomaImport) -> bool:
    try:
        return _open(found).rows <= SMALL_ROWS
    except FileRefusedError:
        # its duty says so, in the import's own words
        return False


def check_import(import_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Stage a kept file's rows and say READY or REFUSED; killed on its way it begins anew."""
    state = DiplomaImport.State
    found = (
        DiplomaImport.objects.select_related("book__issuer")
        .filter(pk=import_id, state=state.CHECKING)
        .first()
    )
    if found is None:
        return
    _forget_rows(import_id)
    try:
        _check(found, _open(found), after_lot)
    except FileRefusedError as refusal:
        _refuse(found, refusal)
    sealed_files.forget(file_of(import_id))


def _refuse(found: DiplomaImport, refusal: FileRefusedError) -> None:
    DiplomaImport.objects.filter(pk=found.pk).update(
        state=DiplomaImport.State.REFUSED, refusal=str(refusal)[:300], finished_at=timezone.now()
    )


def _check(found: DiplomaImport, sheet: RegisterSheet, after_lot: Callable[[], None] | None) -> None:
    reader = RowReader(
        found.columns,
        found.book.year,
        found.school,
        first_of_january_is_unknown=found.first_of_january_is_unknown,
    )
    pace, twins = Pace(LOT), Twins(found.book_id)
    rows = wrong = odd = 0
    for lot in _lots(sheet, reader, pace):
        twins.compare(lot)
        rows += len(lot)
        wrong_before = wrong
        wrong += sum(bool(row.errors) for row in lot)
        odd += sum(bool(row.warnings) for row in lot)
        kept = [row for row in lot if (row.errors and wrong_before < KEPT_ERRORS) or not wrong]
        with transaction.atomic():
            pace.begin()
            DiplomaImportRow.objects.bulk_create(_staged(found, row) for row in kept)
        pace.end(len(lot))
        if after_lot is not None:
            after_lot()
    if not rows:
        raise FileRefusedError(_("Trang tính không có dòng nào dưới tiêu đề. Xem lại tệp rồi tải lại."))
    if wrong:
        _forget_rows(found.pk, errors=[])
    state = DiplomaImport.State
    DiplomaImport.objects.filter(pk=found.pk, state=state.CHECKING).update(
        state=state.REFUSED if wrong else state.READY,
        revision=found.revision + 1,
        row_count=rows,
        error_count=wrong,
        warning_count=odd,
        finished_at=timezone.now() if wrong else None,
    )


def _staged(found: DiplomaImport, row: Checked) -> DiplomaImportRow:
    return DiplomaImportRow(
        diploma_import=found,
        number=row.number,
        personal_id="" if row.errors else row.personal_id,
        values={} if row.errors else row.values,
        errors=row.errors,
        warnings=row.warnings,
    )


def _lots(
    rows: Iterable[tuple[int, dict[str, Cell]]], reader: RowReader, pace: Pace
) -> Iterator[list[Checked]]:
    left = iter(rows)
    while batch := list(islice(left, pace.rows)):
        yield [reader(number, cells) for number, cells in batch]


def _forget_rows(import_id: int, **which: object) -> None:
    rows = DiplomaImportRow.objects.filter(diploma_import_id=import_id, **which)
    while pks := list(rows.order_by().values_list("pk", flat=True)[:LOT]):
        DiplomaImportRow.objects.filter(pk__in=pks).delete()


class Twins:
    """Finds what comes twice: within the file, and against what the register has already."""

    def __init__(self, book_id: int) -> None:
        """Compare with one book; serials with all books."""
        self._book = book_id
        self._seen: dict[str, int] = {}

    def compare(self, lot: list[Checked]) -> None:
        """Remark a lot's rows."""
        keys = [key_columns(row.values) for row in lot]
        alive = Entry.objects.exclude(state=State.VOID)
        here = alive.filter(book_id=self._book)
        numbers = self._known(here, "register_index", keys)
        people = self._known(here, "name_birth_index", keys)
        serials = self._known(alive, "serial_index", keys)
        for row, key in zip(lot, keys, strict=True):
            self._once(row, "register_number", key["register_index"])
            self._once(row, "serial", key["serial_index"])
            if key["register_index"] in numbers:
                row.wrong("register_number", _("Số vào sổ này đã có trong sổ. Bỏ dòng này, hoặc sửa số."))
            if key["serial_index"] in serials:
                row.odd("serial", _("Số hiệu này đã có ở một mục khác. So lại với sổ gốc."))
            if key["name_birth_index"] in people:
                row.odd("full_name", _("Sổ này đã có người cùng tên, cùng ngày sinh. So lại với sổ gốc."))

    def _once(self, row: Checked, name: str, digest: str) -> None:
        first = self._seen.setdefault(f"{name}:{digest}", row.number) if digest else row.number
        if first != row.number:
            row.wrong(name, _("Trùng với dòng %(row)d của tệp. Xem lại hai dòng.") % {"row": first})

    @staticmethod
    def _known(entries: QuerySet[Entry], column: str, keys: list[dict[str, str]]) -> set[str]:
        wanted = {key[column] for key in keys} - {""}
        found = entries.filter(**{f"{column}__in": wanted})
        return set(found.values_list(column, flat=True)) if wanted else set()
