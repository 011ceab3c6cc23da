"""A database of its own for tests whose threads commit; the sample provider as a real process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection, connections
from pytest_django import Settings

from tests.accounts.people import LAN, TUAN
from tests.accounts.providing import SECRET, Provider, running


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Let many threads write: on SQLite a copy in a file, opened as the embedded profile opens its own."""
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


@pytest.fixture(scope="session")
def provider_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Start the sample provider once, with Lan and Tuấn as its persons."""
    people = [
        {
            "personal_id": claims["citizen_id"],
            "full_name": claims["name"],
            "birth_date": claims["birthdate"],
            "phone": "0912345678",
            "email": "nguoi.dung@hoaban.example",
            "address": "Bản Mòn, xã Pú Hồng",
        }
        for claims in (LAN, TUAN)
    ]
    with running(tmp_path_factory.mktemp("provider"), people, "http://testserver") as provider:
        yield provider


@pytest.fixture
def provider(provider_process: Provider, settings: Settings) -> Provider:
    """Point the portal at the running provider."""
    cache.clear()
    settings.OIDC_ISSUER = provider_process.issuer
    settings.OIDC_CLIENT_SECRET = SECRET
    settings.PUBLIC_URL = "http://testserver"
    return provider_process
