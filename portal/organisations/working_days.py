"""The working calendar: rows by day, and the yearly files from which they come."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from portal.common.clock import Calendar
from portal.organisations.models import CalendarDay

FILES = Path(__file__).parent / "calendar"


@transaction.atomic
def load_calendar(year: int) -> int:
    """Enter the days of ``calendar/<year>.json`` that are not there yet; give how many.

    A row that an officer edited or switched stays as it is: the file only fills gaps.
    Raises FileNotFoundError for a year without a file.
    """
    listed = json.loads((FILES / f"{year}.json").read_text(encoding="utf-8"))["days"]
    province = CalendarDay.objects.filter(organisation__isnull=True, day__year=year)
    known = set(province.values_list("day", flat=True))
    rows = [
        CalendarDay(
            day=date.fromisoformat(entry["day"]),
            working=entry.get("working", False),
            name=entry["name"],
            source=entry["source"],
            enabled=entry.get("enabled", True),
        )
        for entry in listed
    ]
    fresh = [row for row in rows if row.day not in known]
    CalendarDay.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def years_on_file() -> list[int]:
    """Years for which a file exists, ascending."""
    return sorted(int(path.stem) for path in FILES.glob("*.json"))


def calendar(organisation_id: int | None = None) -> Calendar:
    """Give the days that differ from the plain week; an organisation's own rows outweigh the province's.

    One query, no cache: some forty rows, and every process sees a change at once.
    """
    whose = Q(organisation__isnull=True)
    if organisation_id is not None:
        whose |= Q(organisation_id=organisation_id)
    rows = CalendarDay.objects.filter(whose, enabled=True).values_list("day", "working", "organisation_id")
    # False sorts first: the province's rows, which the organisation's own then replace
    ranked = sorted(rows, key=lambda row: row[2] is not None)
    working = {day: worked for day, worked, _owner in ranked}
    return Calendar(
        off=frozenset(day for day, worked in working.items() if not worked),
        worked=frozenset(day for day, worked in working.items() if worked),
    )


def calendar_years() -> list[int]:
    """Years with at least one row of the province: beyond them, deadlines know no holidays yet."""
    days = CalendarDay.objects.filter(organisation__isnull=True).values_list("day", flat=True)
    return sorted({day.year for day in days})
