"""Taking an uploaded file: a small one is checked at once, a large one by a duty."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone

from portal.outbox import services as outbox
from portal.pupils import uploads
from portal.pupils.grades import parse_school_year
from portal.pupils.import_check import LOT, begin_import, check_sheet
from portal.pupils.models import PupilImport, PupilImportRow
from portal.pupils.refusals import FileRefusedError
from portal.pupils.sheet.reading import PupilSheet
from portal.pupils.sheet.safety import check_kind

# what a page may check while somebody waits: about a second
SMALL_ROWS = 2_000
# larger files are not even opened in a request; 2,000 rows take some 150 KB
SMALL_FILE = 2**20


def receive_import(
    *,
    file: BinaryIO,
    file_name: str,
    school_id: int | None,
    school_year: str,
    requested_by_id: int | None = None,
) -> PupilImport:
    """Check a file of at most 2,000 rows now; keep a larger one, encrypted, for a duty to check.

    The result is READY or REFUSED, or CHECKING for the duty's. Raises FileRefusedError, and stores
    nothing, for a file that is seen at once to be wrong as a whole.
    """
    school_year = parse_school_year(school_year)
    check_kind(file, file_name)
    size = file.seek(0, 2)
    sheet = PupilSheet(file, file_name, with_school=school_id is None) if size <= SMALL_FILE else None
    started = begin_import(
        file_name=file_name, school_id=school_id, school_year=school_year, requested_by_id=requested_by_id
    )
    if sheet is not None and sheet.rows <= SMALL_ROWS:
        try:
            check_sheet(started, sheet)
        except FileRefusedError:
            started.delete()
            raise
        started.refresh_from_db()
        return started
    uploads.keep(started.pk, file)
    with transaction.atomic():
        outbox.owe(
            kind="pupils.check_import",
            key=f"pupils.check_import:{started.pk}",
            payload={"import_id": started.pk},
        )
    return started


def check_received(import_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Check a file that was kept; killed on its way it begins anew, done before it does nothing."""
    state = PupilImport.State
    started = PupilImport.objects.filter(pk=import_id, state=state.CHECKING).first()
    if started is not None:
        forget_staged_rows(import_id)
        try:
            with uploads.fetch(import_id) as file:
                sheet = PupilSheet(file, started.file_name, with_school=started.school_id is None)
                check_sheet(started, sheet, after_lot)
        except FileRefusedError as refusal:
            PupilImport.objects.filter(pk=import_id, state=state.CHECKING).update(
                state=state.REFUSED, revision=1, refusal=str(refusal)[:300], finished_at=timezone.now()
            )
    uploads.forget(import_id)


def forget_staged_rows(import_id: int) -> None:
    """Drop what an earlier attempt staged, in lots."""
    staged = PupilImportRow.objects.filter(pupil_import_id=import_id)
    while pks := list(staged.order_by().values_list("pk", flat=True)[:LOT]):
        PupilImportRow.objects.filter(pk__in=pks).delete()
