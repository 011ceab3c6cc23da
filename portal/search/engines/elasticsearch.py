"""Wagtail's Elasticsearch backend, taught Vietnamese: every text folds at index and at query time, marks rank.

One analyser folds and keeps what it folded, so a query without marks finds a text with them and one with marks
ranks its own spelling first. Half words are indexed folded and asked for folded.
"""

from __future__ import annotations

import unicodedata
from typing import Any, override

from modelsearch.backends import elasticsearch9 as stock
from modelsearch.index import SearchField
from modelsearch.query import PlainText

from portal.common.text import fold, spelling_key

_SETTINGS: dict[str, Any] = {
    "settings": {
        "number_of_shards": 1,
        # a copy as soon as there is a second node
        "auto_expand_replicas": "0-1",
        "analysis": {
            "analyzer": {
                # the name makes it the analyser of every text field that names none
                "default": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["lowercase", "folded_and_kept"],
                },
                "edgengram_analyzer": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["lowercase", "asciifolding", "edgengram"],
                },
                "half_words": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["lowercase", "asciifolding"],
                },
            },
            "filter": {
                "folded_and_kept": {"type": "asciifolding", "preserve_original": True},
                "edgengram": {"type": "edge_ngram", "min_gram": 1, "max_gram": 15},
            },
        },
    }
}


class _Mapping(stock.Elasticsearch9Mapping):  # type: ignore[misc]  # the library ships no types
    edgengram_analyzer_config = {"analyzer": "edgengram_analyzer", "search_analyzer": "half_words"}  # noqa: RUF012 - the library's own attribute

    @override
    def _clean_value(self, value: Any) -> Any:
        """Compose letters: asciifolding knows the composed ones alone."""
        value = super()._clean_value(value)
        if isinstance(value, str):
            return unicodedata.normalize("NFC", value)
        if isinstance(value, list | tuple):
            return [self._clean_value(item) for item in value]
        return value

    @override
    def _get_document_field_data(self, field: Any, obj: Any) -> Any:
        name, value, halves = super()._get_document_field_data(field, obj)
        if isinstance(field, SearchField) and isinstance(value, str):
            value = spelling_key(value)  # hoà and hòa are one word
        return name, value, halves


def _asked(query: Any) -> Any:
    return (
        PlainText(spelling_key(query.query_string), operator=query.operator, boost=query.boost)
        if isinstance(query, PlainText)
        else query
    )


class _SearchCompiler(stock.Elasticsearch9SearchQueryCompiler):  # type: ignore[misc]  # the library ships no types
    mapping_class = _Mapping

    @override
    def _compile_plaintext_query(self, query: Any, fields: Any, boost: float = 1.0) -> Any:
        return super()._compile_plaintext_query(_asked(query), fields, boost)


class _AutocompleteCompiler(stock.Elasticsearch9AutocompleteQueryCompiler):  # type: ignore[misc]  # the library ships no types
    mapping_class = _Mapping

    @override
    def _compile_plaintext_query(self, query: Any, fields: Any, boost: float = 1.0) -> Any:
        folded = PlainText(fold(query.query_string), operator="and", boost=query.boost)
        return super()._compile_plaintext_query(folded, fields, boost)


class _Results(stock.Elasticsearch9SearchResults):  # type: ignore[misc]  # the library ships no types
    """The stock results; facets as many as there are kinds."""


class _Index(stock.Elasticsearch9Index):  # type: ignore[misc]  # the library ships no types
    def count(self) -> int:
        """Count the documents; the index is refreshed first."""
        self.es.indices.refresh(index=self.name)
        return int(self.es.count(index=self.name)["count"])

    def is_there(self) -> bool:
        """Whether an index or an alias of the name exists."""
        return bool(self.es.indices.exists(index=self.name))

    def delete_ids(self, pks: list[int]) -> None:
        """Take documents out; those that are not there are no matter."""
        actions = [{"_op_type": "delete", "_id": str(pk)} for pk in pks]
        self.backend.bulk(self.es, actions, index=self.name, raise_on_error=False)


class Backend(stock.Elasticsearch9SearchBackend):  # type: ignore[misc]  # the library ships no types
    """The backend for Wagtail's setting."""

    mapping_class = _Mapping
    index_class = _Index
    query_compiler_class = _SearchCompiler
    autocomplete_query_compiler_class = _AutocompleteCompiler
    results_class = _Results
    settings = _SETTINGS

    def health(self) -> str:
        """Give the cluster's colour; raises what the client raises when nobody answers."""
        return str(self.es.cluster.health()["status"])


SearchBackend = Backend
