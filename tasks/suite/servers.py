"""Private servers for a run of the tests: own folders, own free ports, gone at the end."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, override

from tasks.elasticsearch import server as elasticsearch
from tasks.terminal import Refusal
from tasks.up.ask import answer

PATIENCE = 30.0


def free_port() -> int:
    """Let the kernel name a free port on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server(ABC):
    """A server process that lives as long as the ``with`` block."""

    name = ""
    patience = PATIENCE
    #: PostgreSQL: fast shutdown; Redis: save nothing and go
    farewell = signal.SIGINT
    #: who runs it where we are root: some refuse root
    stranger: str | None = None
    #: None: ours
    environment: Mapping[str, str] | None = None

    def __init__(self) -> None:
        """Choose a folder and a port; nothing starts before ``with``."""
        self.folder = Path(tempfile.mkdtemp(prefix=f"dvgd-{self.name}-"))
        self.port = free_port()
        self.log = self.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        self.user = self.stranger if os.getuid() == 0 else None

    @property
    @abstractmethod
    def url(self) -> str:
        """Address for the settings."""

    @abstractmethod
    def prepare(self) -> Sequence[str | Path]:
        """Do what comes before the start; return the command."""

    def call(self, command: Sequence[str | Path]) -> None:
        """Run a preparing command to its end, with its output in the refusal if it fails."""
        done = subprocess.run(
            command, user=self.user, cwd=self.folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Refusal(f"{self.name} could not be prepared:\n{done.stdout}{done.stderr}")

    def __enter__(self) -> Self:
        """Start it and wait until it takes connections."""
        if self.user:  # must be able to reach its folder; mkdtemp makes it for the owner alone
            shutil.chown(self.folder, self.user)
            self.folder.chmod(0o755)
        command = self.prepare()
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                user=self.user,
                cwd=self.folder,
                env=None if self.environment is None else dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        until = time.monotonic() + self.patience
        while not self.takes_connections():
            if self._process.poll() is not None or time.monotonic() > until:
                words = self.log.read_text("utf-8", "replace")
                self.__exit__(None, None, None)
                raise Refusal(f"{self.name} did not start:\n{words}")
            time.sleep(0.05)
        return self

    def takes_connections(self) -> bool:
        """Tell whether somebody listens on the port."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and delete its folder."""
        if self._process is not None:
            self._process.send_signal(self.farewell)
            try:
                self._process.wait(10.0)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def postgresql_folder() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest version first; Debian keeps them off PATH."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("initdb")
    found = [*versions, *([Path(on_path)] if on_path else [])]
    return found[0].parent if found else None


class PostgreSQL(Server):
    """A cluster made for this run: quick rather than durable."""

    name = "postgresql"
    stranger = "postgres"

    @property
    @override
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    @override
    def prepare(self) -> Sequence[str | Path]:
        programs = postgresql_folder()
        if programs is None:
            raise Refusal("PostgreSQL is not installed. Debian, Ubuntu: apt-get install postgresql.")
        data = self.folder / "data"
        # C.UTF-8: with plain C, upper('đặng') and ILIKE fail
        # fmt: off
        self.call([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                   "--locale=C.UTF-8", "-N"])
        return [
            programs / "postgres", "-D", data, "-p", str(self.port), "-k", self.folder,
            "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "fsync=off",
            "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "autovacuum=off",
        ]
        # fmt: on

    @override
    def takes_connections(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:  # the port listens before the cluster is ready
            return False
        return True


class Redis(Server):
    """A Redis that keeps nothing."""

    name = "redis"

    @property
    @override
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @override
    def prepare(self) -> Sequence[str | Path]:
        program = shutil.which("redis-server")
        if program is None:
            raise Refusal("Redis is not installed. Debian, Ubuntu: apt-get install redis-server.")
        # fmt: off
        return [program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--dir", self.folder]
        # fmt: on


class Elasticsearch(Server):
    """The real server, fetched once per machine (see tasks/elasticsearch)."""

    name = "elasticsearch"
    stranger = elasticsearch.USER
    patience = 120.0
    farewell = signal.SIGTERM

    @property
    @override
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @override
    def prepare(self) -> Sequence[str | Path]:
        elasticsearch.configure(self.folder, self.port, free_port(), durable=False)
        self.environment = elasticsearch.environment(self.folder)
        return elasticsearch.command()

    @override
    def takes_connections(self) -> bool:
        return super().takes_connections() and answer(f"{self.url}/_cluster/health")[0] == 200  # noqa: PLR2004 - HTTP's OK
