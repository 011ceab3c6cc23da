"""Consequences that this room carries out: registered with the outbox when the app is ready."""

from __future__ import annotations

from typing import Any

from portal.accounts import services
from portal.outbox.ports import duty_handler


@duty_handler("accounts.match_claim")
def match_claim(payload: dict[str, Any]) -> None:
    """Compare a claim with the sector's data; may run twice."""
    services.match_claim(claim_id=int(payload["claim_id"]))
