"""The duty of this room: give an outside engine what changed."""

from __future__ import annotations

from typing import Any

from portal.outbox.ports import Later, duty_handler
from portal.search import pushing

_PATIENCE = 15.0


@duty_handler("search.push", lease_seconds=120)
def push(_payload: dict[str, Any]) -> None:
    """Push everything that waits; an engine that is away is asked again later, and no attempt is counted."""
    try:
        pushing.push()
    except Exception as error:
        raise Later(_PATIENCE) from error
