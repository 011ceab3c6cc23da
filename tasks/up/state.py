"""``DATA_DIR/run/parts.json``: what the supervisor knows of its parts, for ``/health/`` and the next start."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGKILL
from typing import Any

from tasks.up.process import Process


def _births(pids: Iterable[int]) -> dict[int, str]:
    """Ask ps when each process began: a number alone may since belong to somebody else's program."""
    listed = ",".join(str(pid) for pid in pids)
    if not listed:
        return {}
    try:
        # C: the same words for the same moment, whatever the person's language
        done = subprocess.run(
            ["ps", "-o", "pid=,lstart=", "-p", listed],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except OSError:
        return {}
    rows = (line.strip().partition(" ") for line in done.stdout.splitlines())
    return {int(pid): birth.strip() for pid, _blank, birth in rows if pid.isdigit()}


def _kill_group(pid: int) -> bool:
    """End a group at once; tell whether there was anything left to end."""
    try:
        os.killpg(pid, SIGKILL)
    except (ProcessLookupError, PermissionError):
        return False
    return True


class StateFile:
    """Written at every change and every few seconds; readers ignore one that is not fresh."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is ``DATA_DIR/run``."""
        self._path = folder / "parts.json"
        self._born: dict[int, str] = {}

    def write(self, processes: Iterable[Process]) -> None:
        """Write the whole state atomically."""
        listed = list(processes)
        unknown = [process.pid for process in listed if process.pid not in self._born]
        self._born.update(_births(unknown))
        content = {
            "checked": datetime.now(UTC).isoformat(),
            "parts": {
                process.part.name: {
                    "state": process.state,
                    "since": process.since.isoformat(),
                    "pid": process.pid,
                    "born": self._born.get(process.pid, ""),
                }
                for process in listed
            },
        }
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps(content), "utf-8")
        draft.replace(self._path)

    def remove(self) -> None:
        """Forget it: nothing runs any more."""
        self._path.unlink(missing_ok=True)

    def end_leftovers(self) -> int:
        """End parts of a start that was killed before it could stop them; return how many there were."""
        try:
            parts: dict[str, Any] = json.loads(self._path.read_text("utf-8"))["parts"]
        except (OSError, ValueError, KeyError):
            return 0
        recorded = {int(part["pid"]): str(part["born"]) for part in parts.values() if part.get("born")}
        alive = _births(recorded)
        left = [pid for pid, born in recorded.items() if alive.get(pid) == born]
        for pid in left:
            until = time.monotonic() + 10.0  # a loaded machine buries its dead slowly
            # until the whole group is gone, its ports are not free
            while _kill_group(pid) and time.monotonic() < until:
                time.sleep(0.05)
        self.remove()
        return len(left)
