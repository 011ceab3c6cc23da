"""Writing a file that two people have seen, and undoing it: at most 500 rows a transaction, resumed by duties."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common import sealed_files
from portal.diplomas.import_check import LOT, file_of
from portal.diplomas.models import DiplomaImport, DiplomaImportRow, Entry, State
from portal.diplomas.records import Record
from portal.diplomas.refusals import OvertakenError, RegisterRefusedError
from portal.diplomas.register import By, enter_lines, undo_lines
from portal.outbox.services import owe
from portal.pupils.ports import Pace

# seconds between lots in which others get at the database
BREATH = 0.05
_TRIES = 5


def source_of(import_id: int) -> str:
    """Name an import as the source of versions."""
    return f"import:{import_id}"


def send_import(*, import_id: int, revision: int) -> None:
    """Hand a checked file to a second person. Raises RegisterRefusedError."""
    state = DiplomaImport.State
    _moved(import_id, revision, [state.READY], state.SENT)


@transaction.atomic
def release_import(*, import_id: int, revision: int, actor_id: int) -> None:
    """Let a file be written; whoever entered it cannot. Its duty does the rest. Raises RegisterRefusedError."""
    state = DiplomaImport.State
    found = DiplomaImport.objects.get(pk=import_id)
    if found.entered_by_id == actor_id:
        raise RegisterRefusedError(
            _("Người nhập không tự kiểm tra. Nhờ một người khác của cơ quan kiểm tra.")
        )
    _moved(import_id, revision, [state.SENT], state.WRITING, checked_by_id=actor_id, done_count=0)
    owe(
        kind="diplomas.write_import",
        key=f"diplomas.write_import:{import_id}",
        payload={"import": import_id},
    )


@transaction.atomic
def return_import(*, import_id: int, revision: int, actor_id: int, reason: str) -> None:
    """Send a file back: it is refused with the checker's reason, its rows are dropped."""
    state = DiplomaImport.State
    if not reason.strip():
        raise RegisterRefusedError(_("Ghi lý do để người nhập biết phải sửa gì."))
    _moved(
        import_id,
        revision,
        [state.SENT],
        state.REFUSED,
        checked_by_id=actor_id,
        refusal=reason.strip()[:300],
        finished_at=timezone.now(),
    )
    DiplomaImportRow.objects.filter(diploma_import_id=import_id).delete()


@transaction.atomic
def discard_import(*, import_id: int, revision: int) -> None:
    """Drop a file of which nothing was written."""
    state = DiplomaImport.State
    gone, _by_model = DiplomaImport.objects.filter(
        pk=import_id, revision=revision, state__in=[state.MAPPING, state.REFUSED, state.READY, state.SENT]
    ).delete()
    if not gone:
        raise RegisterRefusedError(_("Tệp này không còn bỏ được. Mở lại trang để xem."))
    transaction.on_commit(lambda: sealed_files.forget(file_of(import_id)))


def discard_abandoned_imports(*, older_than: dt.timedelta = dt.timedelta(days=7)) -> int:
    """Drop files that nobody went on with for a week: they hold personal data; give how many."""
    state = DiplomaImport.State
    waiting = [state.MAPPING, state.CHECKING, state.READY, state.SENT]
    old = DiplomaImport.objects.filter(state__in=waiting, created_at__lt=timezone.now() - older_than)
    pks = list(old.values_list("pk", flat=True))
    for pk in pks:
        DiplomaImport.objects.filter(pk=pk, state__in=waiting).delete()
        sealed_files.forget(file_of(pk))
    return len(pks)


@transaction.atomic
def undo_import(*, import_id: int, revision: int, actor_id: int, reason: str) -> None:
    """Take a whole written file back; entries changed since then stay. Raises RegisterRefusedError."""
    state = DiplomaImport.State
    if not reason.strip():
        raise RegisterRefusedError(_("Ghi lý do hoàn tác; lý do nằm lại trong lịch sử của từng mục."))
    _moved(
        import_id,
        revision,
        [state.WRITTEN],
        state.UNDOING,
        undone_by_id=actor_id,
        undo_reason=reason.strip()[:300],
        done_count=0,
    )
    owe(kind="diplomas.undo_import", key=f"diplomas.undo_import:{import_id}", payload={"import": import_id})


def _moved(import_id: int, revision: int, before: list[str], after: str, **also: object) -> None:
    changed = DiplomaImport.objects.filter(pk=import_id, revision=revision, state__in=before).update(
        state=after, revision=revision + 1, **also
    )
    if changed != 1:
        raise OvertakenError(_("Tệp này vừa được người khác xử lý. Mở lại trang để xem."))


def write_import(import_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Write everything that is left; may be killed and called again, a row is written once."""
    _in_lots(import_id, DiplomaImport.State.WRITING, DiplomaImport.State.WRITTEN, _write_lot, after_lot)


def take_back_import(import_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Void everything that the file brought and nobody changed since; may be killed and called again."""
    _in_lots(import_id, DiplomaImport.State.UNDOING, DiplomaImport.State.UNDONE, _undo_lot, after_lot)


type Lot = Callable[[DiplomaImport, int], int]


def _in_lots(
    import_id: int, during: str, after: str, lot: Lot, after_lot: Callable[[], None] | None
) -> None:
    pace, lost = Pace(LOT), 0
    while True:
        found = DiplomaImport.objects.filter(pk=import_id, state=during).first()
        if found is None:
            return
        try:
            with transaction.atomic():
                pace.begin()
                done = lot(found, pace.rows)
                if done:
                    DiplomaImport.objects.filter(pk=import_id).update(done_count=F("done_count") + done)
                else:
                    DiplomaImport.objects.filter(pk=import_id, state=during).update(
                        state=after, revision=F("revision") + 1, finished_at=timezone.now()
                    )
        except (OvertakenError, IntegrityError):
            lost += 1
            if lost == _TRIES:
                raise
            time.sleep(BREATH)
            continue
        pace.end(max(done, 1))
        if after_lot is not None:
            after_lot()
        time.sleep(BREATH)


def _write_lot(found: DiplomaImport, size: int) -> int:
    rows = list(DiplomaImportRow.objects.filter(diploma_import=found, written=False)[:size])
    claimed = DiplomaImportRow.objects.filter(pk__in=[row.pk for row in rows], written=False).update(
        written=True, values={}, personal_id=""
    )
    if claimed != len(rows):
        raise OvertakenError
    if rows:
        records = [Record.of(row.values, row.personal_id) for row in rows]
        by = By(found.checked_by_id, source_of(found.pk))
        enter_lines(book_id=found.book_id, records=records, by=by)
    return len(rows)


def _undo_lot(found: DiplomaImport, size: int) -> int:
    brought = Entry.objects.filter(
        book=found.book_id, state=State.VALID, version=1, versions__source=source_of(found.pk)
    )
    pks = list(brought.order_by("number").values_list("pk", flat=True)[:size])
    if not pks:
        return 0
    by = By(found.undone_by_id, f"undo:{found.pk}")
    return undo_lines(book_id=found.book_id, entry_ids=pks, by=by, reason=found.undo_reason)
