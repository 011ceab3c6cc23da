"""Allocating a province's season, beside the package `matching`; and the opening morning, with and without waiting room.

The opening: families with 5 s of thought between pages, all arriving within the first minute, for five minutes,
the generator on the same machine. Each saves twice and submits once. In a further run both the web server and the
worker are killed (-9) in the middle.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.bench.figures import Figure, percentile
from tasks.bench.imports import run
from tasks.bench.inside.morning import Morning
from tasks.bench.inside.morning import run as let_come
from tasks.places import PYTHON, ROOT, SETTINGS
from tasks.terminal import Refusal, say
from tasks.up.ask import answer
from tasks.up.checks import free_copy_port
from tasks.up.parts import Part, web, worker
from tasks.up.site import Site, site_here

CHILDREN, SCHOOLS, CHOICES = 200_000, 700, 3
LADDER = (1_000, 3_000, 10_000, 30_000, 100_000, 200_000)
PEER_PATIENCE = 120.0
FAMILIES = int(os.environ.get("BENCH_FAMILIES") or 1_000)
SECONDS = float(os.environ.get("BENCH_SECONDS") or 300)
ARRIVING = 60.0
PER_MINUTE = int(os.environ.get("BENCH_PER_MINUTE") or 240)


def measure() -> list[Figure]:
    """Allocate, then open three mornings, each with data of its own."""
    figures = [*allocation(), *beside_matching()]
    for title, per_minute, families, seconds, killed in (
        ("no waiting room", 0, FAMILIES, SECONDS, False),
        ("waiting room", PER_MINUTE, FAMILIES, SECONDS, False),
        ("killed in the middle", PER_MINUTE, FAMILIES // 3, SECONDS / 2, True),
    ):
        with tempfile.TemporaryDirectory(prefix="dvgd-bench-") as folder:
            figures += opening(Path(folder), title, per_minute, families, seconds, killed=killed)
    return figures


def allocation() -> list[Figure]:
    """Our core on the whole province."""
    told = _allocate("ours", CHILDREN, SCHOOLS)
    return [
        Figure(f"{CHILDREN:,} children × {SCHOOLS} schools × {CHOICES}", told["seconds"], "s"),
        Figure("its memory, whole process", told["peak_mb"], "MB"),
    ]


def _allocate(whose: str, children: int, schools: int) -> dict[str, Any]:
    command = [
        PYTHON,
        "-m",
        "tasks.bench.inside.allocating",
        whose,
        str(children),
        str(schools),
        str(CHOICES),
    ]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PEER_PATIENCE
    )
    if done.returncode:
        raise Refusal(f"Allocating failed:\n{done.stderr[-500:]}")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def beside_matching() -> list[Figure]:
    """Climb the ladder until the package needs too much; compare at the largest rung that it takes."""
    best: tuple[int, dict[str, Any]] | None = None
    for children in LADDER:
        try:
            found = _allocate("theirs", children, max(20, children * SCHOOLS // CHILDREN))
        except (Refusal, subprocess.TimeoutExpired) as end:
            say(f"  matching ends at {children:,} children: {type(end).__name__}")
            break
        if not found["same"]:
            raise Refusal(f"matching and ours differ at {children:,} children.")
        best = (children, found)
    if best is None:
        return []
    children, found = best
    mine = _allocate("ours", children, max(20, children * SCHOOLS // CHILDREN))
    return [
        Figure(
            "largest season that matching 1.4.3 takes", children, "", f"in {PEER_PATIENCE:.0f} s and 6 GB"
        ),
        Figure("matching there", found["seconds"], "s", "same places as ours"),
        Figure("ours there", mine["seconds"], "s"),
        Figure("memory of matching there", found["peak_mb"], "MB"),
        Figure("memory of ours there", mine["peak_mb"], "MB"),
    ]


class Running:
    """Web and worker as ``./run`` starts them; both can be killed and started again."""

    def __init__(self, site: Site, environment: Mapping[str, str], folder: Path) -> None:
        self.site, self.environment, self.folder = site, environment, folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self.start()

    def start(self) -> None:
        """Start both and wait until the web answers."""
        self.processes = [self._start(part) for part in (web(self.site), worker(self.site))]
        until = time.monotonic() + 90
        while answer(f"http://127.0.0.1:{self.site.port}/health/")[0] not in {200, 503}:
            if time.monotonic() > until:
                raise Refusal("The portal did not start.")
            time.sleep(0.1)

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{part.name}.bench.log").open("ab")
        return subprocess.Popen(
            part.command, cwd=ROOT, env={**self.environment, **part.environment},
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def end(self, sign: signal.Signals) -> None:
        """Send a signal to both with their children, and wait."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, sign)
        for process in self.processes:
            process.wait(30)

    def kill_and_start(self) -> None:
        """Pull the plug, then start again, as a supervisor would."""
        self.end(signal.SIGKILL)
        self.start()


def opening(
    folder: Path, title: str, per_minute: int, families: int, seconds: float, *, killed: bool
) -> list[Figure]:
    """Open one morning."""
    changes = {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": SETTINGS}
    site = site_here({**changes, "PORT": str(free_copy_port(14_600))})
    environment = {name: value for name, value in site.environment.items() if name != "DATABASE_URL"}
    run([PYTHON, "-m", "tasks", "prepare"], environment)
    said = run(
        [PYTHON, "-m", "tasks.bench.inside.families", "prepare", str(families), str(per_minute)],
        environment,
    )
    people = json.loads(said.splitlines()[-1])
    portal = Running(site, environment, folder)
    try:
        timer = threading.Timer(seconds / 2, portal.kill_and_start)
        if killed:
            timer.start()
        morning = asyncio.run(let_come(site.port, people, seconds, ARRIVING))
        timer.cancel()
    finally:
        portal.end(signal.SIGTERM)
    return _figures(title, families, morning, _count(morning, environment))


def _count(morning: Morning, environment: Mapping[str, str]) -> dict[str, int]:
    done = subprocess.run(
        [PYTHON, "-m", "tasks.bench.inside.families", "count"],
        cwd=ROOT, env=dict(environment), input="\n".join(morning.receipts),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refusal(done.stderr[-1_000:])
    told: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return told


def _figures(title: str, families: int, morning: Morning, counted: dict[str, int]) -> list[Figure]:
    for words, times in Counter(morning.errors).most_common(5):
        say(f"  {title}: {times} × {words}")
    share = 100 * len(morning.receipts) / families
    found = [
        Figure(f"{title}: families", families, ""),
        Figure(f"{title}: hold a receipt", share, "%", "aim: 95"),
        Figure(f"{title}: errors", len(morning.errors), "", "aim: 0"),
        Figure(f"{title}: receipts without registration", counted["lost"], "", "aim: 0"),
        Figure(f"{title}: children registered twice", counted["double"], "", "aim: 0"),
    ]
    for name, values in (("submitting", morning.submits), ("any answer", morning.answers)):
        if values:
            aim = "aim: 300" if name == "submitting" else ""
            found.append(Figure(f"{title}: {name}, p50", percentile(values, 0.5) * 1_000, "ms"))
            found.append(Figure(f"{title}: {name}, p95", percentile(values, 0.95) * 1_000, "ms", aim))
    if morning.waited:
        found.append(Figure(f"{title}: in the waiting room, p95", percentile(morning.waited, 0.95), "s"))
    return found
