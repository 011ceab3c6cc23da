"""Writing a confirmed file: at most 500 rows a transaction, killable at any moment, resumed by its duty.

A row is claimed and written in one transaction, so a kill loses at most a lot that nobody saw, and
two workers on one import take turns without writing a row twice.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.fields import blind_index
from portal.outbox import services as outbox
from portal.pupils import uploads
from portal.pupils.import_check import LOT, forget_good_rows
from portal.pupils.import_decide import Decision, Wanted, decide
from portal.pupils.models import Enrolment, Pupil, PupilChange, PupilImport, PupilImportRow
from portal.pupils.pace import Pace
from portal.pupils.refusals import PupilRefusedError

# seconds at least between lots in which others get at the database: writers that wait for SQLite look
# again every 0.1 s, so none of them misses the gap
BREATH = 0.1
_TRIES = 5


class _LostRaceError(RuntimeError):
    """Somebody else wrote the same rows meanwhile: undo the lot and look again."""


@transaction.atomic
def confirm_import(*, import_id: int, revision: int) -> None:
    """Let a checked file be written; its duty does the rest. Raises PupilRefusedError."""
    state = PupilImport.State
    moved = PupilImport.objects.filter(pk=import_id, state=state.READY, revision=revision).update(
        state=state.APPLYING, revision=revision + 1
    )
    if moved != 1:
        raise PupilRefusedError(_("Tệp này không còn chờ ghi. Mở lại trang để xem."))
    outbox.owe(
        kind="pupils.apply_import", key=f"pupils.apply_import:{import_id}", payload={"import_id": import_id}
    )


@transaction.atomic
def discard_import(*, import_id: int, revision: int) -> None:
    """Drop a checked file that nobody wants written."""
    state = PupilImport.State
    gone = PupilImport.objects.filter(
        pk=import_id, state__in=[state.READY, state.REFUSED], revision=revision
    ).delete()
    if not gone[0]:
        raise PupilRefusedError(_("Tệp này không còn chờ ghi. Mở lại trang để xem."))


def discard_abandoned_imports(*, older_than: timedelta = timedelta(days=1)) -> int:
    """Drop imports whose check was killed, or that nobody confirmed in a week; give how many.

    Files whose import is gone or checked go with them.
    """
    now = timezone.now()
    state = PupilImport.State
    killed = PupilImport.objects.filter(state=state.CHECKING, created_at__lt=now - older_than)
    waiting = PupilImport.objects.filter(state=state.READY, created_at__lt=now - older_than * 7)
    pks = [*killed.values_list("pk", flat=True), *waiting.values_list("pk", flat=True)]
    for pk in pks:
        forget_good_rows(pk)
        PupilImport.objects.filter(pk=pk).delete()
    still = PupilImport.objects.filter(state=state.CHECKING, pk__in=(files := uploads.kept()))
    for pk in set(files) - set(still.values_list("pk", flat=True)):
        uploads.forget(pk)
    return len(pks)


@dataclass(slots=True)
class _Lot:
    """Some hundred rows on their way into the register."""

    cause: str
    wanted: dict[str, Wanted]
    ids: dict[str, str]
    rows: dict[str, PupilImportRow]
    decisions: dict[str, Decision] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    created: int = 0


def apply_next_rows(import_id: int, pace: Pace | None = None) -> bool:
    """Write the next rows in one transaction; False when nothing is left (the import is APPLIED then).

    ``pace`` says how many and learns from it.
    """
    pace = pace or Pace(LOT)
    for _attempt in range(_TRIES):
        started = PupilImport.objects.filter(pk=import_id, state=PupilImport.State.APPLYING).first()
        if started is None:
            return False
        rows = list(PupilImportRow.objects.filter(pupil_import_id=import_id, applied=False)[: pace.rows])
        if not rows:
            PupilImport.objects.filter(pk=import_id, state=PupilImport.State.APPLYING).update(
                state=PupilImport.State.APPLIED, revision=F("revision") + 1, finished_at=timezone.now()
            )
            return False
        lot = _prepare(started, rows)
        try:
            with transaction.atomic():
                pace.begin()
                _write(started, lot)
        except (_LostRaceError, IntegrityError):
            time.sleep(BREATH)
            continue
        pace.end(len(rows))
        return True
    message = f"import {import_id} lost {_TRIES} races in a row; its duty will try again"
    raise _LostRaceError(message)


def apply_import(import_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Write everything that is left, with breath between the lots; may be killed and called again.

    ``after_lot`` is called after each transaction; what it raises stops the writing there.
    """
    pace = Pace(LOT)
    while apply_next_rows(import_id, pace):
        if after_lot is not None:
            after_lot()
        # a lot that a busy machine drew out let others queue: they get as long to be served
        time.sleep(max(BREATH, pace.last))


