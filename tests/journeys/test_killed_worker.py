"""kill -9 of the worker while it signs and sends: one valid slip, one notice, every mail under one Message-ID."""

from __future__ import annotations

import re
import time

import pytest

from tests.journeys import inside
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.processes, pytest.mark.timeout(400)]

PATIENCE = 90.0


def test_a_worker_that_dies_again_and_again_loses_and_doubles_nothing(
    running_portal: RunningPortal,
) -> None:
    inside.ask(running_portal, "accept_many")
    written = ""
    for pause in (0.2, 0.5, 0.9):
        time.sleep(pause)
        running_portal.kill("worker")
        written += running_portal.log("worker")
        inside.ask(running_portal, "end_leases")
        running_portal.start("worker")
    deadline = time.monotonic() + PATIENCE
    while True:
        told = inside.ask(running_portal, "what_became")
        done = all(all(row["slips"]) and all(sent for _id, sent in row["mails"]) for row in told)
        if done or time.monotonic() > deadline:
            break
        inside.ask(running_portal, "end_leases")
        time.sleep(1.0)
    written += running_portal.log("worker")
    assert len(told) == 6
    for row in told:
        assert row["slips"] == [True], told
        assert row["notices"] == ["dossier.accepted", "dossier.submitted"]
        assert len(row["mails"]) == 2
        for message_id, sent in row["mails"]:
            assert sent
            assert written.count(message_id) >= 1, "at least once"
    ours = {message_id for row in told for message_id, _sent in row["mails"]}
    assert len(ours) == 12
    assert ours <= set(re.findall(r"<[0-9a-f-]{36}@[^>]+>", written))
