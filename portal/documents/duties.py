"""What the room owes: bytes erased after their rows are gone."""

from __future__ import annotations

from typing import Any

from portal.documents import storage
from portal.outbox.ports import duty_handler


@duty_handler("documents.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase files; running again finds nothing to do."""
    storage.erase(*payload["names"])
