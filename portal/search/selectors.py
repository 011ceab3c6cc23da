"""Finding: one face for pages, procedures, schools, questions and documents, whatever engine answers."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.common.codes import TEMPORARY_CODE, parse_file_code
from portal.search import ports, queries, ranking, slips, snippets, vocabulary
from portal.search.engines import choice
from portal.search.models import Asked, EntryCode, Kind, SearchEntry, Synonym
from portal.search.queries import Query

__all__ = [
    "PAGE_SIZE",
    "Asked",
    "Hit",
    "Kind",
    "Results",
    "Synonym",
    "asked_most",
    "find",
    "health",
    "suggest",
    "unanswered",
]

PAGE_SIZE = 10
#: how many of an engine's results are sorted again
CANDIDATES = 100
_MOST_PAGES = 50


@dataclass(frozen=True, slots=True)
class Hit:
    """A result: ``title`` and ``snippet`` are escaped and marked, ``line`` holds today's facts."""

    kind: str
    kind_label: str
    key: str
    plain_title: str
    title: SafeString
    url: str
    snippet: SafeString
    line: str
    language: str
    dated: dt.date | None
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. ``meant`` is set where nothing matched what was typed and something near did."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    pages: int = 1
    kind: str = ""
    kinds: dict[str, int] = field(default_factory=dict)
    meant: str = ""
    some_words: bool = False
    dossier_code: str = ""


def find(*, query: str, kind: str | None = None, page: int = 1, language: str | None = None) -> Results:
    """Find things by words or by a code; any text gets an answer.

    ``kind`` a :class:`Kind` value, ``page`` from 1, ``language`` that of the request by default. First every
    word must occur; else near words are tried (``meant``); else some of the words (``some_words``).
    """
    asked = queries.read(query)
    spoken = language or get_language() or "vi"
    wanted_kind = kind if kind in Kind.values else ""
    if not asked.words:
        return Results(query=asked.text, kind=wanted_kind)
    search = _Search(asked, spoken, wanted_kind, max(1, min(page, _MOST_PAGES)))
    return search.run()


