"""What the two database engines share: objects whose texts are folded before they are indexed, folded queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, override

from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from portal.search.folding import Word, index_text, words

#: SQLite takes long expressions badly, and nobody means more
MOST_WORDS = 24


def _folded(value: Any) -> Any:
    """Fold every text in a value, whatever holds it."""
    if isinstance(value, str):
        return index_text(value)
    if isinstance(value, list | tuple):
        return [_folded(item) for item in value]
    if isinstance(value, dict):
        return {key: _folded(item) for key, item in value.items()}
    return value


def _plain(obj: Any) -> Any:
    return obj.wrapped if isinstance(obj, Folded) else obj


class _FoldedSearchField(SearchField):  # type: ignore[misc]  # the library ships no types
    @override
    def get_value(self, obj: Any) -> Any:
        return _folded(super().get_value(_plain(obj)))


class _FoldedAutocompleteField(AutocompleteField):  # type: ignore[misc]  # the library ships no types
    @override
    def get_value(self, obj: Any) -> Any:
        return _folded(super().get_value(_plain(obj)))


class _FoldedRelatedFields(RelatedFields):  # type: ignore[misc]  # the library ships no types
    @override
    def get_value(self, obj: Any) -> Any:
        return super().get_value(_plain(obj))


def _folding(field: Any) -> Any:
    """Give the same search field, folding what it reads."""
    if isinstance(field, RelatedFields):
        return _FoldedRelatedFields(field.field_name, [_folding(inner) for inner in field.fields])
    for plain, folding in (
        (SearchField, _FoldedSearchField),
        (AutocompleteField, _FoldedAutocompleteField),
    ):
        if isinstance(field, plain):
            made = folding(field.field_name, **field.kwargs)
            if hasattr(field, "boost"):
                made.boost = field.boost
            return made
    return field


class Folded:
    """An object as the indexers of the database engines see it: the same, but its texts are folded."""

    def __init__(self, wrapped: Any) -> None:
        """Wrap a model's instance."""
        self.wrapped = wrapped
        self.pk = wrapped.pk

    def get_search_fields(self) -> list[Any]:
        """Name the instance's search fields, folding."""
        return [_folding(field) for field in self.wrapped.get_search_fields()]


def folded(objects: Iterable[Any]) -> list[Folded]:
    """Wrap many."""
    return [Folded(item) for item in objects]


def asked(text: str) -> list[Word]:
    """Give the words of a query, as many as an engine is asked for."""
    return words(text)[:MOST_WORDS]
