"""The supervisor with small parts of the test's own; test_run.py starts the real ones."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.suite.servers import free_port
from tasks.terminal import Refusal
from tasks.up.parts import Part
from tasks.up.process import KEEP_LOGS, Process, rotate, stop_all
from tasks.up.site import Site, site_here
from tasks.up.state import StateFile
from tasks.up.supervisor import PartDiedError, Supervisor

SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"{}")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = site_here({"DATA_DIR": str(tmp_path), "PORT": str(free_port())})
    made.run.mkdir(parents=True)
    return made


def python(name: str, text: str, *arguments: str, **more: object) -> Part:
    command = (sys.executable, "-c", text, *arguments)
    return Part(name=name, label=f"the {name}", command=command, **more)  # type: ignore[arg-type]  # passed on as they are


def server(name: str = "web") -> Part:
    port = free_port()
    return python(name, SERVER, str(port), port=port, health=f"http://127.0.0.1:{port}/")


@pytest.fixture
def supervised() -> Iterator[list[Supervisor]]:
    """Collect supervisors that are stopped whatever happens."""
    made: list[Supervisor] = []
    yield made
    for supervisor in made:
        supervisor.stop()


def is_running(pid: int) -> bool:
    done = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return bool(done.stdout.strip()) and not done.stdout.strip().startswith("Z")


def test_parts_start_and_are_up(site: Site, supervised: list[Supervisor]) -> None:
    supervisor = Supervisor(site, [server()], quiet=True)
    supervised.append(supervisor)
    supervisor.start_all()
    assert supervisor.processes["web"].state == "up"
    assert '"state": "up"' in (site.run / "parts.json").read_text()


def test_a_part_that_dies_is_named_with_its_last_words(site: Site, supervised: list[Supervisor]) -> None:
    mortal = python("worker", "import sys; print('the queue burned down', flush=True); sys.exit(7)")
    supervisor = Supervisor(site, [server(), mortal], quiet=True)
    supervised.append(supervisor)
    with pytest.raises(PartDiedError) as died:
        supervisor.start_all()
    assert "The worker (worker) ended with code 7" in str(died.value)
    assert "the queue burned down" in str(died.value)


def test_a_part_killed_later_is_noticed(site: Site, supervised: list[Supervisor]) -> None:
    supervisor = Supervisor(site, [server()], quiet=True)
    supervised.append(supervisor)
    supervisor.start_all()
    supervisor.processes["web"].send(signal.SIGKILL)
    with pytest.raises(PartDiedError, match="ended by signal 9"):
        supervisor.watch()


def test_a_part_that_never_answers_runs_out_of_patience(site: Site, supervised: list[Supervisor]) -> None:
    deaf = python(
        "web", "import time; time.sleep(60)", health=f"http://127.0.0.1:{free_port()}/", patience=0.5
    )
    supervisor = Supervisor(site, [deaf], quiet=True)
    supervised.append(supervisor)
    with pytest.raises(Refusal, match="did not become ready"):
        supervisor.start_all()


def test_what_must_come_before_runs_first(site: Site, supervised: list[Supervisor], tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    before = (sys.executable, "-c", f"open({str(mark)!r}, 'w')")
    check = f"import os, time; assert os.path.exists({str(mark)!r}); time.sleep(60)"
    supervisor = Supervisor(site, [python("provider", check, before=before)], quiet=True)
    supervised.append(supervisor)
    process = supervisor.start("provider")
    time.sleep(0.3)
    assert process.exit_code is None


def test_stopping_ends_grandchildren_and_the_stubborn(site: Site, tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    parent = (
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {stubborn!r}])\n"
        f"open({str(pids)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    process = Process(python("web", parent), site)
    while not (pids.exists() and pids.read_text()):
        time.sleep(0.05)
    child = int(pids.read_text())
    time.sleep(0.3)
    began = time.monotonic()
    stop_all([process], seconds=1.0)
    assert time.monotonic() - began < 5
    time.sleep(0.1)
    assert not is_running(process.pid)
    assert not is_running(child)


def test_parts_of_a_start_that_was_killed_are_ended_at_the_next(site: Site) -> None:
    process = Process(python("web", "import time; time.sleep(60)"), site)
    StateFile(site.run).write([process])
    assert StateFile(site.run).end_leftovers() == 1
    process.wait(5)
    assert process.exit_code == -signal.SIGKILL
    assert StateFile(site.run).end_leftovers() == 0


def test_somebody_elses_process_with_the_same_number_is_spared(site: Site) -> None:
    process = Process(python("web", "import time; time.sleep(60)"), site)
    StateFile(site.run).write([process])
    path = site.run / "parts.json"
    text = path.read_text()
    born = text.split('"born": "')[1].split('"')[0]
    assert born
    path.write_text(text.replace(born, "Mon Jan  1 00:00:00 2024"))
    assert StateFile(site.run).end_leftovers() == 0
    assert process.exit_code is None
    stop_all([process])


def test_logs_of_earlier_starts_are_kept_for_a_while(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    for number in range(KEEP_LOGS + 3):
        rotate(log)
        log.write_text(str(number))
    kept = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert kept == {"web.log": "5", "web.log.1": "4", "web.log.2": "3", "web.log.3": "2"}


def test_groups_of_their_own(site: Site) -> None:
    process = Process(python("web", "import time; time.sleep(60)"), site)
    assert os.getpgid(process.pid) == process.pid != os.getpgrp()
    stop_all([process])
