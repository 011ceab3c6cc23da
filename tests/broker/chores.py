"""A small Celery application without Django; its tasks write a line into a file that tests read.

Its workers are real processes: ``celery -A tests.broker.chores worker``.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

from celery import Celery, Task
from celery.exceptions import Reject

from portal import broker

SETTINGS = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 4,
    "task_ignore_result": True,
    "task_default_queue": "chores",
    "broker_connection_retry_on_startup": True,
}

broker.register()
app = Celery("chores", broker=os.environ.get("CHORES_BROKER", "memory://"), set_as_current=False)
app.conf.update(SETTINGS)


def note(word: str) -> None:
    """Append one line; short appends of several processes do not mix."""
    with Path(os.environ["CHORES_NOTES"]).open("a", encoding="ascii") as notes:
        notes.write(f"{word} {os.getpid()} {time.time()}\n")


@app.task(name="chores.write")
def write(word: str, seconds: float = 0.0) -> None:
    note(f"begin-{word}")
    time.sleep(seconds)
    note(word)


@app.task(name="chores.refuse", bind=True)
def refuse(task: Task[..., None], word: str) -> None:
    note(word)
    raise Reject(f"{task.name} never wants it", requeue=True)
