import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.common import heartbeat


@pytest.fixture(autouse=True)
def _own_data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def states(client: Client) -> dict[str, str]:
    return {name: part["state"] for name, part in client.get("/health/").json()["parts"].items()}


@pytest.mark.django_db
def test_citizens_can_be_served_without_a_worker(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json()["status"] == "up"
    assert states(client) == {
        "web": "up",
        "database": "up",
        "migrations": "up",
        "worker": "down",
        "beat": "down",
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_part_that_leaves_signs_is_up_since_its_first(client: Client) -> None:
    with time_machine.travel("2026-03-02T08:00:00+07:00", tick=False) as clock:
        heartbeat.begin("worker")
        clock.shift(timedelta(seconds=30))
        heartbeat.beat("worker")
        part = client.get("/health/").json()["parts"]["worker"]
        assert part == {"state": "up", "since": "2026-03-02T01:00:00+00:00"}
        clock.shift(timedelta(seconds=50))
        assert states(client)["worker"] == "silent"
        heartbeat.beat("worker")
        assert client.get("/health/").json()["parts"]["worker"]["since"] == "2026-03-02T01:01:20+00:00"


@pytest.mark.django_db
def test_without_its_tables_the_answer_is_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise DatabaseError("the server went away")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["parts"]["database"]["state"] == "down"
    assert response.json()["parts"]["migrations"]["state"] == "unknown"


@pytest.mark.django_db
def test_a_lost_cache_takes_no_page_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise ConnectionError("no Redis")

    monkeypatch.setattr(type(cache._connections["default"]), "get", refuse)  # type: ignore[attr-defined]  # noqa: SLF001 - the backend behind the proxy
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json()["parts"]["worker"]["state"] == "unknown"


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "known"), [(5, True), (120, False)])
def test_what_the_supervisor_wrote_counts_while_it_is_fresh(
    client: Client, tmp_path: Path, age: int, known: bool
) -> None:
    now = timezone.now()
    part = {"state": "up", "since": now.isoformat(), "pid": 1}
    (tmp_path / "run").mkdir()
    written = {"checked": (now - timedelta(seconds=age)).isoformat(), "parts": {"provider": part}}
    (tmp_path / "run" / "parts.json").write_text(json.dumps(written))
    assert ("provider" in states(client)) is known


@pytest.mark.django_db
def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/health/").status_code == 405
