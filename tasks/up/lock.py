"""One running portal per folder of data: the supervisor holds this lock as long as it lives."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tasks.terminal import Refusal


class InstanceLock:
    """A lock on ``DATA_DIR/run/lock`` that the kernel frees whatever ends the process."""

    def __init__(self, data_dir: Path) -> None:
        """Name the folder; nothing is taken before ``with``."""
        self._path = data_dir / "run" / "lock"
        self._handle: IO[str] | None = None

    def __enter__(self) -> Self:
        """Take the lock, or refuse and name the process that has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.seek(0)
            holder = handle.read().strip()
            handle.close()
            raise Refusal(
                f"The portal already runs on the data in {self._path.parent.parent} (process {holder or 'unknown'}). "
                "Stop it first (Ctrl-C there), or name other data: DATA_DIR=… ./run"
            ) from None
        handle.truncate(0)
        handle.write(str(os.getpid()))
        handle.flush()
        self._handle = handle
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Free it."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None
