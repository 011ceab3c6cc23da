"""``--verbose``: show what the parts write into their logs, as it comes."""

from __future__ import annotations

import threading
from pathlib import Path

from tasks.terminal import say


class Follower(threading.Thread):
    """Prints new lines of every ``*.log`` in a folder, with the part's name before each."""

    def __init__(self, folder: Path) -> None:
        """Start with ``start()``; ``finish()`` prints the rest and ends it."""
        super().__init__(daemon=True)
        self._folder = folder
        self._read: dict[Path, tuple[int, int]] = {}
        self._finished = threading.Event()

    def run(self) -> None:
        """Look at the files a few times a second."""
        while not self._finished.wait(0.3):
            self._show_new()
        self._show_new()

    def finish(self) -> None:
        """Show what is left and end."""
        self._finished.set()
        self.join(2.0)

    def _show_new(self) -> None:
        for log in sorted(self._folder.glob("*.log")):
            inode, position = self._read.get(log, (0, 0))
            with log.open("rb") as lines:
                status = log.stat()
                if status.st_ino != inode:  # rotated: a new file under the old name
                    position = 0
                lines.seek(position)
                for line in lines:
                    say(f"{log.stem:<10} {line.decode('utf-8', 'replace').rstrip()}")
                self._read[log] = (status.st_ino, lines.tell())
