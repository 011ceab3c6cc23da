"""One started part: its process group, its log, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path

from tasks.places import ROOT
from tasks.up.parts import Part
from tasks.up.site import Site

KEEP_LOGS = 3


def rotate(log: Path) -> None:
    """Move ``web.log`` to ``web.log.1`` and so on; the oldest goes."""
    log.parent.mkdir(parents=True, exist_ok=True)
    for number in range(KEEP_LOGS - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.replace(log.with_name(f"{log.name}.{number + 1}"))
    if log.exists():
        log.replace(log.with_name(f"{log.name}.1"))


class Process:
    """A part that was started, as leader of a process group of its own.

    The output goes straight into the log: no pipe can fill up, and nothing is lost if we die.
    """

    def __init__(self, part: Part, site: Site, *, shown: bool = False) -> None:
        """Start it. ``shown``: its output is progress for the person, only its errors go into the log."""
        self.part = part
        self.log = site.logs / f"{part.name}.log"
        rotate(self.log)
        self.since = datetime.now(UTC)
        self.state = "starting"
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                part.command,
                env={**site.environment, **part.environment},
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=None if shown else output,
                stderr=output,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Process id, and id of the group."""
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: the signal that ended it."""
        return self._popen.poll()

    def become(self, state: str) -> None:
        """Note a state (starting, up, silent, stopped) and since when."""
        if state != self.state:
            self.state, self.since = state, datetime.now(UTC)

    def last_lines(self, count: int = 12) -> list[str]:
        """Return the end of its log."""
        try:
            with self.log.open(encoding="utf-8", errors="replace") as lines:
                return [line.rstrip("\n") for line in deque(lines, count)]
        except OSError:
            return []

    def send(self, number: int) -> None:
        """Signal the whole group; one that is gone already is no error."""
        try:
            os.killpg(self.pid, number)
        except (
            ProcessLookupError,
            PermissionError,
        ):  # macOS answers "not permitted" for a group of dead ones
            return

    def wait(self, seconds: float) -> bool:
        """Wait for its end, at most ``seconds``; tell whether it ended."""
        try:
            self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True


def stop_all(processes: list[Process], seconds: float = 8.0) -> None:
    """Ask all to end, wait at most ``seconds`` together, then end what is left, grandchildren too."""
    for process in processes:
        if process.exit_code is None:
            process.send(signal.SIGTERM)
    until = time.monotonic() + seconds
    for process in processes:
        process.wait(max(0.0, until - time.monotonic()))
    for process in processes:
        process.send(signal.SIGKILL)
        process.wait(5.0)
        process.become("stopped")
