"""Verbs that write: bring entries up to date, fill engines, count queries, keep synonyms."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from portal.common.clock import local_day
from portal.outbox import services as outbox
from portal.search import asking, indexing, ports, pushing, vocabulary
from portal.search.engines import choice
from portal.search.models import SearchEntry, Synonym

__all__ = [
    "add_synonym",
    "forget_missing",
    "forget_old_queries",
    "heal",
    "push",
    "rebuild",
    "refresh",
    "refresh_all",
    "refresh_source",
    "remember",
]

push = pushing.push
rebuild = pushing.rebuild


@transaction.atomic
def refresh(*, source: str, key: str) -> int:
    """Bring one thing up to date, in the caller's transaction; give how many rows changed.

    The database's index has it with the commit; an outside engine soon after, by a duty.
    """
    changed = indexing.write_one(ports.source(source), key)
    if changed and choice.outside() is not None:
        for pk, revision in SearchEntry.objects.filter(source=source, key=key, behind=True).values_list(
            "pk", "revision"
        ):
            outbox.owe(kind="search.push", key=f"search.push:{pk}:{revision}")
    return changed


@transaction.atomic
def forget_missing(*, source: str, prefix: str) -> int:
    """Forget the things below a key's beginning that their source has no more; give how many."""
    made = ports.source(source)
    rows = SearchEntry.objects.filter(source=source, key__startswith=prefix, gone=False)
    return indexing.forget([row.pk for row in rows if not list(made.entry(row.key))])


def refresh_source(*, source: str, progress: Callable[[int], None] | None = None) -> int:
    """Bring a whole source up to date, in lots; give how many rows changed."""
    return indexing.write_all(ports.source(source), progress)


def refresh_all(*, progress: Callable[[str, int], None] | None = None) -> int:
    """Bring every source up to date and learn its words; give how many rows changed."""
    changed = 0
    for source in ports.sources():
        told = None if progress is None else lambda done, name=source.name: progress(name, done)
        changed += indexing.write_all(source, told)
    if changed or not vocabulary.known().words:
        vocabulary.learn()
        vocabulary.forget_known()
    return changed


def heal() -> int:
    """Push what an outside engine missed while it was away, or fill it anew where it lost its index."""
    if pushing.differs():
        return pushing.rebuild()
    return pushing.push()


def remember(*, text: str, found: int) -> bool:
    """Count a query without anything personal; False where it was not counted."""
    return asking.remember(text, found)


def forget_old_queries() -> int:
    """Delete the counts of what nobody asks any more."""
    return asking.forget_old(local_day(timezone.now()))


def add_synonym(*, term: str, means: str, both_ways: bool = True) -> Synonym:
    """Keep a synonym; one of the same term is replaced."""
    made, _created = Synonym.objects.update_or_create(
        term=term, defaults={"means": means, "both_ways": both_ways}
    )
    return made
