"""Wagtail's PostgreSQL backend, taught Vietnamese: we fold, PostgreSQL only looks words up.

The stock parser cuts codes oddly and its dictionaries keep marks. Folded words need neither an extension nor a
configuration of our own: ``simple`` finds them.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, override

from django.contrib.postgres.search import SearchQuery, SearchRank
from modelsearch.backends.database.postgres import postgres as stock
from modelsearch.backends.database.postgres.query import Lexeme
from modelsearch.query import Phrase, PlainText

from portal.search.engines.folded import asked, folded

_CONFIG = "simple"
#: weights of the labels D, C, B, A
_WEIGHTS = [0.1, 0.2, 0.5, 1.0]


class Index(stock.PostgresIndex):  # type: ignore[misc]  # the library ships no types
    """Folds what is indexed."""

    @override
    def add_items(self, model: Any, objs: Any) -> None:
        super().add_items(model, folded(objs))

    @override
    def _refresh_title_norms(self, full: bool = False) -> None:
        """Leave the norms: our rank does not use them, and they cost a walk over the table at every save."""


class _Compiler:
    LAST_TERM_IS_PREFIX: bool

    def build_tsquery_content(self, query: Any, config: Any = None, invert: bool = False) -> Any:  # noqa: FBT001, FBT002 - the library's signature
        """Ask for the folded word, and rank by the code of its marks; a phrase asks for its words in order."""
        if isinstance(query, PlainText):
            return _expression(
                query.query_string, query.operator, prefix=self.LAST_TERM_IS_PREFIX, invert=invert
            )
        if isinstance(query, Phrase):
            folded_phrase = " ".join(word.folded for word in asked(query.query_string))
            found = SearchQuery(folded_phrase, search_type="phrase", config=_CONFIG)
            return ~found if invert else found
        return super().build_tsquery_content(query, config, invert)  # type: ignore[misc]  # a mixin: the next class has it

    def _build_rank_expression(self, vectors: Any, config: Any) -> Any:
        """Rank by the whole query: a title (label A) counts ten times what a body does."""
        query = self.build_tsquery(self.query, config=config)  # type: ignore[attr-defined]  # a mixin
        ranks = [SearchRank(vector, query, weights=_WEIGHTS) for vector, _boost in vectors]
        return reduce(lambda a, b: a + b, ranks)


def _expression(text: str, operator: str, *, prefix: bool, invert: bool) -> Any:
    found = asked(text)
    lexemes = []
    for position, word in enumerate(found):
        last = prefix and position == len(found) - 1
        plain = Lexeme(word.folded, invert=invert, prefix=last)
        if not word.code:
            lexemes.append(plain)
        elif invert:
            lexemes.append(plain & Lexeme(word.code, invert=True, prefix=last))
        else:  # the code is one of the ways to match, so it only adds to the rank
            lexemes.append(plain | Lexeme(word.code, prefix=last))
    if not lexemes:
        lexemes = [Lexeme("nothing")]
    together = (operator == "and") is not invert
    joined = reduce(lambda a, b: a & b if together else a | b, lexemes)
    return SearchQuery(joined, search_type="raw", config=_CONFIG)


class SearchCompiler(_Compiler, stock.PostgresSearchQueryCompiler):  # type: ignore[misc]  # the library ships no types
    """Words in the whole of a row."""


class AutocompleteCompiler(_Compiler, stock.PostgresAutocompleteQueryCompiler):  # type: ignore[misc]  # the library ships no types
    """The last word may be half typed."""

    LAST_TERM_IS_PREFIX = True


class Backend(stock.PostgresSearchBackend):  # type: ignore[misc]  # the library ships no types
    """The backend for Wagtail's setting."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    index_class = Index

    def __init__(self, params: dict[str, Any]) -> None:
        """Use one configuration for words and for half words."""
        super().__init__(params)
        self.config = self.autocomplete_config = _CONFIG
