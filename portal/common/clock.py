"""The legal clock: when an answer is due, and why. Free of Django.

Rules (NĐ 61/2018 and its amendments as applied here): time is counted in Asia/Ho_Chi_Minh; day 1 is
the working day after reception; reception on a day off counts as reception on the next working day;
with a cut-off hour, reception at or after it counts as reception on the next working day; pauses
(waiting for a supplement or for money) count whole working days, first and last day included; a
Saturday worked in exchange is a working day. Zero working days means "the same day".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from portal.common.deadline_words import PauseFact, Reckoning, sentences
from portal.common.working_days import Calendar, days_from, working_days_between

__all__ = [
    "LONGEST",
    "ZONE",
    "Calendar",
    "Pause",
    "counted_reception",
    "due_day",
    "explain",
    "local_day",
    "paused_days",
    "working_days_between",
]

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

Pause = tuple[date, date | None]
"""First and last day, both included; ``None`` while it lasts."""

LONGEST = 3_660
"""Working days; beyond it a deadline is a slip of the keyboard."""


def local_day(moment: datetime) -> date:
    """Give the day that a clock on the wall in Vietnam shows at ``moment`` (aware)."""
    return _local(moment).date()


def counted_reception(received: datetime, calendar: Calendar, cutoff: time | None = None) -> date:
    """Give the working day on which ``received`` counts as received."""
    local = _local(received)
    day = local.date()
    in_time = cutoff is None or local.time() < cutoff
    return day if calendar.is_working(day) and in_time else calendar.next_working(day)


def due_day(
    received: datetime,
    working_days: int,
    calendar: Calendar,
    cutoff: time | None = None,
    pauses: Sequence[Pause] = (),
    today: date | None = None,
) -> date:
    """Give the day by whose end the answer is due; always a working day.

    A pause that still lasts counts up to ``today`` (without it: its first day only), so the day
    given is the earliest possible one until the pause ends. Raises :class:`ValueError` for a naive
    ``received``, a number of days outside 0…:data:`LONGEST`, a pause that ends before it begins.
    """
    if not 0 <= working_days <= LONGEST:
        message = f"a deadline is 0 to {LONGEST} working days, not {working_days}"
        raise ValueError(message)
    closed = [_closed(pause, today) for pause in pauses]
    day = counted_reception(received, calendar, cutoff)
    if working_days == 0:
        # the same day, unless the clock stands still on it
        while _in(day, closed):
            day = calendar.next_working(day)
    for _ in range(working_days):
        day = calendar.next_working(day)
        while _in(day, closed):
            day = calendar.next_working(day)
    return day


def paused_days(first: date, last: date, calendar: Calendar, pauses: Sequence[Pause]) -> list[date]:
    """List the working days of ``first``…``last`` (both included) on which the clock stood still.

    A pause that still lasts counts for all of the days asked for.
    """
    closed = [_closed(pause, last) for pause in pauses]
    days = days_from(first, (last - first).days + 1)
    return [day for day in days if calendar.is_working(day) and _in(day, closed)]


def explain(
    received: datetime,
    working_days: int,
    calendar: Calendar,
    cutoff: time | None = None,
    pauses: Sequence[Pause] = (),
    today: date | None = None,
    language: str = "vi",
) -> list[str]:
    """Tell why :func:`due_day` gives its day for the same arguments: sentences in ``vi`` or ``en``."""
    due = due_day(received, working_days, calendar, cutoff, pauses, today)
    counted = counted_reception(received, calendar, cutoff)
    facts = []
    for pause in sorted(pauses, key=lambda pause: pause[0]):
        first, last = _closed(pause, today)
        still = paused_days(counted, due, calendar, [(first, last)])
        if still:
            facts.append(PauseFact(first, last, len(still), lasting=pause[1] is None))
    return sentences(
        Reckoning(_local(received), counted, cutoff, working_days, due, facts, calendar), language
    )


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        message = "the legal clock needs an aware datetime: a naive one hides its zone"
        raise ValueError(message)
    return moment.astimezone(ZONE)


def _closed(pause: Pause, today: date | None) -> tuple[date, date]:
    first, last = pause
    if last is None:
        return first, max(first, today or first)
    if last < first:
        message = f"a pause ends ({last}) before it begins ({first})"
        raise ValueError(message)
    return first, last


def _in(day: date, pauses: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in pauses)
