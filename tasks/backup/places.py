"""Where private uploads lie."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def private_folder(storages: Mapping[str, Mapping[str, Any]]) -> Path:
    """Return the folder of the storage ``private``; uploads kept elsewhere are saved by that place's own means."""
    return Path(storages["private"]["OPTIONS"]["location"])
