"""How far the duties are."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min, QuerySet

from portal.outbox.models import Duty


def counts() -> dict[str, int]:
    """Count duties by state; every state is there: ``waiting``, ``done``, ``dead``."""
    found = dict(Duty.objects.values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Duty.State.values}


def dead(*, kind: str | None = None) -> QuerySet[Duty]:
    """Duties that need a person, oldest first."""
    duties = Duty.objects.filter(state=Duty.State.DEAD).order_by("pk")
    return duties.filter(kind=kind) if kind else duties


def waiting_since() -> datetime | None:
    """Since when the longest-waiting due duty has been due; long ago means that no worker works."""
    oldest: datetime | None = Duty.objects.filter(state=Duty.State.WAITING).aggregate(
        oldest=Min("next_attempt_at")
    )["oldest"]
    return oldest
