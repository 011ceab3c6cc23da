"""How a procedure went in the last twelve months, for everybody to see; counted from events and ratings.

Counted up to the end of yesterday, so that a page which shows it changes by date alone.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import Avg, Count, Q

from portal.common.clock import ZONE, Calendar, local_day, working_days_between
from portal.organisations import selectors as organisations
from portal.procedures.models import Dossier, DossierEvent, Rating
from portal.procedures.ratings import SATISFIED
from portal.procedures.states import Action

MONTHS = 12
#: fewer than these say more of single families than of the procedure
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of the months before ``until`` (exclusive); shares in per cent, None where too few are known.

    ``average_days`` are working days from acceptance to the decision, waiting for the applicant left out.
    """

    since: dt.date
    until: dt.date
    received: int
    concluded: int
    on_time: int | None
    average_days: float | None
    rated: int
    satisfied: int | None
    level: float | None


def public_figures(code: str, day: dt.date) -> Figures:
    """Count a procedure's year up to (not including) ``day``. Five queries."""
    since = _a_year_before(day)
    begin, end = (dt.datetime.combine(moment, dt.time(), ZONE) for moment in (since, day))
    events = DossierEvent.objects.filter(dossier__procedure_code=code, at__gte=begin, at__lt=end)
    received = events.filter(action=Action.ACCEPT).count()
    done = Dossier.objects.filter(
        pk__in=events.filter(action__in=[Action.GRANT, Action.REFUSE]).values("dossier_id"),
        accepted_at__isnull=False,
        concluded_at__isnull=False,
        due_on__isnull=False,
    )
    rows = list(done.prefetch_related("pauses").only("pk", "accepted_at", "concluded_at", "due_on"))
    on_time = sum(
        local_day(row.concluded_at) <= row.due_on for row in rows if row.concluded_at and row.due_on
    )
    ratings = Rating.objects.filter(dossier__procedure_code=code, rated_at__gte=begin, rated_at__lt=end)
    rated = ratings.aggregate(
        all=Count("pk"), good=Count("pk", filter=Q(level__gte=SATISFIED)), level=Avg("level")
    )
    return Figures(
        since=since,
        until=day,
        received=received,
        concluded=len(rows),
        on_time=_share(on_time, len(rows)),
        average_days=_average(rows) if len(rows) >= ENOUGH else None,
        rated=rated["all"],
        satisfied=_share(rated["good"], rated["all"]),
        level=round(rated["level"], 1) if rated["all"] >= ENOUGH else None,
    )


def _a_year_before(day: dt.date) -> dt.date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _share(part: int, whole: int) -> int | None:
    """Give per cent, rounded down: 100 only where it is all of them."""
    return part * 100 // whole if whole >= ENOUGH else None


def _average(rows: list[Dossier]) -> float:
    """Average the working days; each different span is counted once, whatever the number of dossiers."""
    calendar = organisations.calendar()
    spans: Counter[tuple[dt.date, dt.date]] = Counter()
    waits: Counter[tuple[dt.date, dt.date]] = Counter()
    for row in rows:
        if row.accepted_at is None or row.concluded_at is None:
            continue
        end = local_day(row.concluded_at)
        spans[local_day(row.accepted_at), end] += 1
        waits.update((pause.began_on, min(pause.ended_on or end, end)) for pause in row.pauses.all())
    days = _days(spans, calendar) - _days(waits, calendar)
    return round(max(days, 0) / len(rows), 1)


def _days(spans: Counter[tuple[dt.date, dt.date]], calendar: Calendar) -> int:
    return sum(working_days_between(begin, end, calendar) * count for (begin, end), count in spans.items())
