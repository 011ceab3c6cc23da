"""Finding a school as people type it: with marks or without, type written out or not, half a word."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.common.clock import local_day
from portal.common.text import fold, spelling_key, tidy
from portal.organisations.keys import own_name, words
from portal.organisations.models import Kind, Organisation, SchoolLevel

QUERY_LENGTH = 100


def _score(school: Organisation, query: str, asked: list[str]) -> tuple[bool, bool, bool, bool, str]:
    """Sort key, better first: code; marks as typed; own name begins so; whole words; then by name."""
    key_words = school.name_key.split()
    typed = spelling_key(query)
    own = " ".join(own_name(school.name))
    asked_own = " ".join(own_name(query))
    return (
        school.code.casefold() != typed,
        typed not in spelling_key(school.name),
        not own.startswith(asked_own),
        not all(word in key_words for word in asked),
        school.name_key,
    )


def find_schools(
    query: str, level: str | None = None, limit: int = 20, commune: int | None = None
) -> list[Organisation]:
    """Schools of today whose names (today's or former) hold every word of ``query``, best first.

    A word matches the beginning of a word. ``level`` is a SchoolLevel value, ``commune`` an id.
    An empty query lists by name. A code finds its school.
    """
    query = query[:QUERY_LENGTH]
    today = local_day(timezone.now())
    match = Q()
    asked = words(query)
    if not asked and tidy(query) and fold(query) != "truong":
        return []
    for word in asked:
        match &= Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
    found = Organisation.objects.filter(
        match | Q(code__iexact=tidy(query)) if asked else match,
        Q(closed_on__isnull=True) | Q(closed_on__gt=today),
        kind=Kind.SCHOOL,
        opened_on__lte=today,
    )
    if level is not None:
        found = found.filter(teaching(level))
    if commune is not None:
        found = found.filter(commune_id=commune)
    if not asked:
        return list(found.select_related("parent", "commune").order_by("name_key")[:limit])
    ranked = sorted(
        found.select_related("parent", "commune"), key=lambda school: _score(school, query, asked)
    )
    return ranked[:limit]


def find_organisations(query: str) -> QuerySet[Organisation]:
    """Offices and schools, ended ones too, whose names hold every word of ``query``, or of that code.

    Marks and the case do not matter; a word matches the beginning of a word. By kind and name.
    """
    query = query[:QUERY_LENGTH]
    match = Q()
    for word in words(query):
        match &= Q(name_key__startswith=word) | Q(name_key__contains=f" {word}")
    code = Q(code__iexact=tidy(query)) | Q(periods__code__iexact=tidy(query))
    found = Organisation.objects.filter(match | code if words(query) else code)
    return found.select_related("parent").distinct().order_by("kind", "name_key", "pk")


def teaching(level: str) -> Q:
    """Rows whose ``levels`` hold the level; by position, because SQLite cannot search inside a list."""
    match = Q()
    for position in range(len(SchoolLevel)):
        match |= Q(**{f"levels__{position}": level})
    return match
