"""Which services this run has; tests of missing ones are left out and named, or fail where CI=true."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tasks.assistant.environment import VENV
from tasks.elasticsearch import fetch
from tasks.suite.servers import Elasticsearch

MARKERS = {
    "postgresql": "PostgreSQL (POSTGRESQL_URL; ./run test starts one where it is installed)",
    "redis": "Redis (REDIS_URL; ./run test starts one where it is installed)",
    "elasticsearch": "Elasticsearch (the first of its tests starts one, where Maven and Java 21 are)",
    "browser": "Chromium (on PATH, or CHROMIUM)",
    "node": "Node.js (node on PATH)",
    "rasa": "the bot's environment (chatbot/.venv; ./run makes it where there is a Python 3.10)",
    "poppler": "poppler-utils (pdfsig and pdffonts on PATH)",
}
LEFT_OUT = pytest.StashKey[dict[str, int]]()


def chromium() -> str | None:
    """Return the path of a Chromium that the machine already has."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    named = os.environ.get("CHROMIUM")
    found = named or next((path for name in names if (path := shutil.which(name))), None)
    return found or (mac if Path(mac).exists() else None)


def is_present(service: str) -> bool:
    """Tell whether tests with this marker can run."""
    match service:
        case "browser":
            return chromium() is not None
        case "node":
            return shutil.which("node") is not None
        case "rasa":
            # CI makes it on the way: a missing one must fail there, not be left out
            return VENV.exists() or os.environ.get("CI") == "true"
        case "poppler":
            return shutil.which("pdfsig") is not None and shutil.which("pdffonts") is not None
        case "elasticsearch":
            return fetch.is_possible()
        case _:
            return bool(os.environ.get(f"{service.upper()}_URL"))


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count what is left out, here and in xdist's processes."""
    config.stash[LEFT_OUT] = {}
    if config.pluginmanager.hasplugin("xdist") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(FromWorkers(), "left-out-from-workers")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out tests of missing services; in CI a missing service is a failure of the run."""
    missing = {name for name in MARKERS if not is_present(name)}
    without = {item: sorted(missing & {mark.name for mark in item.iter_markers()}) for item in items}
    left_out = [item for item in items if without[item]]
    if left_out and os.environ.get("CI") == "true":
        names = sorted({MARKERS[name] for item in left_out for name in without[item]})
        raise pytest.UsageError(
            f"CI=true, and {len(left_out)} tests lack their service: {'; '.join(names)}"
        )
    counts = config.stash[LEFT_OUT]
    counts.update(Counter(name for item in left_out for name in without[item]))
    items[:] = [item for item in items if not without[item]]
    if left_out:
        config.hook.pytest_deselected(items=left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Let a test process of xdist tell the main one what it left out."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash[LEFT_OUT]


class FromWorkers:
    """Takes the counts of xdist's processes; every one of them collects the same tests."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Take one process's counts."""
        output = getattr(node, "workeroutput", {})
        config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist ships no types
        counts = config.stash[LEFT_OUT]
        for name, count in output.get("left_out", {}).items():
            counts[name] = max(counts.get(name, 0), count)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was left out, so that a green run never hides it."""
    for name, count in sorted(config.stash[LEFT_OUT].items()):
        terminalreporter.write_line(f"LEFT OUT: {count} tests that need {MARKERS[name]}", yellow=True)


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Return the address of a real Redis that belongs to this run."""
    return os.environ["REDIS_URL"]


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[Elasticsearch]:
    """Start a real Elasticsearch once per test process; mark the test ``elasticsearch`` and its group."""
    with Elasticsearch() as server:
        yield server


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Offer the address of an empty PostgreSQL database of the test's own."""
    server = os.environ["POSTGRESQL_URL"]
    name = f"dvgd_empty_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"{server.rpartition('/')[0]}/{name}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
