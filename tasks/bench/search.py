"""Searching 100,000 entries: filling the index, a search, a suggestion, on the database and on Elasticsearch.

Always SQLite; PostgreSQL and Elasticsearch beside it where they are installed.
"""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tasks.bench.figures import Figure
from tasks.bench.imports import run
from tasks.elasticsearch import fetch
from tasks.places import PYTHON, SETTINGS
from tasks.suite.servers import Elasticsearch, PostgreSQL, postgresql_folder
from tasks.up.site import site_here

ENTRIES = 100_000


def measure() -> list[Figure]:
    """Fill each engine with the same entries and ask it the same."""
    with ExitStack() as stack:
        figures = engine("SQLite", {})
        if postgresql_folder() is not None:
            figures += engine("PostgreSQL", {"DATABASE_URL": stack.enter_context(PostgreSQL()).url})
        if fetch.is_possible():
            server = stack.enter_context(Elasticsearch())
            figures += engine("Elasticsearch", {"ELASTICSEARCH_URL": server.url})
    return figures


def engine(name: str, changes: dict[str, str]) -> list[Figure]:
    """Measure one engine in a process with settings and data of its own."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        site = site_here({"DATA_DIR": str(Path(folder)), "DJANGO_SETTINGS_MODULE": SETTINGS})
        environment = {key: value for key, value in site.environment.items() if key != "DATABASE_URL"}
        environment |= changes
        run([PYTHON, "-m", "django", "migrate", "--verbosity", "0"], environment)
        said = run([PYTHON, "-m", "tasks.bench.inside.searcher", str(ENTRIES)], environment)
    told = json.loads(said.splitlines()[-1])
    return [Figure(f"{name}, {label}", value, unit) for label, (value, unit) in told.items()]
