"""A small installation of its own: a migrated database, a broker file, real workers and beat."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).parents[2]


class Database:
    """One database: a file, or one on the PostgreSQL server of ``DATABASE_URL``."""

    def __init__(self, folder: Path, name: str) -> None:
        self.file = folder / "portal.sqlite3"
        self.name = name
        self.server = os.environ.get("DATABASE_URL", "")
        self.url = urlunsplit(urlsplit(self.server)._replace(path=f"/{name}")) if self.server else ""

    def _serve(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql)

    def create(self, template: Database | None = None) -> None:
        if self.server:
            self._serve(f'DROP DATABASE IF EXISTS "{self.name}"')
            self._serve(
                f'CREATE DATABASE "{self.name}"' + (f' TEMPLATE "{template.name}"' if template else "")
            )
        elif template:
            shutil.copy(template.file, self.file)

    def drop(self) -> None:
        if self.server:
            self._serve(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        if self.server:
            import psycopg

            with psycopg.connect(self.url) as connection:
                return connection.execute(sql).fetchall()
        with closing(sqlite3.connect(self.file, timeout=20)) as lite:
            return lite.execute(sql).fetchall()

    def execute(self, sql: str) -> None:
        if self.server:
            import psycopg

            with psycopg.connect(self.url) as connection:
                connection.execute(sql)
            return
        with closing(sqlite3.connect(self.file, timeout=20)) as lite, lite:
            lite.execute(sql)


class Kitchen:
    """The installation. ``run`` waits for a command, ``start`` leaves a process running."""

    def __init__(self, folder: Path, database: Database) -> None:
        self.folder, self.database = folder, database
        self.broker = folder / "broker.sqlite3"
        self.notebook = folder / "notes"
        self.notebook.touch()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.outbox.kitchen_settings",
            "DATA_DIR": str(folder),
            "KITCHEN_NOTES": str(self.notebook),
            "CELERY_SKIP_CHECKS": "1",
            "PYTHONWARNINGS": "ignore",
        }
        self.environment.pop("CELERY_BROKER_URL", None)
        if database.url:
            self.environment["DATABASE_URL"] = database.url

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout.strip()

    def _start(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "portal.celery", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self._start(["worker", "--without-gossip", "--without-mingle", "--without-heartbeat"])

    def beat(self) -> subprocess.Popen[bytes]:
        return self._start(["beat", "-s", str(self.folder / "schedule"), "--pidfile="])

    def words(self) -> list[str]:
        return [line.split()[0] for line in self.notebook.read_text(encoding="ascii").splitlines()]

    def states(self) -> dict[str, str]:
        return dict(self.database.rows("SELECT key, state FROM outbox_duty"))

    def close(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
