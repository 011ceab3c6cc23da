"""Counting turns in a table all processes share, by one statement that cannot be raced."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from portal.accounts.models import ThrottleCounter

LONGEST_WINDOW: Final = timedelta(days=1)

# One statement on SQLite and PostgreSQL alike. At the limit the WHERE keeps the row as it is and nothing
# is returned, so the count never passes the limit and a flood of refusals writes nothing.
_TAKE: Final = """
    INSERT INTO accounts_throttlecounter ("key", "window", "used") VALUES (%s, %s, 1)
    ON CONFLICT ("key", "window") DO UPDATE SET "used" = accounts_throttlecounter."used" + 1
    WHERE accounts_throttlecounter."used" < %s
    RETURNING "used"
"""


def take_turn(*, key: str, limit: int, seconds: int) -> bool:
    """Use one of ``limit`` turns that ``key`` has per window of ``seconds``; False: none is left.

    ``key`` holds ids or digests, never what a person typed. Windows are aligned to the clock, at most
    a day long. Call it before a transaction begins, else a rollback gives the turn back.
    """
    if not 0 < seconds <= LONGEST_WINDOW.total_seconds():
        raise ValueError("A window is between a second and a day long.")
    if limit < 1:
        return False
    now = int(time.time())
    return _take(key, now - now % seconds, limit)


def use_once(*, key: str, moment: int) -> bool:
    """Use up the pair of ``key`` and ``moment`` (seconds since 1970); False: it was used before."""
    return _take(key, moment, 1)


def was_used(*, key: str, moment: int) -> bool:
    """Say whether :func:`use_once` was called with these."""
    return ThrottleCounter.objects.filter(key=key, window=moment).exists()


def _take(key: str, window: int, limit: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key, window, limit])
        return bool(cursor.fetchall())


def seconds_until_next_turn(seconds: int) -> int:
    """Say how long the window that is running now still runs."""
    return seconds - int(time.time()) % seconds


def clear_old_turns() -> int:
    """Delete windows that nobody can be in any more; returns how many."""
    border = timezone.now() - 2 * LONGEST_WINDOW
    deleted, _ = ThrottleCounter.objects.filter(window__lt=int(border.timestamp())).delete()
    return deleted
