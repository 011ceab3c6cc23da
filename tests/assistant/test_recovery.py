"""The bot's process is stopped: the same end point answers from search within a second, and recovers by itself."""

from __future__ import annotations

import json
import time
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.rasa, pytest.mark.processes, pytest.mark.timeout(600)]
QUESTION = "xin ban sao hoc ba het bao nhieu tien"
PATIENCE = 300.0


def asked(portal: RunningPortal) -> tuple[dict[str, Any], float]:
    connection = HTTPConnection("127.0.0.1", urlsplit(portal.base_url).port, timeout=10)
    began = time.monotonic()
    connection.request(
        "POST",
        "/api/v1/assistant/messages",
        json.dumps({"text": QUESTION}),
        {"Content-Type": "application/json"},
    )
    answer = json.loads(connection.getresponse().read())
    took = time.monotonic() - began
    connection.close()
    (reply,) = answer["replies"]
    return reply, took


def until_the_bot_answers(portal: RunningPortal) -> None:
    until = time.monotonic() + PATIENCE
    while asked(portal)[0]["source"] != "bot":
        assert time.monotonic() < until, portal.log("bot")[-2_000:]
        time.sleep(2)


def test_search_answers_while_the_bot_is_away(running_portal: RunningPortal) -> None:
    until_the_bot_answers(running_portal)
    running_portal.kill("bot")
    try:
        reply, took = asked(running_portal)
        assert reply["source"] == "search"
        assert took < 1
        assert {"label": "Lệ phí", "value": "9.000 đ"} in reply["facts"]
    finally:
        running_portal.start("bot")
    until_the_bot_answers(running_portal)
