"""Which engine answers: the one that the settings name, or the database while that one is away.

The database index is always kept, so it can answer at once. An engine that failed rests for a while; then it is
asked again, and what it missed is pushed to it (:mod:`portal.search.pushing`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from modelsearch.backends import get_search_backend

REST_SECONDS = 10.0
DATABASE = "default"

log = logging.getLogger(__name__)
_rests_until = 0.0


def database() -> Any:
    """Give the backend of the database; it is always there."""
    return get_search_backend(DATABASE)


_MADE: dict[tuple[str, str], Any] = {}


def outside() -> Any | None:
    """Give the backend of an engine outside the database; None where the settings name none."""
    name = settings.SEARCH_ENGINE
    if name == DATABASE:
        return None
    key = (name, repr(settings.WAGTAILSEARCH_BACKENDS[name]))
    if key not in _MADE:  # one client a process: it keeps connections
        _MADE[key] = get_search_backend(name)
    return _MADE[key]


def ask[T](call: Callable[[Any], T]) -> T:
    """Ask the engine, and the database where it does not answer; never fails because of the engine."""
    global _rests_until  # noqa: PLW0603 - one fact per process
    engine = outside()
    if engine is not None and time.monotonic() >= _rests_until:
        try:
            return call(engine)
        except Exception as error:  # noqa: BLE001 - whatever it says, people get an answer
            _rests_until = time.monotonic() + REST_SECONDS
            log.warning("search engine away, the database answers", extra={"error": type(error).__name__})
    return call(database())


def wake() -> None:
    """Let the engine be asked again at once: it was just heard."""
    global _rests_until  # noqa: PLW0603 - one fact per process
    _rests_until = 0.0


def is_resting() -> bool:
    """Whether the database answers for an engine that failed."""
    return outside() is not None and time.monotonic() < _rests_until