class _Search:
    """One search on its way."""

    def __init__(self, asked: Query, language: str, kind: str, page: int) -> None:
        self.asked, self.language, self.kind, self.page = asked, language, kind, page
        self.synonyms = _synonyms()

    def run(self) -> Results:
        by_code = self._by_code()
        query, meant, some = self.asked, "", False
        kinds = self._kinds(query, every=True)
        if not kinds and not by_code:
            mended = slips.mend([word.folded for word in query.telling], vocabulary.known())
            if mended:
                near = queries.read(vocabulary.spelled(mended))
                kinds = self._kinds(near, every=True)
                if kinds:
                    query, meant = near, near.text
        if not kinds and not by_code and len(query.telling) > 1:
            kinds, some = self._kinds(query, every=False), True
        entries = self._ranked(query, every=not some) if kinds else []
        codes = {entry.pk for entry in by_code}
        entries = [entry for entry in entries if entry.pk not in codes]
        total = sum(kinds.values()) if not self.kind else kinds.get(self.kind, 0)
        total = max(total, len(by_code))
        first = (self.page - 1) * PAGE_SIZE
        shown = [*by_code, *entries][first : first + PAGE_SIZE]
        if first + PAGE_SIZE > CANDIDATES:
            shown = self._beyond(query, first, every=not some)
        return Results(
            query=self.asked.text,
            hits=self._hits(shown, query, codes),
            total=total,
            page=self.page,
            pages=max(1, min(_MOST_PAGES, -(-total // PAGE_SIZE))),
            kind=self.kind,
            kinds=kinds,
            meant=meant,
            some_words=some and bool(kinds),
            dossier_code=_dossier_code(self.asked.text),
        )

    def _rows(self, kind: str = "") -> QuerySet[SearchEntry]:
        found = SearchEntry.objects.filter(language__in=[self.language, ""])
        return found.filter(kind=kind) if kind else found

    def _by_code(self) -> list[SearchEntry]:
        if not self.asked.codes:
            return []
        keys = EntryCode.objects.filter(key__in=self.asked.codes).values("entry")
        rows = self._rows(self.kind).filter(pk__in=keys, gone=False)
        return list(rows.order_by("kind", "pk")[:PAGE_SIZE])

    def _kinds(self, query: Query, *, every: bool) -> dict[str, int]:
        """Count the results of each kind, whatever kind is asked for."""
        made = queries.engine_query(query, self.synonyms, every=every)
        if made is None:
            return {}
        counted: OrderedDict[str, int] = choice.ask(
            lambda engine: engine.search(made, self._rows()).facet("kind")
        )
        return {kind: counted[kind] for kind in Kind.values if counted.get(kind)}

    def _ranked(self, query: Query, *, every: bool) -> list[SearchEntry]:
        made = queries.engine_query(query, self.synonyms, every=every)
        rows = self._rows(self.kind)
        found: list[SearchEntry] = choice.ask(lambda engine: list(engine.search(made, rows)[:CANDIDATES]))
        wanted = _wanted(query, self.synonyms)
        scored = [
            (ranking.score(_candidate(entry), wanted), -place, entry) for place, entry in enumerate(found)
        ]
        scored.sort(key=lambda row: row[:2], reverse=True)
        return [entry for _score, _place, entry in scored]

    def _beyond(self, query: Query, first: int, *, every: bool) -> list[SearchEntry]:
        """Give a page past the candidates as the engine sorts it."""
        made = queries.engine_query(query, self.synonyms, every=every)
        found: list[SearchEntry] = choice.ask(
            lambda engine: list(engine.search(made, self._rows(self.kind))[first : first + PAGE_SIZE])
        )
        return found

    def _hits(self, entries: Sequence[SearchEntry], query: Query, codes: set[int]) -> tuple[Hit, ...]:
        groups = queries.grouped(query.words, self.synonyms)
        wanted = {word for ways in groups for way in ways for word in queries.folded_way(way)}
        wanted -= queries.FILLERS if len(wanted - queries.FILLERS) else set()
        lines: dict[tuple[str, str], str] = {}
        for name in {entry.source for entry in entries}:
            keys = [entry.key for entry in entries if entry.source == name]
            said = ports.source(name).lines(keys, self.language)
            lines |= {(name, key): line for key, line in said.items()}
        return tuple(
            Hit(
                kind=entry.kind,
                kind_label=str(Kind(entry.kind).label),
                key=entry.key,
                plain_title=entry.title,
                title=snippets.marked(entry.title, wanted),
                url=entry.url,
                snippet=snippets.snippet(entry.body, wanted),
                line=lines.get((entry.source, entry.key), ""),
                language=entry.language,
                dated=entry.dated,
                by_code=entry.pk in codes,
            )
            for entry in entries
        )


def _candidate(entry: SearchEntry) -> ranking.Candidate:
    return ranking.Candidate(entry.kind, entry.title, entry.keywords, entry.body)


def _wanted(query: Query, synonyms: Sequence[Sequence[str]]) -> ranking.Wanted:
    groups = tuple(
        tuple(" ".join(queries.folded_way(way)) for way in ways)
        for ways in queries.grouped(query.telling, synonyms)
    )
    codes = frozenset(word.code for word in query.telling if word.code)
    return ranking.Wanted(groups, codes, " ".join(word.folded for word in query.telling))


def _dossier_code(text: str) -> str:
    """Give a dossier's code in its proper form where the query is one; whether it exists is not asked here."""
    upper = "".join(text.split()).upper()
    if TEMPORARY_CODE.fullmatch(upper):
        return upper
    try:
        parse_file_code(text)
    except ValueError:
        return ""
    return upper


def _synonyms() -> list[list[str]]:
    known: list[list[str]] | None = cache.get("search:synonyms")
    if known is None:
        known = []
        for synonym in Synonym.objects.all():
            phrases = synonym.phrases
            known.append(phrases)
        cache.set("search:synonyms", known, 60)
    return known


def suggest(*, query: str, limit: int = 8, language: str | None = None) -> list[Hit]:
    """Complete a title while it is typed; nothing for less than two letters."""
    asked = queries.read(query)
    shortest = 2
    if not asked.words or len(asked.folded) < shortest:
        return []
    spoken = language or get_language() or "vi"
    rows = SearchEntry.objects.filter(language__in=[spoken, ""])
    text = " ".join(word.spelling or word.folded for word in asked.words)
    found: list[SearchEntry] = choice.ask(lambda engine: list(engine.autocomplete(text, rows)[:60]))
    wanted = _wanted(asked, [])
    found.sort(key=lambda entry: (-ranking.score(_candidate(entry), wanted), len(entry.title), entry.pk))
    words = {word.folded for word in asked.words}
    return [
        Hit(
            kind=entry.kind,
            kind_label=str(Kind(entry.kind).label),
            key=entry.key,
            plain_title=entry.title,
            title=snippets.marked(entry.title, words),
            url=entry.url,
            snippet=SafeString(),
            line="",
            language=entry.language,
            dated=None,
        )
        for entry in found[:limit]
    ]


def unanswered(limit: int = 100) -> QuerySet[Asked]:
    """List what people look for and do not find, most asked first; only what was asked three times."""
    return Asked.objects.filter(found=0).exclude(words="").order_by("-times", "-last_on")[:limit]


def asked_most(limit: int = 100) -> QuerySet[Asked]:
    """List what people look for, most asked first; only what was asked three times."""
    return Asked.objects.exclude(words="").order_by("-times", "-last_on")[:limit]


def health() -> dict[str, Any]:
    """Say which engine answers, and how far behind an outside one is."""
    engine = choice.outside()
    behind = SearchEntry.objects.filter(behind=True).count() if engine is not None else 0
    if engine is None:
        return {"engine": "database", "answers": True, "behind": 0}
    try:
        colour = engine.health()
    except Exception as error:  # noqa: BLE001 - away is an answer
        return {"engine": "elasticsearch", "answers": False, "behind": behind, "why": type(error).__name__}
    return {"engine": "elasticsearch", "answers": colour != "red", "behind": behind, "colour": colour}
