"""Signs of life of processes that nobody can ask over HTTP: the worker and its clock.

They lie in the cache, because every profile shares it between processes (files under DATA_DIR here,
Redis where the parts run on several machines); a lost sign is replaced by the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

EVERY = timedelta(seconds=10)
FRESH = timedelta(seconds=45)  # a worker whose threads are all busy may miss a few


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """``since``: when the unbroken row of signs began; ``seen``: the latest one (both UTC)."""

    since: datetime
    seen: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Tell whether the process counts as alive."""
        return now - self.seen < FRESH


def beat(part: str) -> None:
    """Leave a sign for ``part``; after a silence a new row begins."""
    now = timezone.now()
    last = latest(part)
    since = last.since if last is not None and last.is_fresh(now) else now
    cache.set(_key(part), (since, now), timeout=3600)


def begin(part: str) -> None:
    """Leave the first sign of a process that has just started."""
    now = timezone.now()
    cache.set(_key(part), (now, now), timeout=3600)


def latest(part: str) -> Heartbeat | None:
    """Return the latest sign, or None where there was none within the hour."""
    stored = cache.get(_key(part))
    return Heartbeat(*stored) if stored else None


def _key(part: str) -> str:
    return f"heartbeat:{part}"
