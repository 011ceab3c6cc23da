"""Requests a second, p50 and p99 of pages under load: four connections, two web processes, SQLite.

Pages: home and a procedure (by strangers and signed in), fifty dossiers of a parent, a clerk's queue, submitting.
Beside them the home page of Wagtail's project template on the same server with the same settings.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tasks.bench.figures import Figure, percentile
from tasks.bench.imports import run
from tasks.bench.inside import load, peer
from tasks.bench.inside.load import Request
from tasks.bench.inside.readers import TOKEN
from tasks.places import PYTHON, ROOT, SETTINGS
from tasks.terminal import Refusal
from tasks.up.ask import answer
from tasks.up.checks import free_copy_port
from tasks.up.parts import web
from tasks.up.site import site_here

SECONDS = 5.0
CONNECTIONS = 4
DRAFTS = 200
PROCEDURE = "/thu-tuc/chuyen-truong/"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def measure() -> list[Figure]:
    """Serve a made-up province and the template, one after the other, and load them."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        return [*ours(Path(folder) / "portal"), *theirs(Path(folder) / "peer")]


def ours(folder: Path) -> list[Figure]:
    """Load the portal."""
    folder.mkdir()
    changes = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS}
    site = site_here({**changes, "PORT": str(free_copy_port(14_200))})
    environment = {name: value for name, value in site.environment.items() if name != "DATABASE_URL"}
    run([PYTHON, "-m", "tasks", "prepare"], environment)
    said = run([PYTHON, "-m", "tasks.bench.inside.readers", str(DRAFTS)], environment)
    told = json.loads(said.splitlines()[-1])
    parent, clerk = {"Cookie": told["parent"]}, {"Cookie": told["clerk"]}
    pages = {
        "home, strangers": Request("/"),
        "home, signed in": Request("/", parent),
        "procedure, strangers": Request(PROCEDURE),
        "procedure, signed in": Request(PROCEDURE, parent),
        "my files, 50 dossiers": Request("/ho-so/", parent),
        "a clerk's queue": Request("/ban-lam-viec/", clerk),
        "one procedure by the API": Request("/api/v1/procedures/2.002854"),
    }
    with served(web(site).command, ROOT, environment, site.port, "/health/"):
        figures = [
            figure
            for name, page in pages.items()
            for figure in loaded(name, site.port, load.endless(page), SECONDS)
        ]
        return figures + loaded("submit", site.port, submissions(told["drafts"]), 60.0)


def submissions(drafts: list[dict[str, str]]) -> Iterator[Request]:
    """Submit each draft once, as its writer; the answer leads to the dossier."""
    form = {"csrfmiddlewaretoken": TOKEN} | {f"declaration-{number}": "on" for number in range(5)}
    for draft in drafts:
        path = f"/nop/2.002854/{draft['id']}/kiem-tra/"
        yield Request(path, {"Cookie": draft["session"], **FORM}, urlencode(form), status=302)


def theirs(folder: Path) -> list[Figure]:
    """Load the home page of Wagtail's project template."""
    peer.make(folder)
    port = free_copy_port(14_400)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "peer.settings.measured"}
    with served(peer.command(port), folder, environment, port, "/"):
        return loaded("home of Wagtail's template", port, load.endless(Request("/")), SECONDS)


@contextmanager
def served(
    command: tuple[str, ...], folder: Path, environment: Mapping[str, str], port: int, health: str
) -> Iterator[None]:
    """Start a server, wait until it answers, end it with its children."""
    log = Path(tempfile.mkstemp(prefix="dvgd-bench-", suffix=".log")[1])
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=dict(environment), stdout=output, stderr=output, start_new_session=True
        )
    try:
        began = time.monotonic()
        while answer(f"http://127.0.0.1:{port}{health}")[0] != 200:  # noqa: PLR2004 - HTTP's OK
            if process.poll() is not None or time.monotonic() - began > 60:  # noqa: PLR2004 - seconds
                raise Refusal(f"The server did not start:\n{log.read_text('utf-8', 'replace')[-2_000:]}")
            time.sleep(0.1)
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
        log.unlink()


def loaded(name: str, port: int, requests: Iterator[Request], seconds: float) -> list[Figure]:
    """Warm up where the same page is asked again, measure, give three figures."""
    if seconds == SECONDS:
        load.put(port, requests, connections=CONNECTIONS, seconds=1.0)
    found = load.put(port, requests, connections=CONNECTIONS, seconds=seconds)
    if found.wrong:
        raise Refusal(f"{name}: {found.wrong[0]}")
    return [
        Figure(f"{name}", len(found.answers) / found.seconds, "req/s"),
        Figure(f"{name}, p50", percentile(found.answers, 0.5) * 1_000, "ms"),
        Figure(f"{name}, p99", percentile(found.answers, 0.99) * 1_000, "ms"),
    ]
