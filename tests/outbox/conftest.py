from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.outbox import wakes
from tests.outbox.house import Database, Kitchen
from tests.outbox.kitchen import duties as kitchen_duties


@pytest.fixture
def stove() -> kitchen_duties.Stove:
    return kitchen_duties.stove


@pytest.fixture(autouse=True)
def _listening_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wakes, "_silent_until", 0.0)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Migrate a database with the tables of these rooms, to be copied by each test."""
    folder = tmp_path_factory.mktemp("template")
    database = Database(folder, f"kitchen_{os.getpid()}_template")
    database.create()
    for room in ("accounts", "notifications", "outbox"):  # all of Wagtail's tables would take far longer
        Kitchen(folder, database).run("migrate", room, "-v0")
    yield database
    database.drop()


@pytest.fixture
def kitchen(tmp_path: Path, migrated: Database) -> Iterator[Kitchen]:
    database = Database(tmp_path, f"kitchen_{os.getpid()}")
    database.create(migrated)
    kitchen = Kitchen(tmp_path, database)
    yield kitchen
    kitchen.close()
    database.drop()
