"""Filling an engine outside the database: what changed, what it lost, or everything anew behind an alias.

The rows with ``behind`` are the duty: written with their cause, cleared when the engine has taken them. So an
engine that was away loses nothing; the sweep finds the rows when it is back.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from portal.search.engines import choice
from portal.search.models import SearchEntry

LOT = 500
Progress = Callable[[int, int], None]


def push(limit: int = 20_000) -> int:
    """Give the outside engine what it has not taken; give how many rows. Raises what its client raises."""
    engine = choice.outside()
    if engine is None:
        return 0
    target = engine.get_index_for_model(SearchEntry)
    if not target.is_there():
        return rebuild()
    pushed = 0
    while pushed < limit:
        rows = list(_behind()[:LOT])
        if not rows:
            break
        live = [row for row in rows if not row.gone]
        dead = [row for row in rows if row.gone]
        if live:
            target.add_items(SearchEntry, live)
        if dead:
            target.delete_ids([row.pk for row in dead])
        for row in live:  # one that changed meanwhile stays behind
            SearchEntry.objects.filter(pk=row.pk, revision=row.revision).update(behind=False)
        for row in dead:
            SearchEntry.objects.filter(pk=row.pk, revision=row.revision, gone=True).delete()
        pushed += len(rows)
    if pushed:
        target.refresh()
    choice.wake()
    return pushed


def _behind() -> QuerySet[SearchEntry]:
    found: QuerySet[SearchEntry] = SearchEntry.objects.filter(behind=True).order_by("pk")
    return found


def rebuild(progress: Progress | None = None) -> int:
    """Fill a new index beside the old one and switch the alias: people search the old one until then.

    What changes meanwhile stays behind and is pushed afterwards. Gives how many entries.
    """
    engine = choice.outside()
    backend = choice.database() if engine is None else engine
    started = backend.rebuilder_class(backend.get_index_for_model(SearchEntry))
    target = started.start()
    target.add_model(SearchEntry)
    done = _fill(target, progress, mark=engine is not None)
    started.finish()
    if engine is not None:
        choice.wake()
    return done


def _fill(target: Any, progress: Progress | None, *, mark: bool) -> int:
    rows = SearchEntry.objects.filter(gone=False).order_by("pk")
    total, done = rows.count(), 0
    for lot in itertools.batched(rows.iterator(chunk_size=LOT), LOT):
        target.add_items(SearchEntry, list(lot))
        if mark:
            for row in lot:
                SearchEntry.objects.filter(pk=row.pk, revision=row.revision, behind=True).update(
                    behind=False
                )
        done += len(lot)
        if progress is not None:
            progress(done, total)
    return done


def differs() -> bool:
    """Whether the engine holds another number of entries than the rows say: it lost its disk, or a switch."""
    engine = choice.outside()
    if engine is None:
        return False
    target = engine.get_index_for_model(SearchEntry)
    if not target.is_there():
        return True
    waiting = SearchEntry.objects.filter(behind=True).exists()
    return not waiting and target.count() != SearchEntry.objects.filter(gone=False).count()
