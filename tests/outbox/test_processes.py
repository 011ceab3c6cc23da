"""Duties under real workers: what a death, a lost broker and a race do to them."""

from __future__ import annotations

import signal

import pytest

from tests.broker.house import until
from tests.outbox.house import Kitchen

pytestmark = pytest.mark.processes


def test_a_duty_is_performed_soon_after_its_cause(kitchen: Kitchen) -> None:
    kitchen.worker()  # without beat: only the wake can tell it
    kitchen.run("owe", "test.note", "one", "word=hello")
    until(lambda: kitchen.states() == {"one": "done"})
    assert kitchen.words() == ["hello"]


def test_a_duty_is_done_though_its_worker_was_killed_in_the_middle(kitchen: Kitchen) -> None:
    first = kitchen.worker()
    kitchen.run("owe", "test.slow", "slow", "word=hello")
    until(lambda: kitchen.words() == ["begin-hello"])
    first.send_signal(signal.SIGKILL)
    (kitchen.folder / "go").touch()
    assert kitchen.states() == {"slow": "waiting"}
    kitchen.worker()
    kitchen.beat()
    until(lambda: kitchen.states() == {"slow": "done"})
    assert kitchen.words() == ["begin-hello", "begin-hello", "hello"]
    assert kitchen.database.rows("SELECT attempts FROM outbox_duty") == [(2,)]


def test_the_sweep_heals_what_the_broker_lost(kitchen: Kitchen) -> None:
    kitchen.run("owe", "test.note", "one", "word=hello")
    assert kitchen.broker.exists()
    for file in kitchen.folder.glob("broker.sqlite3*"):
        file.unlink()
    kitchen.worker()
    kitchen.beat()
    until(lambda: kitchen.states() == {"one": "done"})
    assert kitchen.words() == ["hello"]


def test_duties_are_performed_without_any_broker(kitchen: Kitchen) -> None:
    kitchen.environment["CELERY_BROKER_URL"] = "embedded:///no/such/folder/broker.sqlite3"
    kitchen.run("owe", "test.note", "one", "word=hello")  # does not break although nobody can be woken
    assert kitchen.run("perform_duties") == "1 performed; now 0 waiting, 1 done, 0 dead"
    assert kitchen.words() == ["hello"]


@pytest.mark.concurrency
def test_of_sixteen_that_read_check_and_save_all_believe_to_have_won(kitchen: Kitchen) -> None:
    assert kitchen.run("race", "--guard", "off") == "16 0"


@pytest.mark.concurrency
def test_of_sixteen_that_claim_one_wins(kitchen: Kitchen) -> None:
    assert kitchen.run("race", "--guard", "on") == "1 0"
