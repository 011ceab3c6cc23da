"""The bank's own books, in a SQLite file of its own: what it took, gave back and told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = dict[str, Any]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS terminal (code TEXT PRIMARY KEY, secret TEXT NOT NULL, ipn_url TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS payment (
  id INTEGER PRIMARY KEY, token TEXT NOT NULL UNIQUE, terminal TEXT NOT NULL REFERENCES terminal (code),
  reference TEXT NOT NULL, amount INTEGER NOT NULL CHECK (amount > 0), info TEXT NOT NULL,
  locale TEXT NOT NULL, return_url TEXT NOT NULL, wanted_bank TEXT NOT NULL,
  create_date TEXT NOT NULL, expire_date TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'held', 'failed')),
  code TEXT NOT NULL DEFAULT '', status TEXT NOT NULL DEFAULT '01', bank TEXT NOT NULL DEFAULT '',
  card_type TEXT NOT NULL DEFAULT '', pay_date TEXT NOT NULL DEFAULT '', card TEXT NOT NULL DEFAULT '',
  wrong_passwords INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX IF NOT EXISTS payment_once_a_day
  ON payment (terminal, reference, substr(create_date, 1, 8));
CREATE TABLE IF NOT EXISTS refund (
  id INTEGER PRIMARY KEY, payment INTEGER NOT NULL REFERENCES payment (id), kind TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0), ordered_by TEXT NOT NULL, ordered_at TEXT NOT NULL,
  done_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS request (
  terminal TEXT NOT NULL, day TEXT NOT NULL, request_id TEXT NOT NULL, PRIMARY KEY (terminal, day, request_id)
);
CREATE TABLE IF NOT EXISTS notice (
  id INTEGER PRIMARY KEY, payment INTEGER NOT NULL REFERENCES payment (id), query TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0, next_at REAL NOT NULL, waits_for_another INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0, last_answer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS notice_due ON notice (done, next_at);
CREATE TABLE IF NOT EXISTS fault (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, reference TEXT NOT NULL, times INTEGER NOT NULL, seconds REAL NOT NULL
);
"""


class Books:
    """Opens a connection per piece of work, so that any thread may use it."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        connection = self._connect()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)
        finally:
            connection.close()

    def register(self, code: str, secret: str, ipn_url: str) -> None:
        """Make a terminal known, or change it."""
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO terminal (code, secret, ipn_url) VALUES (?, ?, ?)"
                " ON CONFLICT (code) DO UPDATE SET secret = excluded.secret, ipn_url = excluded.ipn_url",
                (code, secret, ipn_url),
            )

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open one transaction that alone may write; it is rolled back by any error."""
        connection = self._connect()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.close()

    def rows(self, query: str, *values: object) -> list[Row]:
        """Read rows as dictionaries."""
        connection = self._connect()
        try:
            return rows(connection, query, *values)
        finally:
            connection.close()

    def row(self, query: str, *values: object) -> Row | None:
        """Read the first row, if there is one."""
        return next(iter(self.rows(query, *values)), None)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def rows(connection: sqlite3.Connection, query: str, *values: object) -> list[Row]:
    """Read rows as dictionaries within a transaction."""
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
