"""The look-up for everybody: limits by address and by key, alarms, one query, one row, hit or miss alike."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts.services import take_turn
from portal.diplomas.models import Entry, Look, Sweep
from portal.diplomas.records import keys_of_number, keys_of_person
from portal.diplomas.selectors import find_public

HOUR = 3_600
WITH_PROOF = 30
"""Look-ups an hour of an address whose browser did the work."""
WITHOUT_PROOF = 3
"""Look-ups an hour of an address without it (no script)."""
PER_KEY = 10
"""Look-ups an hour of one name with its birthday, and of one number, from wherever."""
MISSES = 300
"""Misses an hour from everywhere together that ring an alarm."""
KEEP_MISSES = dt.timedelta(days=30)


class TooManyError(Exception):
    """A limit was reached; which one is nobody's business but the register's officers'."""


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed: a serial or register number, a name, a (partial) date of birth."""

    number: str
    name: str
    birth: str


def look_up(*, question: Question, address: str, proven: bool) -> list[Entry]:
    """Find by two keys. The work is the same for a wrong key, a missing diploma and a hit.

    ``address`` is a digest. Raises :class:`TooManyError` at a limit, and writes an alarm.
    """
    kind, limit = ("proven", WITH_PROOF) if proven else ("plain", WITHOUT_PROOF)
    if not take_turn(key=f"diploma-{kind}:{address}", limit=limit, seconds=HOUR):
        _refuse(Sweep.Kind.ADDRESS, address)
    serial, register = keys_of_number(question.number)
    people = keys_of_person(question.name, question.birth)
    for key in (people[0] if people else "-", serial or register or "-"):
        if not take_turn(key=f"diploma-key:{key}", limit=PER_KEY, seconds=HOUR):
            _refuse(Sweep.Kind.KEY, key)
    found = find_public(question.number, question.name, question.birth)
    Look.objects.create(entry=found[0] if found else None, way=Look.Way.PUBLIC, address=address)
    return found


def _refuse(kind: str, subject: str) -> None:
    ring(kind, subject)
    raise TooManyError


def ring(kind: str, subject: str, count: int = 1) -> None:
    """Write an alarm, one row an hour for the same subject."""
    window = timezone.now().replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        alarm, new = Sweep.objects.get_or_create(
            kind=kind, subject=subject, window=window, defaults={"count": count}
        )
        if not new:
            Sweep.objects.filter(pk=alarm.pk).update(count=F("count") + count)


def mark_seen(*, sweep_id: int, actor_id: int) -> bool:
    """Say that an officer looked into an alarm; False where somebody did already."""
    return bool(
        Sweep.objects.filter(pk=sweep_id, seen_at=None).update(seen_by_id=actor_id, seen_at=timezone.now())
    )


def watch(now: dt.datetime | None = None) -> int:
    """Ring where too many look-ups of the last hour found nothing; forget old misses; give the misses."""
    now = now or timezone.now()
    misses = Look.objects.filter(entry=None, at__gte=now - dt.timedelta(hours=1)).count()
    if misses > MISSES:
        window = now.replace(minute=0, second=0, microsecond=0)
        Sweep.objects.get_or_create(
            kind=Sweep.Kind.MISSES, subject="", window=window, defaults={"count": misses}
        )
    Look.objects.filter(entry=None, at__lt=now - KEEP_MISSES).delete()
    return misses
