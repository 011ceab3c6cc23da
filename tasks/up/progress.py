"""How far a migration is: a counter on a terminal, a line per quarter elsewhere."""

from __future__ import annotations

import io
import sys
import time
from types import TracebackType
from typing import Self, override

from tasks.terminal import say


class MigrationProgress(io.TextIOBase):
    """Stands in for the output of ``migrate`` and counts its "Applying …" lines."""

    def __init__(self, total: int) -> None:
        """``total`` migrations are to be applied."""
        super().__init__()
        self._total = total
        self._done = 0
        self._shown = 0
        self._began = time.monotonic()

    @override
    def __enter__(self) -> Self:
        return self

    @override
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.stdout.isatty():
            print(flush=True)
        if kind is None:
            say(f"  database ready after {time.monotonic() - self._began:.0f} s")

    @override
    def writable(self) -> bool:
        return True

    @override
    def write(self, text: str) -> int:
        self._done += text.count("Applying ")
        if sys.stdout.isatty():
            print(f"\r  migrating the database: {self._done} of {self._total}", end="", flush=True)
        elif self._done * 4 // self._total > self._shown:
            self._shown = self._done * 4 // self._total
            say(f"  migrating the database: {self._done} of {self._total}")
        return len(text)
