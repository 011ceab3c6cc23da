"""Starts and stops real workers and publishers over one broker file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from celery import Celery

from portal import broker
from tests.broker import chores

ROOT = Path(__file__).parents[2]


class Note(NamedTuple):
    """One line that a task wrote: what, by which process, when (seconds since 1970)."""

    word: str
    pid: int
    at: float


def until(condition: Callable[[], bool], seconds: float = 30.0) -> float:
    """Wait for ``condition``; answers how many seconds it took."""
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > seconds:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.05)
    return time.monotonic() - started


class House:
    """One broker file in a folder of its own, and whoever works on it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "broker.sqlite3"
        self.url = f"embedded://{self.file}"
        self.notebook = folder / "notes"
        self.notebook.touch()
        self.processes: list[subprocess.Popen[bytes]] = []
        broker.register()
        self.app = Celery("chores", broker=self.url, set_as_current=False)
        self.app.conf.update(chores.SETTINGS)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {
            name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
        }
        environment |= {"CHORES_BROKER": self.url, "CHORES_NOTES": str(self.notebook)}
        with (self.notebook.parent / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def worker(self, name: str, threads: int = 4) -> subprocess.Popen[bytes]:
        process = self.start(
            *("-m", "celery", "-A", "tests.broker.chores", "worker", "-P", "threads", "-c", str(threads)),
            *("-n", f"{name}@here", "-l", "WARNING"),
        )
        until(lambda: bool(self.ping(f"{name}@here")), 40)
        return process

    def ping(self, *names: str) -> list[dict[str, Any]]:
        return self.app.control.ping(destination=list(names) or None, timeout=0.5) or []

    def send(self, word: str, task: str = "chores.write", seconds: float = 0.0, **options: Any) -> None:
        arguments = [word] if task == "chores.refuse" else [word, seconds]
        self.app.send_task(task, arguments, **options)

    def notes(self) -> list[Note]:
        lines = (line.split() for line in self.notebook.read_text(encoding="ascii").splitlines())
        return [Note(word, int(pid), float(at)) for word, pid, at in lines]

    def words(self) -> list[str]:
        return [note.word for note in self.notes()]

    def close(self) -> None:
        self.app.close()
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
