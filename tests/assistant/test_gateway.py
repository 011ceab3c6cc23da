"""Six places for all: the seventh waits 150 ms and is then told to look elsewhere."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytest_django import Settings

from portal.assistant import gateway


def test_the_seventh_waits_a_moment_and_is_sent_elsewhere(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    with ExitStack() as stack:
        for _ in range(gateway.PLACES):
            stack.enter_context(gateway.place())
        began = time.monotonic()
        with pytest.raises(gateway.BotUnavailableError, match="busy"), gateway.place():
            pytest.fail("there was a seventh place")
        assert 0.14 < time.monotonic() - began < 0.5
    with gateway.place():
        assert True, "free again"


@pytest.mark.usefixtures("without_bot")
def test_nobody_listens() -> None:
    with pytest.raises(gateway.BotUnavailableError):
        gateway.parse("xin chào")


def test_a_bot_that_knows_no_topics_yet_is_no_bot() -> None:
    with pytest.raises(gateway.BotUnavailableError, match="no-model"):
        gateway.read_answer({"text": "x"})
