"""Calling ``./run``'s commands as a person does, on data of the test's own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(data_dir: Path, **changes: str) -> dict[str, str]:
    """Return an environment in which the product runs on ``data_dir``, whatever the suite itself uses."""
    without = {"PORT", "DJANGO_SETTINGS_MODULE", "RUN_FROM"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in without and not name.endswith("_URL")
    }
    return {**kept, "DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1", **changes}


def tasks(data_dir: Path, *arguments: str | Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "tasks", *map(str, arguments)],
        cwd=ROOT,
        env=environment(data_dir, **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
