"""Asking the bot over loopback: a token, a short patience, six places for all workers together."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import httpx
from django.conf import settings

from portal.assistant.understanding import Parsed

PLACES = 6
WAIT_FOR_PLACE = 0.15  # seconds
LOOK = 0.01
PATIENCE = 0.8  # seconds for an answer; the citizen has one within a second, from here or from search


class BotUnavailableError(Exception):
    """The bot is down, slow, training or busy: answer from search. The word says which, for the log."""


def parse(text: str) -> Parsed:
    """Ask the bot what a text is about; raises :class:`BotUnavailableError`.

    ``text`` has passed :func:`portal.assistant.understanding.odd_message`: a leading "/" never gets here.
    """
    with place():
        try:
            answer = _client().post(
                "/model/parse", params={"token": settings.RASA_TOKEN}, json={"text": text}
            )
            answer.raise_for_status()
            said = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise BotUnavailableError(type(error).__name__) from error
    return read_answer(said)


def read_answer(said: dict[str, object]) -> Parsed:
    """Translate the bot's JSON; raises :class:`BotUnavailableError` where it knows no topics yet."""
    ranking = said.get("intent_ranking")
    if not isinstance(ranking, list):
        raise BotUnavailableError("no-model")
    entities = said.get("entities")
    return Parsed(
        tuple((str(row["name"]), float(row["confidence"])) for row in ranking),
        tuple((str(row["entity"]), str(row["value"])) for row in entities)
        if isinstance(entities, list)
        else (),
    )


@cache
def _client() -> httpx.Client:
    return httpx.Client(
        base_url=settings.RASA_URL, timeout=httpx.Timeout(PATIENCE, connect=0.2), trust_env=False
    )


def forget_connections() -> None:
    """Ask anew where the bot is; for settings that change while a process lives."""
    if _client.cache_info().currsize:
        _client().close()
    _client.cache_clear()


@contextmanager
def place() -> Iterator[None]:
    """Hold one of the places; a lock on a file ends with its holder, so that no dead worker keeps one."""
    folder = Path(settings.DATA_DIR) / "run" / "assistant"
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + WAIT_FOR_PLACE
    while True:
        for number in range(PLACES):
            held = _try_to_hold(folder / f"place-{number}")
            if held is not None:
                try:
                    yield
                finally:
                    os.close(held)
                return
        if time.monotonic() >= until:
            raise BotUnavailableError("busy")
        time.sleep(LOOK)


def _try_to_hold(path: Path) -> int | None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return descriptor
    os.close(descriptor)
    return None
