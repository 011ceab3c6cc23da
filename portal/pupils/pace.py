"""How many rows fit into one transaction while citizens wait for SQLite's one write lock."""

from __future__ import annotations

import time

#: seconds that one transaction should hold others up at most
BUDGET = 0.1
#: rows to begin with: small enough for a slow disk, found out after the first lot
FIRST = 100
LEAST = 10


class Pace:
    """Learns from each transaction how large the next may be: a busy machine gets smaller ones."""

    def __init__(self, most: int) -> None:
        """``most`` is the number of rows that a transaction never exceeds."""
        self._most = most
        self.rows = min(FIRST, most)
        self._began = 0.0
        #: seconds of the last transaction, and of the longest so far
        self.last = self.longest = 0.0

    def begin(self) -> None:
        """Start the clock: call it inside the transaction, so that waiting for others does not count."""
        self._began = time.perf_counter()

    def end(self, rows: int) -> None:
        """Stop the clock after the commit of ``rows`` rows; the next lot at most doubles."""
        seconds = max(time.perf_counter() - self._began, 0.000_1)
        self.last, self.longest = seconds, max(self.longest, seconds)
        fitting = min(int(rows * BUDGET / seconds), 2 * self.rows)
        self.rows = max(min(LEAST, self._most), min(self._most, fitting))
