from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from portal.outbox.ports import duty_handler
from portal.outbox.services import extend_lease


class Stove:
    """What the handler of ``test.cook`` does in tests that run in one process."""

    recipe: Callable[[dict[str, Any]], None]


stove = Stove()


@duty_handler("test.cook", lease_seconds=60, attempts=4)
def cook(payload: dict[str, Any]) -> None:
    stove.recipe(payload)


def note(word: str) -> None:
    with Path(os.environ["KITCHEN_NOTES"]).open("a", encoding="ascii") as notes:
        notes.write(f"{word} {os.getpid()}\n")


@duty_handler("test.note")
def write(payload: dict[str, Any]) -> None:
    note(payload["word"])


@duty_handler("test.slow", lease_seconds=3)
def write_slowly(payload: dict[str, Any]) -> None:
    """Take as long as the test wants: until there is a file named ``go``."""
    note(f"begin-{payload['word']}")
    while not Path(os.environ["KITCHEN_NOTES"]).with_name("go").exists():
        extend_lease(seconds=3)
        time.sleep(0.2)
    note(payload["word"])
