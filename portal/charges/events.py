"""Writing down what happened, inside the transaction of its cause."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.charges.models import ChargeEvent

NOTE_LENGTH = 300


def write_event(
    list_id: int,
    action: str,
    *,
    charge_id: int | None = None,
    note: str = "",
    actor_id: int | None = None,
    at: dt.datetime | None = None,
) -> None:
    """Append an event of a list, or of one of its charges."""
    ChargeEvent.objects.create(
        charge_list_id=list_id,
        charge_id=charge_id,
        action=action,
        note=note[:NOTE_LENGTH],
        actor_id=actor_id,
        at=at or timezone.now(),
    )
