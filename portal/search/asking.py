"""Counting what people look for, so that editors see what nobody answers; nothing about who asked."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db.models import F
from django.utils import timezone

from portal.common.clock import local_day
from portal.search.folding import folded_words
from portal.search.models import Asked

KEPT_FROM = 3
KEEP_DAYS = 180
_LONGEST = 120
#: more digits than this may be somebody's number
_MOST_DIGITS = 6


def remember(text: str, found: int) -> bool:
    """Count a query; False for what may be personal. Its words are kept when it is asked the third time."""
    folded = " ".join(folded_words(text))
    if not folded or len(folded) > _LONGEST or "@" in text or sum(map(str.isdigit, folded)) > _MOST_DIGITS:
        return False
    digest = hashlib.sha256(folded.encode()).hexdigest()
    today = local_day(timezone.now())
    known = Asked.objects.filter(digest=digest)
    if not known.update(times=F("times") + 1, found=found, last_on=today):
        Asked.objects.bulk_create([Asked(digest=digest, found=found, last_on=today)], ignore_conflicts=True)
        return True
    known.filter(times__gte=KEPT_FROM, words="").update(words=folded)
    return True


def forget_old(today: dt.date) -> int:
    """Delete what nobody asked for half a year; give how many."""
    deleted, _kinds = Asked.objects.filter(last_on__lt=today - dt.timedelta(days=KEEP_DAYS)).delete()
    return deleted
