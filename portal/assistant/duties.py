"""What the outbox does for this room."""

from __future__ import annotations

from typing import Any

from portal.assistant import services
from portal.outbox.ports import duty_handler


@duty_handler("assistant.mail")
def mail(payload: dict[str, Any]) -> None:
    """Send an officer's answer; the Message-ID stays, so that a second try is shown once."""
    services.mail_answers(turn_id=payload["turn_id"])
