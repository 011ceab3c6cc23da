"""Messages and bindings in one SQLite file that several processes share."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from portal.broker import holders

logger = logging.getLogger(__name__)

_PATIENCE = 20.0  # seconds that a writer waits for the others
_SCHEMA = """
PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, queue TEXT NOT NULL, tag TEXT NOT NULL UNIQUE, payload TEXT NOT NULL,
    priority INTEGER NOT NULL, owner TEXT, deliveries INTEGER DEFAULT 0, dead INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS message_next ON message (queue, priority DESC, id) WHERE owner IS NULL AND dead = 0;
CREATE INDEX IF NOT EXISTS message_held ON message (owner) WHERE owner IS NOT NULL;
CREATE VIEW IF NOT EXISTS free AS SELECT id, queue, priority FROM message WHERE owner IS NULL AND dead = 0;
CREATE TABLE IF NOT EXISTS binding (exchange TEXT NOT NULL, routing_key TEXT NOT NULL, pattern TEXT,
    queue TEXT NOT NULL, owner TEXT, PRIMARY KEY (exchange, routing_key, queue));
CREATE TABLE IF NOT EXISTS holder (owner TEXT PRIMARY KEY, seen REAL NOT NULL);
"""
_PUT = """
INSERT INTO message (queue, tag, payload, priority) VALUES (?, ?, ?, ?) ON CONFLICT (tag) DO UPDATE SET owner = NULL
"""
_GET = """
UPDATE message SET owner = ?, deliveries = deliveries + 1
WHERE id = (SELECT id FROM free WHERE queue = ? ORDER BY priority DESC, id LIMIT 1) RETURNING tag, payload, deliveries
"""
_RELEASE = """
UPDATE message SET owner = NULL, deliveries = deliveries - :refund, dead = deliveries - :refund >= :limit
WHERE owner = :owner AND tag = coalesce(:tag, tag) RETURNING tag, deliveries, dead
"""
_HOLDERS = """
SELECT owner, max(seen) FROM (SELECT owner, seen FROM holder
    UNION ALL SELECT owner, 0 FROM message WHERE owner IS NOT NULL) GROUP BY owner
"""


class _Connection(sqlite3.Connection):
    """Closes itself when the thread that opened it has ended."""

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # the file could not be opened
            self.close()


_inherited: list[_Connection] = []  # a forked child must neither use nor close what its parent opened


class Store:
    """The queues of one file. A message is free, held by a process, or set aside as dead."""

    def __init__(self, path: Path, limit: int = 5, owner: str = "") -> None:
        """Set a message aside after ``limit`` deliveries; ``owner`` names the process (default: this)."""
        self.path, self.limit, self._owner = path, limit, owner
        self._local = threading.local()

    def _connection(self) -> _Connection:
        """Give this thread's connection; after a fork, or for a file that was replaced, a new one."""
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            _inherited.extend(filter(None, [getattr(local, "db", None)]))
            local.db = self._open()
            local.inode = self.path.stat().st_ino
            local.owner, local.pid = self._owner or holders.myself(), os.getpid()
            self._beat(local.db)
        elif (self.path.stat().st_ino if self.path.exists() else None) != local.inode:
            del local.db, local.pid
            # after an error of the connection kombu connects anew, and declares its queues in the new file
            raise sqlite3.OperationalError(f"the file {self.path} was replaced")
        db: _Connection = local.db
        return db

    def _open(self) -> _Connection:
        db = sqlite3.connect(
            self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False, factory=_Connection
        )
        started = time.monotonic()
        while True:
            try:
                db.executescript(_SCHEMA)
            except sqlite3.OperationalError:
                # of several first openers only one turns the file to WAL, and SQLite lets none wait
                if time.monotonic() - started > _PATIENCE:
                    raise
                time.sleep(0.02)
            else:
                return db

    def put(self, queue: str, tag: str, payload: str, priority: int = 0) -> None:
        """Add a message; one that is there already (a retry, a restore) becomes free again."""
        self._connection().execute(_PUT, (queue, tag, payload, priority))

    def get(self, queue: str) -> tuple[str, str, int] | None:
        """Take the next message, highest priority first, then oldest: tag, payload, deliveries."""
        db = self._connection()
        # looking first keeps idle pollers from queueing up for the write lock
        if db.execute("SELECT 1 FROM free WHERE queue = ? LIMIT 1", (queue,)).fetchone() is None:
            return None
        return next(iter(db.execute(_GET, (self._local.owner, queue)).fetchall()), None)

    def ack(self, tag: str) -> None:
        """Delete a message that this process holds; one freed meanwhile belongs to others."""
        db = self._connection()
        db.execute("DELETE FROM message WHERE tag = ? AND owner = ?", (tag, self._local.owner))

    def release(self, tag: str | None = None, *, owner: str = "", begun: bool = True) -> None:
        """Give back a message (or all) of ``owner``; uncounted when the work was never ``begun``."""
        db = self._connection()
        which = {
            "owner": owner or self._local.owner,
            "tag": tag,
            "refund": int(not begun),
            "limit": self.limit,
        }
        for name, deliveries, dead in db.execute(_RELEASE, which).fetchall():
            if dead:
                logger.error("broker: message %s is set aside after %d deliveries", name, deliveries)

    def bind(self, exchange: str, key: str, pattern: str | None, queue: str, *, transient: bool) -> None:
        """Route what fits ``key`` to ``queue``; a ``transient`` queue ends with this process."""
        db = self._connection()
        owner = self._local.owner if transient else None
        db.execute(
            "INSERT OR REPLACE INTO binding VALUES (?, ?, ?, ?, ?)", (exchange, key, pattern, queue, owner)
        )

    def bindings(self, exchange: str) -> list[Any]:
        """List the routes out of ``exchange``: tuples of routing key, pattern, queue."""
        sql = "SELECT routing_key, pattern, queue FROM binding WHERE exchange = ?"
        return self._connection().execute(sql, (exchange,)).fetchall()

    def size(self, queue: str) -> int:
        """Count the free messages."""
        sql = "SELECT count(*) FROM free WHERE queue = ?"
        return int(self._connection().execute(sql, (queue,)).fetchone()[0])

    def purge(self, queue: str) -> int:
        """Delete the free messages; says how many."""
        sql = "DELETE FROM message WHERE id IN (SELECT id FROM free WHERE queue = ?)"
        return self._connection().execute(sql, (queue,)).rowcount

    def delete(self, queue: str) -> None:
        """Delete a queue with its messages and bindings."""
        self._connection().execute("DELETE FROM message WHERE queue = ?", (queue,))
        self._connection().execute("DELETE FROM binding WHERE queue = ?", (queue,))

    def _beat(self, db: _Connection) -> None:
        db.execute("INSERT OR REPLACE INTO holder VALUES (?, ?)", (self._local.owner, time.time()))

    def reap(self) -> None:
        """Say that this process lives, and free what dead ones held. Every step may be repeated."""
        db = self._connection()
        self._beat(db)
        for owner, seen in db.execute(_HOLDERS).fetchall():
            if not holders.lives(owner, seen):
                for (queue,) in db.execute(
                    "SELECT queue FROM binding WHERE owner = ?", (owner,)
                ).fetchall():
                    self.delete(queue)
                self.release(owner=owner)
                db.execute("DELETE FROM holder WHERE owner = ?", (owner,))
