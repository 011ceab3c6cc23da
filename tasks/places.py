"""Where the clone lies and how paths on the command line are meant."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
SETTINGS = "portal.settings.embedded"


def from_caller(path: str) -> Path:
    """Resolve a path given on the command line: it is meant from where ``./run`` was called."""
    return Path(os.environ.get("RUN_FROM") or Path.cwd()).joinpath(Path(path).expanduser())


def free_text(size: int) -> str:
    """Write a number of bytes for people: ``1250000000`` → ``1250 MB``."""
    return f"{size // 1_000_000} MB"
