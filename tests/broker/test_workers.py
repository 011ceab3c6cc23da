"""The broker under real Celery workers: what happens when they share, wait, die and refuse."""

from __future__ import annotations

import logging
import signal
import sqlite3
import time
from collections import Counter

import pytest

from tests.broker.house import House, until

logger = logging.getLogger(__name__)
pytestmark = pytest.mark.processes


def test_a_killed_workers_task_starts_again_within_seconds(house: House) -> None:
    first = house.worker("first", threads=1)
    house.send("long", seconds=3)
    until(lambda: "begin-long" in house.words())
    first.send_signal(signal.SIGKILL)  # stays a zombie until it is waited for: that must count as dead
    killed = time.time()
    second = house.worker("second")
    until(lambda: "long" in house.words())
    begins = [note for note in house.notes() if note.word == "begin-long"]
    assert [note.pid for note in begins] == [first.pid, second.pid]
    assert house.words().count("long") == 1
    # most of it is the start of the second worker
    assert begins[1].at - killed < 10


def test_a_living_neighbour_takes_over_from_a_killed_worker(house: House) -> None:
    doomed = house.worker("doomed", threads=1)
    house.send("long", seconds=2)
    until(lambda: "begin-long" in house.words())
    neighbour = house.worker("neighbour")
    doomed.send_signal(signal.SIGKILL)
    killed = time.time()
    until(lambda: house.words().count("begin-long") == 2)
    again = house.notes()[-1]
    assert again.pid == neighbour.pid
    logger.info("taken over after %.2f s", again.at - killed)
    assert again.at - killed < 4


def test_nothing_is_lost_with_four_publishers_and_two_workers(house: House) -> None:
    workers = [house.worker("one"), house.worker("two")]
    started = time.monotonic()
    publishers = [house.start("-m", "tests.broker.publish", name, "100") for name in ("a", "b", "c", "d")]
    assert [publisher.wait(60) for publisher in publishers] == [0, 0, 0, 0]
    until(lambda: sum(not word.startswith("begin-") for word in house.words()) >= 400, 60)
    logger.info("400 tasks in %.1f s", time.monotonic() - started)
    counted = Counter(word for word in house.words() if not word.startswith("begin-"))
    assert counted == {f"{name}-{number}": 1 for name in "abcd" for number in range(100)}
    assert {note.pid for note in house.notes()} == {worker.pid for worker in workers}
    until(lambda: left(house) == 0)


def left(house: House) -> int:
    with sqlite3.connect(house.file) as db:
        number = int(db.execute("SELECT count(*) FROM message WHERE queue = 'chores'").fetchone()[0])
    db.close()
    return number


def test_a_countdown_is_waited_for_and_survives_its_worker(house: House) -> None:
    waiting = house.worker("waiting")
    sent = time.time()
    house.send("later", countdown=6)
    house.send("now")
    until(lambda: "now" in house.words())
    waiting.send_signal(signal.SIGKILL)  # it held the message of the future
    house.worker("heir")
    until(lambda: "later" in house.words())
    assert house.words().count("later") == 1
    assert next(note.at for note in house.notes() if note.word == "later") - sent >= 6


def test_a_stopping_worker_finishes_what_is_due_and_gives_back_the_rest(house: House) -> None:
    stopping = house.worker("stopping", threads=1)
    house.send("later", countdown=5)
    house.send("piece", seconds=1)
    until(lambda: "begin-piece" in house.words())
    stopping.send_signal(signal.SIGTERM)
    assert stopping.wait(10) == 0
    assert house.words() == ["begin-piece", "piece"]
    with sqlite3.connect(house.file) as db:
        rows = db.execute("SELECT owner, deliveries FROM message WHERE queue = 'chores'").fetchall()
    db.close()
    assert rows == [(None, 0)]
    house.worker("next")
    until(lambda: "later" in house.words())
    assert Counter(house.words()) == Counter(["begin-piece", "piece", "begin-later", "later"])


def test_every_worker_answers_a_ping_and_the_dead_leave_no_queue_behind(house: House) -> None:
    house.worker("one")
    two = house.worker("two")
    assert {name for reply in house.ping() for name in reply} == {"one@here", "two@here"}
    two.send_signal(signal.SIGKILL)

    def bound() -> set[str]:
        with sqlite3.connect(house.file) as db:
            rows = db.execute("SELECT queue FROM binding WHERE exchange = 'celery.pidbox'").fetchall()
        db.close()
        return {queue for (queue,) in rows}

    until(lambda: bound() == {"one@here.celery.pidbox"}, 5)
    assert house.ping() == [{"one@here": {"ok": "pong"}}]


def test_a_message_that_nobody_finishes_is_set_aside(house: House) -> None:
    house.worker("patient")
    house.send("poison", task="chores.refuse")
    house.send("plain")
    until(lambda: house.words().count("poison") == 5)
    time.sleep(1)
    assert house.words().count("poison") == 5
    assert "plain" in house.words()
    with sqlite3.connect(house.file) as db:
        assert db.execute("SELECT deliveries, dead, owner FROM message WHERE dead").fetchall() == [
            (5, 1, None)
        ]
    db.close()
    assert "set aside after 5 deliveries" in (house.file.parent / "log-0").read_text(encoding="utf-8")


def test_workers_and_publishers_go_on_in_a_new_file_when_theirs_was_deleted(house: House) -> None:
    house.worker("steady")
    house.send("before")
    until(lambda: "before" in house.words())
    for file in house.file.parent.glob("broker.sqlite3*"):
        file.unlink()
    house.send("after")
    until(lambda: "after" in house.words(), 15)
    until(lambda: house.ping() == [{"steady@here": {"ok": "pong"}}], 15)
