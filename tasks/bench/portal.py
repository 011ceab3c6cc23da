"""Pages a second: home, procedure page, my files, queue, submitting; beside them Wagtail's project template.

Both are served by the same server with the same workers; the requests come from this machine's own cores.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tasks.bench.figures import Figure, percentile
from tasks.bench.load import load
from tasks.places import PYTHON, ROOT
from tasks.terminal import Refusal
from tasks.up.checks import free_copy_port
from tasks.up.parts import parts_of
from tasks.up.site import site_here
from tasks.up.supervisor import Supervisor

PATIENCE = 60.0


def measure() -> list[Figure]:
    """Start a portal of its own, ask for its pages, then for the template's page."""
    with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
        return [*_portal(Path(folder) / "portal"), *_template(Path(folder) / "template")]


def _run(*command: str, environment: dict[str, str], folder: Path = ROOT) -> str:
    done = subprocess.run(
        list(command), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refusal(f"{' '.join(command)} failed:\n{done.stderr[-2_000:]}")
    return done.stdout


def _portal(data_dir: Path) -> Iterator[Figure]:
    data_dir.mkdir()
    site = site_here({"DATA_DIR": str(data_dir), "PORT": str(free_copy_port(26_000))})
    environment = {**dict(site.environment), "DJANGO_SETTINGS_MODULE": "portal.settings.embedded"}
    _run(PYTHON, "-m", "tasks", "prepare", environment=environment)
    told = _run(PYTHON, "-m", "tasks.bench.inside.visitors", environment=environment)
    inside = json.loads(told.strip().splitlines()[-1])
    times = inside["submissions"]
    web = next(part for part in parts_of(site) if part.name == "web")
    supervisor = Supervisor(site, [web], quiet=True)
    try:
        supervisor.start_all()
        parent, clerk = (f"sessionid={inside[who]}" for who in ("parent", "clerk"))
        pages = (
            ("home, anonymous", "/", ""),
            ("home, signed in", "/", parent),
            ("procedure page, anonymous", "/thu-tuc/chuyen-truong/", ""),
            (f"my files, {len(times)} dossiers", "/ho-so/", parent),
            ("queue of a clerk", "/ban-lam-viec/", clerk),
        )
        for name, path, cookie in pages:
            yield from load(f"{site.address}{path}", cookie).figures(name)
    finally:
        supervisor.stop()
    yield Figure("submit, draft and four pages included: p50", percentile(times, 0.5) * 1_000, "ms")
    yield Figure("submit, draft and four pages included: p99", percentile(times, 0.99) * 1_000, "ms")


def _template(folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(folder),
        "DJANGO_SETTINGS_MODULE": "sample.settings.bench",
    }
    wagtail = str(Path(sys.executable).with_name("wagtail"))
    _run(wagtail, "start", "sample", str(folder), environment=environment, folder=folder)
    (folder / "sample" / "settings" / "bench.py").write_text(
        "from .base import *\nDEBUG = False\nSECRET_KEY = 'bench'\nALLOWED_HOSTS = ['127.0.0.1']\n"
        "STORAGES['staticfiles'] = {'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n",
        encoding="utf-8",
    )
    _run(PYTHON, "-m", "django", "migrate", "-v", "0", environment=environment, folder=folder)
    with _granian(folder, environment) as address:
        yield from load(f"{address}/").figures("home of Wagtail's project template")


@contextmanager
def _granian(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    port = free_copy_port(26_500)
    address = f"http://127.0.0.1:{port}"
    # fmt: off
    process = subprocess.Popen(
        [PYTHON, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port), "--workers", "2",
         "--blocking-threads", "4", "sample.wsgi:application"],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )
    # fmt: on
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError), urllib.request.urlopen(address, timeout=5):
                break
            time.sleep(0.2)
        yield address
    finally:
        os.killpg(process.pid, 15)
        process.wait(15)
