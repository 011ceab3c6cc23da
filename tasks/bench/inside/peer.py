"""Wagtail's own project template, to put our figures beside something that everybody can make."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tasks.places import PYTHON

SETTINGS = '''
"""As a site would serve: no debugging, files by manifest, the database as ours is set up."""
from .base import *

DEBUG = False
SECRET_KEY = "made-up-for-a-measurement-on-this-machine"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES["default"]["OPTIONS"] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
'''


def make(folder: Path) -> None:
    """Run ``wagtail start`` and bring the new site up to date."""
    _run(folder.parent, "-m", "wagtail.bin.wagtail", "start", "peer", str(folder))
    (folder / "peer" / "settings" / "measured.py").write_text(SETTINGS.lstrip(), "utf-8")
    for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        _run(folder, "manage.py", *command, "--settings", "peer.settings.measured")


def command(port: int) -> tuple[str, ...]:
    """Serve it as our web process is served."""
    # fmt: off
    return (
        PYTHON, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "4", "peer.wsgi:application",
    )
    # fmt: on


def _run(folder: Path, *command: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([PYTHON, *command], cwd=folder, capture_output=True, text=True, check=True)
