"""``./run`` as a person meets it: every real part, Ctrl-C, a second start, a part that dies."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from tasks.up.ask import answer
from tasks.up.checks import free_copy_port
from tests.support.databases import SqliteCopy
from tests.tasks.support import ROOT, environment

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400), pytest.mark.xdist_group("run")]


class Started:
    """A started ``./run`` whose output can be waited for."""

    def __init__(self, data_dir: Path, port: int) -> None:
        self.data_dir, self.port = data_dir, port
        self._output = data_dir / "output.txt"
        self.out: IO[bytes] = self._output.open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tasks"],
            cwd=ROOT,
            env=environment(data_dir, PORT=str(port)),
            stdin=subprocess.DEVNULL,
            stdout=self.out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def said(self) -> str:
        return self._output.read_text("utf-8")

    def wait_for(self, text: str, seconds: float = 180) -> None:
        until = time.monotonic() + seconds
        while text not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def pids(self) -> dict[str, int]:
        parts = json.loads((self.data_dir / "run" / "parts.json").read_text())["parts"]
        return {name: part["pid"] for name, part in parts.items()}

    def end(self, number: int = signal.SIGINT) -> float:
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(30)
        self.out.close()
        return time.monotonic() - began


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """Return a folder with a migrated database, so that only the start itself is waited for."""
    copy = SqliteCopy(tmp_path / "portal.sqlite3")
    copy.restore()
    return tmp_path


@pytest.fixture
def started(data_dir: Path) -> Iterator[Started]:
    run = Started(data_dir, free_copy_port(12_000))
    yield run
    if run.process.poll() is None:
        run.end(signal.SIGTERM)
    run.out.close()


def in_group(pid: int) -> str:
    """Return what still runs in a process group."""
    done = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=False)
    rows = [line.split(None, 2) for line in done.stdout.splitlines()]
    return "\n".join(" ".join(row) for row in rows if row[0] == str(pid) and not row[1].startswith("Z"))


def test_from_start_to_ctrl_c_and_a_second_start(started: Started) -> None:
    started.wait_for("Ready after")
    status, body = answer(f"http://127.0.0.1:{started.port}/health/")
    health = json.loads(body)
    assert (status, health["status"]) == (200, "up")
    expected = {"web", "inner", "worker", "beat", "database", "migrations"}
    states = {name: health["parts"][name]["state"] for name in expected}
    assert states == dict.fromkeys(expected, "up"), states
    assert all(health["parts"][name]["since"] for name in expected)
    assert answer(f"http://127.0.0.1:{started.port + 1}/health/")[0] == 200
    assert answer(f"http://127.0.0.1:{started.port + 1}/quan-tri/")[0] == 404, (
        "the inner process serves people"
    )
    pids = started.pids()

    assert started.end() < 10
    assert started.process.returncode == 130
    assert "Stopped." in started.said()
    assert {name: left for name, pid in pids.items() if (left := in_group(pid))} == {}
    assert not (started.data_dir / "run" / "parts.json").exists()

    began = time.monotonic()
    # a connection of some other test may hold one of the old ports by now
    again = Started(started.data_dir, free_copy_port(started.port))
    try:
        again.wait_for("Ready after")
        assert time.monotonic() - began < 60, (
            "a second start takes seconds; this machine is busy at most tenfold"
        )
        assert "migrating" not in again.said()
        assert "collecting" not in again.said()
    finally:
        again.end()


def test_a_part_that_dies_stops_everything_with_its_last_words(started: Started) -> None:
    started.wait_for("Ready after")
    pids = started.pids()
    os.killpg(pids["worker"], signal.SIGKILL)
    assert started.process.wait(20) == 1
    assert "The worker (worker) was ended by signal 9. Its last lines:" in started.said()
    assert {name: left for name, pid in pids.items() if (left := in_group(pid))} == {}


def test_what_a_killed_start_left_is_ended_by_the_next(started: Started) -> None:
    started.wait_for("Ready after")
    started.process.kill()
    started.process.wait()
    again = Started(started.data_dir, started.port)
    try:
        again.wait_for("of an earlier start that was killed")
        again.wait_for("Ready after")
    finally:
        again.end()


def test_without_a_port_nothing_is_started(data_dir: Path) -> None:
    port = free_copy_port(12_500)
    blocker = subprocess.Popen(
        [sys.executable, "-m", "http.server", str(port + 1), "--bind", "127.0.0.1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 10
        while answer(f"http://127.0.0.1:{port + 1}/")[0] != 200:
            assert time.monotonic() < until
            time.sleep(0.1)
        run = Started(data_dir, port)
        assert run.process.wait(20) == 1
        run.out.close()
        assert f"Port {port + 1}, which the web process for inner calls needs, is in use" in run.said()
        assert not (data_dir / "logs").exists()
    finally:
        blocker.kill()
        blocker.wait()
