"""What rooms above plug in: sources of things that can be found. The schools are this room's own source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from portal.search.models import Kind

__all__ = ["Entry", "Kind", "Source", "register_source", "source", "sources"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found: plain texts, no markup. ``language`` "" is every language.

    ``keywords`` are searched but never shown; ``codes`` lead to it at once.
    """

    key: str
    kind: Kind
    title: str
    url: str
    language: str = "vi"
    keywords: str = ""
    body: str = ""
    codes: tuple[str, ...] = ()
    dated: dt.date | None = None


class Source(Protocol):
    """A room's searchable things. Stateless; registered once under ``name``."""

    name: str

    def entries(self) -> Iterable[Entry]:
        """Give everything that there is today, in every language."""

    def entry(self, key: str) -> Iterable[Entry]:
        """Give one thing in every language; nothing where it is gone."""

    def lines(self, keys: Collection[str], language: str) -> Mapping[str, str]:
        """Say today's facts of some results in a line each (fee, limit); read anew for every answer."""


_SOURCES: dict[str, Source] = {}


def register_source(made: Source) -> None:
    """Add a source; the same name twice is a mistake unless it is the same class."""
    known = _SOURCES.get(made.name)
    if known is not None and type(known) is not type(made):
        raise ValueError(f"Two search sources are called {made.name!r}.")
    _SOURCES[made.name] = made


def source(name: str) -> Source:
    """Give a source by its name; raises ``KeyError``."""
    return _SOURCES[name]


def sources() -> list[Source]:
    """Give every source, by name."""
    return [found for _, found in sorted(_SOURCES.items())]
