"""A definition as one JSON document, and back: what a dossier keeps of the version it was written under."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from typing import Any

from portal.procedures.definition.structure import Definition


def to_document(definition: Definition) -> dict[str, Any]:
    """Turn a definition into JSON-ready data; dates and times become ISO text."""
    document = _plain(definition)
    if not isinstance(document, dict):  # pragma: no cover - a dataclass always becomes a dict
        raise TypeError(type(document).__name__)
    return document


def from_document(document: dict[str, Any]) -> Definition:
    """Read what :func:`to_document` wrote; unknown keys and wrong shapes raise ``ValueError``."""
    try:
        value = _typed(Definition, document)
    except (TypeError, KeyError) as error:
        raise ValueError(f"Tài liệu mô tả thủ tục không đọc được: {error}") from error
    if not isinstance(value, Definition):  # pragma: no cover - _typed builds what it is asked for
        raise TypeError(type(value).__name__)
    return value


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value


def _typed(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        inner = next(option for option in typing.get_args(kind) if option is not type(None))
        return None if value is None else _typed(inner, value)
    if origin is tuple:
        return tuple(_typed(typing.get_args(kind)[0], item) for item in value)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        unknown = set(value) - set(hints)
        if unknown:
            raise ValueError(f"Mục lạ trong tài liệu: {', '.join(sorted(unknown))}")
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})
    if kind in {dt.date, dt.time}:
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, str) and kind is not str:
        return kind(value)
    return value
