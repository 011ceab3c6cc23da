"""Facts that other rooms let answers quote as ``{kind:key}``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

#: gives the words for a key on a day, None where nothing is decided or known
type FactReader = Callable[[str, dt.date], str | None]

_readers: dict[str, FactReader] = {}


def register_fact(kind: str, reader: FactReader) -> None:
    """Register what reads facts of a kind, such as "date"; called in ``AppConfig.ready``."""
    known = _readers.get(kind)
    if known is not None and known is not reader:
        raise ValueError(f"Two readers for facts of the kind {kind!r}.")
    _readers[kind] = reader


def fact_reader(kind: str) -> FactReader | None:
    """Give the reader of a kind, if any room registered one."""
    return _readers.get(kind)