def _prepare(started: PupilImport, rows: Sequence[PupilImportRow]) -> _Lot:
    """Do what needs no lock: decrypted IDs, their blind indexes, dates."""
    by_index = {blind_index("personal-id", row.personal_id): row for row in rows}
    return _Lot(
        cause=f"import:{started.pk}",
        wanted={index: Wanted.staged(row.values, started.school_year) for index, row in by_index.items()},
        ids={index: row.personal_id for index, row in by_index.items()},
        rows=by_index,
    )


def _write(started: PupilImport, lot: _Lot) -> None:
    pks = [row.pk for row in lot.rows.values()]
    claimed = PupilImportRow.objects.filter(pk__in=pks, applied=False).update(
        applied=True, values={}, personal_id=""
    )
    if claimed != len(pks):
        raise _LostRaceError
    _decide(started, lot)
    _write_pupils(lot)
    _close(lot)
    _begin(lot)
    skipped = [row for index, row in lot.rows.items() if lot.decisions[index].skip]
    for row in skipped:
        sentence = lot.decisions[blind_index("personal-id", row.personal_id)].skip
        PupilImportRow.objects.filter(pk=row.pk).update(
            errors=[{"column": _("Số định danh cá nhân"), "message": sentence}]
        )
    touched = sum(decision.changes for decision in lot.decisions.values())
    counted = PupilImport.objects.filter(pk=started.pk, state=PupilImport.State.APPLYING).update(
        applied_count=F("applied_count") + len(pks),
        created_count=F("created_count") + lot.created,
        changed_count=F("changed_count") + touched - lot.created,
        skipped_count=F("skipped_count") + len(skipped),
    )
    if counted != 1:
        raise _LostRaceError


def _decide(started: PupilImport, lot: _Lot) -> None:
    known = Pupil.objects.select_for_update().filter(personal_id_index__in=list(lot.rows))
    lot.pupils = {pupil.personal_id_index: pupil for pupil in known.defer("personal_id")}
    enrolments: dict[int, list[Enrolment]] = defaultdict(list)
    for enrolment in Enrolment.objects.filter(pupil__in=[pupil.pk for pupil in lot.pupils.values()]):
        enrolments[enrolment.pupil_id].append(enrolment)
    for index, wanted in lot.wanted.items():
        pupil = lot.pupils.get(index)
        theirs = enrolments[pupil.pk] if pupil is not None else []
        lot.decisions[index] = decide(wanted, pupil, theirs, whole_province=started.school_id is None)


def _write_pupils(lot: _Lot) -> None:
    fresh: list[Pupil] = []
    noted: list[PupilChange] = []
    changed: dict[tuple[str, ...], list[Pupil]] = defaultdict(list)
    for index, decision in lot.decisions.items():
        pupil = lot.pupils.get(index)
        if decision.skip or not decision.facts:
            continue
        if pupil is None:
            fresh.append(Pupil(personal_id=lot.ids[index], personal_id_index=index, **decision.facts))
            continue
        for name, value in decision.facts.items():
            setattr(pupil, name, value)
        pupil.revision += 1
        changed[*sorted(decision.facts), "revision"].append(pupil)
        noted.append(
            PupilChange(pupil=pupil, cause=lot.cause, fields=sorted({*decision.facts} - {"name_key"}))
        )
    Pupil.objects.bulk_create(fresh)
    for fields, pupils in changed.items():
        Pupil.objects.bulk_update(pupils, fields, batch_size=100)
    PupilChange.objects.bulk_create(noted)
    lot.pupils |= {pupil.personal_id_index: pupil for pupil in fresh}
    lot.created = len(fresh)


def _close(lot: _Lot) -> None:
    """End enrolments by day (few days a lot), then correct classes that were wrong from the start."""
    by_day: dict[date, list[Any]] = defaultdict(list)
    for decision in lot.decisions.values():
        if decision.close is not None:
            enrolment, on = decision.close
            by_day[on].append(enrolment.pk)
    for on, pks in by_day.items():
        still_open = Enrolment.objects.filter(pk__in=pks, ends_on__isnull=True)
        if still_open.update(ends_on=on, end_cause=lot.cause) != len(pks):
            raise _LostRaceError
    corrected = [decision.correct for decision in lot.decisions.values() if decision.correct is not None]
    Enrolment.objects.bulk_update(corrected, ["grade", "class_name"], batch_size=100)


def _begin(lot: _Lot) -> None:
    Enrolment.objects.bulk_create(
        Enrolment(
            pupil=lot.pupils[index],
            school_id=lot.wanted[index].school_id,
            grade=lot.wanted[index].grade,
            class_name=lot.wanted[index].class_name,
            school_year=lot.wanted[index].school_year,
            starts_on=decision.begin,
            ends_on=decision.end,
            cause=lot.cause,
            end_cause=lot.cause if decision.end else "",
        )
        for index, decision in lot.decisions.items()
        if decision.begin is not None
    )
