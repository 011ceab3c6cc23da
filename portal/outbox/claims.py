"""Who is at a duty: claims with a lease, and the moves that only a claim's holder may make.

Every move is one conditional UPDATE on state and revision, so of any number of processes that try at
once exactly one wins, and a holder whose lease ran out and was taken over changes nothing any more.
"""

from __future__ import annotations

import logging
import traceback
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.outbox import ports
from portal.outbox.models import Duty

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to perform one duty; ``revision`` proves it, ``attempts`` counts this one."""

    duty_id: int
    kind: ports.DutyKind
    payload: dict[str, Any]
    revision: int
    attempts: int


current: ContextVar[Claim | None] = ContextVar("current", default=None)


def due(now: datetime) -> QuerySet[Duty]:
    """Duties that wait, whose time has come and at which nobody is."""
    unclaimed = Q(lease_until=None) | Q(lease_until__lte=now)
    return Duty.objects.filter(unclaimed, state=Duty.State.WAITING, next_attempt_at__lte=now)


def take(duty_id: int) -> Claim | None:
    """Claim a duty; ``None`` when it is done, not due, or somebody else's."""
    duty = due(timezone.now()).filter(pk=duty_id).first()
    return None if duty is None else seize(duty)


def seize(duty: Duty) -> Claim | None:
    """Claim a duty as it was read; ``None`` when anything about it moved meanwhile."""
    now = timezone.now()
    kind = ports.kind_of(duty.kind)
    here = due(now).filter(pk=duty.pk, revision=duty.revision)
    if duty.attempts >= kind.attempts:  # every attempt ended with the death of its process
        _bury(here, duty.pk, kind.name, duty.attempts, duty.revision, "ProcessDied")
        return None
    claim = Claim(duty.pk, kind, duty.payload, duty.revision + 1, duty.attempts + 1)
    won = here.update(lease_until=now + kind.lease, attempts=claim.attempts, revision=claim.revision)
    return claim if won else None


def _mine(claim: Claim) -> QuerySet[Duty]:
    return Duty.objects.filter(pk=claim.duty_id, state=Duty.State.WAITING, revision=claim.revision)


def extend(claim: Claim, seconds: float) -> bool:
    """Move the end of the lease to ``seconds`` from now; ``False`` when the claim is lost."""
    return bool(_mine(claim).update(lease_until=timezone.now() + timedelta(seconds=seconds)))


def finish(claim: Claim) -> None:
    """Mark the duty done, unless somebody else took it over meanwhile and will."""
    finished = _mine(claim).update(
        state=Duty.State.DONE,
        done_at=timezone.now(),
        lease_until=None,
        last_error="",
        revision=claim.revision + 1,
    )
    if not finished:
        logger.warning("duty %d (%s) outlived its lease and runs again", claim.duty_id, claim.kind.name)


def postpone(claim: Claim, seconds: float) -> None:
    """Try again in ``seconds``; the attempt does not count."""
    _mine(claim).update(
        next_attempt_at=timezone.now() + timedelta(seconds=seconds),
        lease_until=None,
        attempts=claim.attempts - 1,
        revision=claim.revision + 1,
    )


def pause(attempts: int) -> timedelta:
    """How long to wait after the given number of failures: doubling, at most an hour."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_PAUSE)


def fail(claim: Claim, error: Exception) -> None:
    """Count a failure: another attempt later, or the end of attempts."""
    name = type(error).__qualname__
    # messages of errors quote values, so neither row nor log keeps them: class and place must do
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    logger.warning("duty %d (%s) failed: %s at %s", claim.duty_id, claim.kind.name, name, place)
    if claim.attempts >= claim.kind.attempts:
        _bury(_mine(claim), claim.duty_id, claim.kind.name, claim.attempts, claim.revision, name)
        return
    _mine(claim).update(
        next_attempt_at=timezone.now() + pause(claim.attempts),
        lease_until=None,
        last_error=name[:200],
        revision=claim.revision + 1,
    )


def _bury(here: QuerySet[Duty], duty_id: int, kind: str, attempts: int, revision: int, error: str) -> None:
    if here.update(state=Duty.State.DEAD, lease_until=None, last_error=error[:200], revision=revision + 1):
        logger.error(
            "duty %d (%s) is dead after %d attempts, last: %s. Revive it: manage revive_duties %d",
            duty_id,
            kind,
            attempts,
            error,
            duty_id,
        )
