"""Wagtail's SQLite backend, taught Vietnamese: folded index, folded queries, titles before bodies."""

from __future__ import annotations

from collections import OrderedDict
from functools import reduce
from typing import Any, override

from django.db.models import BigIntegerField, Count, QuerySet
from django.db.models.functions import Cast
from modelsearch.backends.database.sqlite import sqlite as stock
from modelsearch.backends.database.sqlite.query import (
    BM25,
    Lexeme,
    MatchExpression,
    SearchQueryExpression,
    normalize,
)
from modelsearch.query import MatchAll, Not, Phrase, PlainText
from modelsearch.utils import get_descendants_content_types_pks

from portal.search.engines.folded import asked, folded

#: weights of the table's columns, in their order: autocomplete, body, title
_WEIGHTS = "0.0, 1.0, 8.0"


class _Rank(BM25):  # type: ignore[misc]  # the library ships no types
    """How well a row matches the whole expression; smaller is better."""

    @override
    def as_sql(self, compiler: Any, connection: Any, function: Any = None, template: Any = None) -> Any:
        table = stock.SQLiteFTSIndexEntry._meta.db_table  # noqa: SLF001 - Django's name for it
        return f"bm25({table}, {_WEIGHTS})", []


class Index(stock.SQLiteIndex):  # type: ignore[misc]  # the library ships no types
    """Folds what is indexed. The stock table's tokenizer misses half of the marked letters."""

    @override
    def add_items(self, model: Any, objs: Any) -> None:
        super().add_items(model, folded(objs))

    @override
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Leave the norms: our rank does not use them, and they cost a walk over the table at every save."""


class _Compiler:
    LAST_TERM_IS_PREFIX: bool

    def build_search_query_content(self, query: Any, config: Any = None) -> Any:
        """Ask for the folded word, and rank by the code of its marks; a phrase asks for its words in order."""
        if isinstance(query, PlainText):
            return _expression(query.query_string, query.operator, prefix=self.LAST_TERM_IS_PREFIX)
        if isinstance(query, Phrase):
            return SearchQueryExpression(
                Lexeme(" ".join(word.folded for word in asked(query.query_string)))
            )
        return super().build_search_query_content(query, config)  # type: ignore[misc]  # a mixin: the next class has it


def _expression(text: str, operator: str, *, prefix: bool) -> Any:
    found = asked(text)
    lexemes = []
    for position, word in enumerate(found):
        last = prefix and position == len(found) - 1
        plain = Lexeme(word.folded, prefix=last)
        # the code is one of the ways to match, so it only adds to the rank
        either = SearchQueryExpression(plain)
        if word.code:  # combined as expressions: only those are put into brackets
            either |= SearchQueryExpression(Lexeme(word.code, prefix=last))
        lexemes.append(either)
    if not lexemes:
        return SearchQueryExpression(Lexeme("nothing is asked"))
    return reduce(lambda a, b: a & b if operator.lower() == "and" else a | b, lexemes)


class SearchCompiler(_Compiler, stock.SQLiteSearchQueryCompiler):  # type: ignore[misc]  # the library ships no types
    """Words in the whole of a row."""

    def matches(self) -> QuerySet[Any]:
        """Give the index rows that match, with ``key`` (the object's id) and ``rank``."""
        match = MatchExpression(
            self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(normalize(self.query))
        )
        types = get_descendants_content_types_pks(self.queryset.model)
        found: QuerySet[Any] = stock.SQLiteFTSIndexEntry.objects.filter(
            match, index_entry__content_type__in=types
        ).annotate(rank=_Rank(), key=Cast("index_entry__object_id", BigIntegerField()))
        return found

    @property
    def is_plain(self) -> bool:
        """Whether one match expression says it all."""
        return not isinstance(normalize(self.query), MatchAll | Not)

    @property
    def takes_all(self) -> bool:
        """Whether every object of the model may be found."""
        return not self.queryset.query.where


class AutocompleteCompiler(SearchCompiler, stock.SQLiteAutocompleteQueryCompiler):  # type: ignore[misc]  # the library ships no types
    """The last word may be half typed."""

    FTS_TABLE_FIELDS = stock.SQLiteAutocompleteQueryCompiler.FTS_TABLE_FIELDS
    LAST_TERM_IS_PREFIX = True


class Results(stock.SQLiteSearchResults):  # type: ignore[misc]  # the library ships no types
    """Ranks in one walk over the index; the stock one asks the index again for every row that it found."""

    @override
    def _do_search(self) -> list[Any]:
        compiler = self.query_compiler
        if not compiler.is_plain or not compiler.order_by_relevance or self._score_field:
            found: list[Any] = super()._do_search()
            return found
        rows = compiler.matches()
        if not compiler.takes_all:
            rows = rows.filter(key__in=compiler.queryset.order_by().values("pk"))
        keys = list(rows.order_by("rank", "-key").values_list("key", flat=True)[self.start : self.stop])
        objects = compiler.queryset.order_by().in_bulk(keys)
        return [objects[key] for key in keys if key in objects]

    @override
    def get_queryset(self) -> Any:
        compiler = self.query_compiler
        if not compiler.is_plain or self._score_field or self.start or self.stop is not None:
            return super().get_queryset()
        return compiler.queryset.filter(pk__in=compiler.matches().values("key"))

    @override
    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        if not self.query_compiler.is_plain:
            counted: OrderedDict[Any, int] = super().facet(field_name)
            return counted
        found = self.query_compiler.queryset.order_by().filter(
            pk__in=self.query_compiler.matches().values("key")
        )
        rows = found.values_list(field_name).annotate(count=Count("pk")).order_by("-count", field_name)
        return OrderedDict(rows)


class Backend(stock.SQLiteSearchBackend):  # type: ignore[misc]  # the library ships no types
    """The backend for Wagtail's setting."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index
    results_class = Results
