"""Starting the sample provider from outside: what ``./run``, the demo and the tests need. No Django."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from typing import Any

SETTINGS = "portal.accounts.provider.settings"


def environment() -> dict[str, str]:
    """Give this process's environment with the provider's settings in it."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS}


def command(port: int) -> list[str]:
    """Give the command line of the process; run it under :func:`environment`."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "2",
        "--no-ws",
        "portal.accounts.provider.wsgi:application",
    ]


def prepare(people: Iterable[Mapping[str, Any]] = ()) -> None:
    """Bring the provider's file up to date and add persons, in a process of its own.

    A person is a mapping with the arguments of ``provider.services.add_person``; ``birth_date`` is ISO
    text. Raises ``RuntimeError`` with the process's last words.
    """
    done = subprocess.run(
        [sys.executable, "-m", "django", "prepare_provider", "--people"],
        env=environment(),
        input=json.dumps([dict(person) for person in people]),
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The sample provider could not be prepared: {done.stderr.strip()[-500:]}")
