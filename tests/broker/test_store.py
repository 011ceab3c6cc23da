"""The file under every order of put, get, ack, reject, death: compared with a plain model."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from portal.broker.store import Store

LIMIT = 3
NAMES = ("elsewhere-a|1|", "elsewhere-b|2|", "elsewhere-c|3|")  # on other machines: the heartbeat decides


class Queues(RuleBasedStateMachine):
    """Three processes on one file. The model is a list of messages in the order of their arrival."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.stores = {name: Store(self.folder / "b", LIMIT, name) for name in NAMES}
        self.model: dict[str, dict[str, Any]] = {}
        self.sent = self.acked = 0

    @rule(name=st.sampled_from(NAMES), queue=st.sampled_from("xy"), priority=st.integers(0, 9))
    def put(self, name: str, queue: str, priority: int) -> None:
        tag = f"{self.sent:05}"
        self.sent += 1
        self.stores[name].put(queue, tag, f"payload {tag}", priority)
        self.model[tag] = {"queue": queue, "priority": priority, "owner": None, "count": 0, "dead": False}

    @rule(name=st.sampled_from(NAMES), queue=st.sampled_from("xy"))
    def get(self, name: str, queue: str) -> None:
        free = [
            (-message["priority"], tag)
            for tag, message in self.model.items()
            if message["queue"] == queue and message["owner"] is None and not message["dead"]
        ]
        taken = self.stores[name].get(queue)
        if not free:
            assert taken is None
            return
        expected = min(free)[1]
        message = self.model[expected]
        message["owner"] = name
        message["count"] += 1
        assert taken == (expected, f"payload {expected}", message["count"])

    @precondition(lambda self: self.model)
    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def ack(self, data: st.DataObject, name: str) -> None:
        tag = data.draw(st.sampled_from(sorted(self.model)))
        self.stores[name].ack(tag)  # also one that it does not hold, as after a lost lease
        if self.model[tag]["owner"] == name:
            del self.model[tag]
            self.acked += 1

    @precondition(lambda self: self.model)
    @rule(data=st.data(), name=st.sampled_from(NAMES), begun=st.booleans())
    def release(self, data: st.DataObject, name: str, begun: bool) -> None:
        tag = data.draw(st.sampled_from(sorted(self.model)))
        self.stores[name].release(tag, begun=begun)
        message = self.model[tag]
        if message["owner"] == name:
            message["count"] -= not begun
            self._freed(message)

    def _freed(self, message: dict[str, Any]) -> None:
        message["owner"] = None
        message["dead"] = message["count"] >= LIMIT

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def put_again(self, data: st.DataObject) -> None:
        tag = data.draw(st.sampled_from(sorted(self.model)))
        message = self.model[tag]
        self.stores[NAMES[0]].put(message["queue"], tag, f"payload {tag}", message["priority"])
        message["owner"] = None

    @rule(dying=st.sampled_from(NAMES), data=st.data())
    def die(self, dying: str, data: st.DataObject) -> None:
        survivor = data.draw(st.sampled_from([name for name in NAMES if name != dying]))
        with sqlite3.connect(self.folder / "b") as db:
            db.execute("UPDATE holder SET seen = 0 WHERE owner = ?", (dying,))
        db.close()
        self.stores[survivor].reap()
        self.stores[dying] = Store(self.folder / "b", LIMIT, dying)  # started again under the same name
        for message in self.model.values():
            if message["owner"] == dying:
                self._freed(message)

    @rule(name=st.sampled_from(NAMES))
    def reap_among_the_living(self, name: str) -> None:
        for store in self.stores.values():
            store.reap()
        self.stores[name].reap()

    @rule(queue=st.sampled_from("xy"))
    def size_and_purge(self, queue: str) -> None:
        free = [
            tag
            for tag, message in self.model.items()
            if message["queue"] == queue and message["owner"] is None and not message["dead"]
        ]
        store = self.stores[NAMES[0]]
        assert store.size(queue) == len(free)
        if len(free) > 3:
            assert store.purge(queue) == len(free)
            for tag in free:
                del self.model[tag]

    @invariant()
    def file_and_model_agree(self) -> None:
        for store in self.stores.values():
            store.bindings("any")  # all three have opened the file
        with sqlite3.connect(self.folder / "b") as db:
            rows = db.execute("SELECT tag, queue, owner, deliveries, dead FROM message").fetchall()
        db.close()
        assert {row[0]: row[1:] for row in rows} == {
            tag: (message["queue"], message["owner"], message["count"], int(message["dead"]))
            for tag, message in self.model.items()
        }

    def teardown(self) -> None:
        self.stores.clear()
        shutil.rmtree(self.folder)


TestQueues = Queues.TestCase
TestQueues.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
