"""Typed readers of the process environment: every setting that a site may change enters here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import environ


class MissingSettingError(RuntimeError):
    """A setting without which the profile must not start."""


def text(name: str, default: str | None = None) -> str:
    """Read ``name``; without a default its absence stops the start with a sentence."""
    value = os.environ.get(name, default)
    if value is None:
        message = f"Set the environment variable {name}: this profile does not start without it."
        raise MissingSettingError(message)
    return value.strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Read a yes/no setting: 1, true, yes, on mean yes."""
    raw = os.environ.get(name)
    return default if raw is None else raw.strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """Read a whole number; anything else stops the start and names the variable."""
    raw = os.environ.get(name)
    if raw is None or not raw.strip():
        return default
    try:
        return int(raw)
    except ValueError as error:
        message = f"{name} must be a whole number, not {raw!r}."
        raise MissingSettingError(message) from error


def listing(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Read a comma-separated list, blanks trimmed, empty items dropped."""
    raw = os.environ.get(name)
    if raw is None:
        return list(default)
    return [item.strip() for item in raw.split(",") if item.strip()]


def folder(name: str, default: Path) -> Path:
    """Read an absolute folder path; ``~`` and relative paths are resolved."""
    raw = os.environ.get(name)
    return Path(raw).expanduser().resolve() if raw else default


def database(name: str) -> dict[str, Any]:
    """Read an address such as ``postgres://user:password@host:5432/name`` into Django's keys."""
    return dict(environ.Env.db_url_config(text(name)))
