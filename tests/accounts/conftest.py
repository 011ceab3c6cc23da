"""A database of its own for tests whose threads commit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections


@pytest.fixture
def shared_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    """Let many threads write: on SQLite a copy in a file, opened as the embedded profile opens its own."""
    request.getfixturevalue("transactional_db")
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    copy = tmp_path / "shared.sqlite3"
    with sqlite3.connect(copy) as target:
        connection.connection.backup(target)
    target.close()
    settings = connections.settings["default"]
    before = settings["NAME"]
    kept = connections["default"]
    settings["NAME"] = str(copy)
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        settings["NAME"] = before
        connections["default"] = kept
