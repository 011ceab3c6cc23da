"""Writing down what was changed in a season, inside the change's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from admissions.models import Season, SeasonEvent

if TYPE_CHECKING:
    from portal.accounts.models import User


def note(
    season: Season,
    action: str,
    *,
    actor: User | None,
    reason: str = "",
    round_number: int = 1,
    **facts: Any,
) -> SeasonEvent:
    """Append an event; ``facts`` are dates, counts and digests, never anything about a person."""
    return SeasonEvent.objects.create(
        season=season,
        round_number=round_number,
        action=action,
        actor=actor,
        reason=reason.strip(),
        facts=facts,
        at=timezone.now(),
    )
