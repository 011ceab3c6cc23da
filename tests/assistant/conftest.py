"""The real bot, trained once and kept by its digest; and the talk as people have it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from portal.assistant import gateway
from tasks.assistant.model import Ingredients, trained
from tasks.assistant.running import TOKEN, Bot, running
from tests.support.schema import KEPT, one_at_a_time

API = "/api/v1/assistant/messages"


@pytest.fixture(scope="session")
def bot() -> Iterator[Bot]:
    """Start Rasa with the model of what is committed."""
    with one_at_a_time("assistant-model"):
        model, _ = trained(KEPT / "assistant-models", Ingredients())
    with running(model) as started:
        yield started


@pytest.fixture
def with_bot(bot: Bot, settings: Settings) -> Iterator[Bot]:
    """Let the portal of this test ask that bot."""
    settings.RASA_URL, settings.RASA_TOKEN = f"http://127.0.0.1:{bot.port}", TOKEN
    gateway.forget_connections()
    yield bot
    gateway.forget_connections()


@pytest.fixture
def without_bot(settings: Settings) -> Iterator[None]:
    """Let the portal ask a port at which nobody listens."""
    settings.RASA_URL = "http://127.0.0.1:9"
    gateway.forget_connections()
    yield
    gateway.forget_connections()


def ask(client: Client, text: str) -> dict[str, Any]:
    """Ask over the API and give its JSON."""
    answer = client.post(API, {"text": text}, "application/json")
    assert answer.status_code == 200, answer.content.decode()
    said: dict[str, Any] = answer.json()
    return said


def only(said: dict[str, Any]) -> dict[str, Any]:
    """Give the one reply."""
    (reply,) = said["replies"]
    answer: dict[str, Any] = reply
    return answer
