"""What the room owes: documents made and sealed, bytes erased after their rows are gone."""

from __future__ import annotations

from typing import Any

from portal.documents import issuing, storage
from portal.outbox.ports import duty_handler


@duty_handler("documents.erase")
def erase(payload: dict[str, Any]) -> None:
    """Erase files; running again finds nothing to do."""
    storage.erase(*payload["names"])


@duty_handler("documents.issue", lease_seconds=120)
def issue(payload: dict[str, Any]) -> None:
    """Make, seal and store a document; running again finds it issued."""
    issuing.issue_document(document_id=payload["document"])
