"""The verbs of the register: entering lines, and every later change as a new version with its decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.diplomas.chain import digest_of
from portal.diplomas.models import Action, Book, Entry, EntryVersion, Issuer, State
from portal.diplomas.records import Record
from portal.diplomas.refusals import OvertakenError, RegisterRefusedError

#: (state, action) → state; what is not here is refused
MOVES: dict[tuple[str, str], State] = {
    (State.VALID, Action.CORRECT): State.VALID,
    (State.VALID, Action.SUSPEND): State.SUSPENDED,
    (State.SUSPENDED, Action.REINSTATE): State.VALID,
    (State.VALID, Action.WITHDRAW): State.WITHDRAWN,
    (State.SUSPENDED, Action.WITHDRAW): State.WITHDRAWN,
    (State.VALID, Action.CANCEL): State.CANCELLED,
    (State.SUSPENDED, Action.CANCEL): State.CANCELLED,
    (State.VALID, Action.UNDO): State.VOID,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """By which decision a change is made; ``number`` and ``on`` are required but for an undo."""

    number: str = ""
    on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """Who writes, and on what occasion ("desk", "import:7", "dossier:9")."""

    actor_id: int | None
    source: str


def open_issuer(
    *,
    name: str,
    keeper_id: int,
    organisation_id: int | None = None,
    ended_on: dt.date | None = None,
    keeper_source: str = "",
) -> Issuer:
    """Enter an issuer, or give the one of that name whose books the office keeps already."""
    issuer, _new = Issuer.objects.get_or_create(
        name=name,
        keeper_id=keeper_id,
        defaults={
            "organisation_id": organisation_id,
            "ended_on": ended_on,
            "keeper_source": keeper_source,
        },
    )
    return issuer


def open_book(*, issuer_id: int, level: str, year: int) -> Book:
    """Give the book of an issuer, a level and a year, opening it at first need."""
    book, _new = Book.objects.select_related("issuer").get_or_create(
        issuer_id=issuer_id, level=level, year=year
    )
    return book


@transaction.atomic
def enter_lines(
    *, book_id: int, records: Sequence[Record], by: By, at: dt.datetime | None = None
) -> list[Entry]:
    """Enter lines at the end of a book (some hundred at most). Raises :class:`OvertakenError`.

    ``IntegrityError`` where a register number is in the book already: imports look before.
    """
    now = at or timezone.now()
    book = Book.objects.get(pk=book_id)
    # the book's row is locked from here on: the numbers below are nobody else's
    taken = Book.objects.filter(pk=book_id, length=book.length, head=book.head).update(
        entry_count=book.entry_count + len(records)
    )
    if taken != 1:
        raise OvertakenError(_("Sổ này vừa được người khác ghi. Làm lại."))
    entries = Entry.objects.bulk_create(
        Entry(book=book, number=book.entry_count + place, **record.columns())
        for place, record in enumerate(records, start=1)
    )
    versions = [_version(entry, Action.ENTER, Decision(), by, now) for entry in entries]
    _append(book, entries, versions)
    return entries


@transaction.atomic
def change_entry(
    *,
    entry: Entry,
    version: int,
    action: str,
    decision: Decision,
    by: By,
    record: Record | None = None,
    at: dt.datetime | None = None,
) -> Entry:
    """Write a new version of an entry; ``version`` is the one that the page showed.

    ``record`` is the corrected line, for a correction alone. Raises :class:`RegisterRefusedError`.
    """
    seen = Entry.objects.select_related("book").get(pk=entry.pk)
    if seen.version != version:
        raise OvertakenError(_("Mục này vừa được người khác sửa. Xem lại rồi làm tiếp."))
    target = MOVES.get((seen.state, action))
    if target is None:
        raise RegisterRefusedError(
            _("Văn bằng đang ở trạng thái “%(state)s” nên không làm được việc này.")
            % {"state": seen.get_state_display()}
        )
    if action != Action.UNDO and (not decision.number.strip() or decision.on is None):
        raise RegisterRefusedError(_("Ghi số và ngày của quyết định."))
    if (action == Action.CORRECT) != (record is not None):
        raise RegisterRefusedError(_("Chỉ chỉnh sửa mới đổi nội dung của mục."))
    columns = record.columns() if record is not None else {}
    if record is not None and (record.content, columns["personal_id_index"]) == (
        seen.content,
        seen.personal_id_index,
    ):
        raise RegisterRefusedError(_("Không có gì thay đổi. Sửa ít nhất một ô."))
    taken = Entry.objects.exclude(pk=seen.pk).exclude(state=State.VOID).filter(book=seen.book)
    wanted = columns.get("register_index", "")
    if wanted and taken.filter(register_index=wanted).exists():
        raise RegisterRefusedError(_("Số vào sổ này là của mục khác trong sổ. Xem lại số."))
    changed = Entry.objects.filter(pk=seen.pk, version=version, state=seen.state).update(
        version=version + 1, state=target, **columns
    )
    if changed != 1:
        raise OvertakenError(_("Mục này vừa được người khác sửa. Xem lại rồi làm tiếp."))
    after = Entry.objects.select_related("book").get(pk=seen.pk)
    _append(after.book, [after], [_version(after, action, decision, by, at or timezone.now())])
    return after


@transaction.atomic
def undo_lines(*, book_id: int, entry_ids: Sequence[int], by: By, reason: str) -> int:
    """Void entries that an import brought and nobody changed since; give how many."""
    book = Book.objects.get(pk=book_id)
    rows = Entry.objects.filter(pk__in=entry_ids, book=book, state=State.VALID, version=1)
    entries = list(rows.order_by("number"))
    if Entry.objects.filter(pk__in=[entry.pk for entry in entries], version=1, state=State.VALID).update(
        version=2, state=State.VOID
    ) != len(entries):
        raise OvertakenError(_("Mục này vừa được người khác sửa. Xem lại rồi làm tiếp."))
    now = timezone.now()
    for entry in entries:
        entry.version, entry.state = 2, State.VOID
    decision = Decision(reason=reason)
    _append(book, entries, [_version(entry, Action.UNDO, decision, by, now) for entry in entries])
    return len(entries)


def _version(entry: Entry, action: str, decision: Decision, by: By, at: dt.datetime) -> EntryVersion:
    return EntryVersion(
        entry=entry,
        book_id=entry.book_id,
        number=entry.version,
        action=action,
        state=entry.state,
        content=entry.content,
        personal_id_index=entry.personal_id_index,
        decision=decision.number.strip(),
        decided_on=decision.on,
        reason=decision.reason.strip(),
        actor_id=by.actor_id,
        source=by.source,
        at=at,
    )


def _append(book: Book, entries: Sequence[Entry], versions: Sequence[EntryVersion]) -> None:
    """Link versions to the chain; whoever appended meanwhile makes this raise, and nothing is written."""
    digest = book.head
    for sequence, (entry, version) in enumerate(zip(entries, versions, strict=True), start=book.length + 1):
        version.sequence, version.previous = sequence, digest
        digest = version.digest = digest_of(version, entry.public_id)
    moved = Book.objects.filter(pk=book.pk, length=book.length, head=book.head).update(
        length=book.length + len(versions), head=digest
    )
    if moved != 1:
        raise OvertakenError(_("Sổ này vừa được người khác ghi. Làm lại."))
    EntryVersion.objects.bulk_create(versions)
