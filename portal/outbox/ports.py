"""How a room says what it does about a kind of duty: handlers in its ``duties.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

type Handler = Callable[[dict[str, Any]], None]

LEASE_SECONDS = 60
ATTEMPTS = 20


class Later(Exception):  # noqa: N818 -- not an error: the handler asks for another time
    """Raised by a handler that cannot act yet; the duty waits and no attempt is counted."""

    def __init__(self, seconds: float) -> None:
        """Wait ``seconds`` from now."""
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class DutyKind:
    """What to call, for how long a claim lasts unless extended, and how often to try."""

    name: str
    handler: Handler
    lease: timedelta
    attempts: int


_kinds: dict[str, DutyKind] = {}


def duty_handler(
    kind: str, *, lease_seconds: int = LEASE_SECONDS, attempts: int = ATTEMPTS
) -> Callable[[Handler], Handler]:
    """Register the decorated function for ``kind`` (a name such as ``notice.deliver``).

    The handler gets the payload, runs outside any transaction and may run twice: after a crash, or
    when it took longer than its lease. Whatever it raises except :class:`Later` counts as a failed
    attempt. A handler that may take longer than ``lease_seconds`` calls
    ``portal.outbox.services.extend_lease`` on its way.
    """

    def register(handler: Handler) -> Handler:
        known = _kinds.get(kind)
        if known is not None and known.handler is not handler:
            message = f"Two handlers for duties of the kind {kind!r}: {known.handler} and {handler}."
            raise ValueError(message)
        _kinds[kind] = DutyKind(kind, handler, timedelta(seconds=lease_seconds), attempts)
        return handler

    return register


def kind_of(name: str) -> DutyKind:
    """Find the registered kind; an unknown one fails like a handler, and so becomes visible."""
    return _kinds.get(name) or DutyKind(name, _no_handler, timedelta(seconds=LEASE_SECONDS), ATTEMPTS)


class NoHandlerError(LookupError):
    """Nobody registered the kind: a room is not installed, or an older release is still running."""


def _no_handler(_payload: dict[str, Any]) -> None:
    raise NoHandlerError
