"""Writing entries: only what changed, in lots, into the rows and the database's index in one transaction."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F, Q

from portal.search.engines import choice
from portal.search.folding import code_key
from portal.search.models import EntryCode, SearchEntry
from portal.search.ports import Entry, Source

LOT = 500
Progress = Callable[[int], None]

_FIELDS = ("kind", "title", "keywords", "body", "url", "dated")
_TITLE_LENGTH = 300


def digest(entry: Entry) -> str:
    """Give the key of everything that is stored of an entry."""
    parts = [str(getattr(entry, name)) for name in _FIELDS]
    return hashlib.sha256("\x1f".join([*parts, *entry.codes]).encode()).hexdigest()


def write_one(source: Source, key: str) -> int:
    """Bring one thing up to date in every language; give how many rows changed."""
    fresh = list(source.entry(key))
    with transaction.atomic():
        changed = _write(source.name, fresh)
        kept = {entry.language for entry in fresh}
        old = SearchEntry.objects.filter(source=source.name, key=key, gone=False).exclude(language__in=kept)
        return changed + forget(list(old.values_list("pk", flat=True)))


def write_all(source: Source, progress: Progress | None = None) -> int:
    """Bring a whole source up to date, and forget what it has no more; give how many rows changed."""
    changed = done = 0
    seen: set[tuple[str, str]] = set()
    for lot in itertools.batched(source.entries(), LOT):
        with transaction.atomic():
            changed += _write(source.name, lot)
        seen.update((entry.key, entry.language) for entry in lot)
        done += len(lot)
        if progress is not None:
            progress(done)
    rows = SearchEntry.objects.filter(source=source.name, gone=False).values_list("pk", "key", "language")
    gone = [pk for pk, key, language in rows.iterator() if (key, language) not in seen]
    for lot_of_gone in itertools.batched(gone, LOT):
        with transaction.atomic():
            changed += forget(list(lot_of_gone))
    return changed


def forget(pks: list[int]) -> int:
    """Take rows out of every index; an outside engine forgets them when it is next pushed to."""
    if not pks:
        return 0
    rows = SearchEntry.objects.filter(pk__in=pks)
    if choice.outside() is None:
        rows.delete()
        return len(pks)
    for row in rows:
        row.index_entries.all().delete()
    EntryCode.objects.filter(entry__in=pks).delete()
    rows.update(gone=True, behind=True, digest="", revision=F("revision") + 1)
    return len(pks)


def _write(source: str, entries: Iterable[Entry]) -> int:
    fresh = {(entry.key, entry.language): entry for entry in entries}
    if not fresh:
        return 0
    keys = {key for key, _language in fresh}
    known = {
        (row.key, row.language): row for row in SearchEntry.objects.filter(source=source, key__in=keys)
    }
    new, changed = [], []
    for place, entry in fresh.items():
        mark = digest(entry)
        row = known.get(place)
        if row is None:
            row = SearchEntry(source=source, key=entry.key, language=entry.language)
            new.append(row)
        elif row.digest != mark:
            row.revision += 1
            changed.append(row)
        else:
            continue
        for name in _FIELDS:
            setattr(row, name, getattr(entry, name))
        row.title = row.title[:_TITLE_LENGTH]
        row.digest, row.gone, row.behind = mark, False, True
    if new:
        # another process may be at the same: its row is the same
        SearchEntry.objects.bulk_create(new, ignore_conflicts=True)
        new = list(
            SearchEntry.objects.filter(
                Q(source=source),
                Q(key__in={row.key for row in new}),
                digest__in={row.digest for row in new},
            )
        )
    if changed:
        SearchEntry.objects.bulk_update(changed, [*_FIELDS, "digest", "gone", "behind", "revision"])
    written = [*new, *changed]
    _write_codes(written, fresh)
    if written:
        choice.database().add_bulk(SearchEntry, written)
    return len(written)


def _write_codes(rows: list[SearchEntry], fresh: dict[tuple[str, str], Entry]) -> None:
    EntryCode.objects.filter(entry__in=[row.pk for row in rows]).delete()
    EntryCode.objects.bulk_create(
        EntryCode(entry=row, key=code_key(code)[:60], shown=code[:80])
        for row in rows
        for code in dict.fromkeys(fresh[row.key, row.language].codes)
        if code_key(code)
    )
