"""The real product: its own processes, on free ports, with data of their own."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from hashlib import sha256

import pytest

from tasks.assistant.environment import VENV
from tasks.places import PYTHON, ROOT
from tasks.up.checks import free_copy_port
from tasks.up.parts import parts_of
from tasks.up.process import stop_all
from tasks.up.site import Site, site_here
from tasks.up.supervisor import Supervisor
from tests.support.database_fixtures import worker_name
from tests.support.databases import new_copy
from tests.support.schema import KEPT, one_at_a_time


class RunningPortal:
    """Every part of the product, started by the same commands as ``./run``; parts can be killed singly."""

    def __init__(self, site: Site) -> None:
        """Prepare the data and start everything."""
        self.site = site
        self.base_url = site.address
        # files are the same for every portal of a run; collecting them twice at once would tear them
        with one_at_a_time("static"):
            done = subprocess.run(
                [PYTHON, "-m", "tasks", "prepare"],
                cwd=ROOT,
                env=dict(site.environment),
                capture_output=True,
                text=True,
                check=False,
            )
        assert done.returncode == 0, done.stdout + done.stderr
        self._supervisor = Supervisor(site, parts_of(site), quiet=True)
        try:
            self._supervisor.start_all()
        except BaseException:
            self._supervisor.stop()
            raise

    @property
    def parts(self) -> tuple[str, ...]:
        """Names of the parts, in the order of starting."""
        return tuple(self._supervisor.parts)

    def address(self, part: str) -> str:
        """Return a part's own address, for instance the provider's."""
        port = self._supervisor.parts[part].port
        assert port is not None, f"{part} does not listen"
        return f"http://127.0.0.1:{port}"

    def note(self) -> None:
        """Write the parts' states down, as the supervisor of ``./run`` does every few seconds."""
        self._supervisor.note()

    def log(self, part: str) -> str:
        """Return what a part wrote since it was last started (mail on the console stands there, too)."""
        return (self.site.logs / f"{part}.log").read_text("utf-8", "replace")

    def kill(self, part: str) -> None:
        """End a part and its children at once, as kill -9 or a power cut would."""
        process = self._supervisor.processes[part]
        process.send(signal.SIGKILL)
        process.wait(10.0)

    def stop(self, part: str) -> None:
        """Ask a part to end, and wait for it."""
        stop_all([self._supervisor.processes[part]])

    def start(self, part: str) -> None:
        """Start a part that was ended, and wait until it serves."""
        self._supervisor.start(part)
        self._supervisor.await_health(part)

    def close(self) -> None:
        """End everything."""
        self._supervisor.stop()


@pytest.fixture(scope="session")
def running_portal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningPortal]:
    """Start the product once per run, with the demo's data, on the database that the run is for."""
    folder = tmp_path_factory.mktemp("portal")
    worker = worker_name(request.config)
    copy = new_copy(f"portal_{worker}", folder)
    copy.restore()
    changes = {
        **copy.environment(),
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "portal.settings.embedded",
        "PORT": str(
            free_copy_port(10_000 + 200 * int(worker.removeprefix("gw") if worker != "main" else 9))
        ),
        # where the bot's environment is not installed, only CI installs it for the tests
        "ASSISTANT_BOT": "on" if VENV.exists() or os.environ.get("CI") else "off",
        # all the tests' people come from one address
        "ASSISTANT_MESSAGES": "10000",
        "ASSISTANT_MODELS": str(KEPT / "assistant-models"),
        "STATIC_ROOT": str(KEPT / f"static-{sha256(str(ROOT).encode()).hexdigest()[:12]}"),
    }
    portal = RunningPortal(site_here(changes))
    yield portal
    portal.close()
    copy.drop()
