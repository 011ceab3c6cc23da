"""The working calendar: rows by day, and the yearly files from which they come."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.common.clock import Calendar
from portal.common.text import tidy
from portal.organisations.models import CalendarDay, CalendarEvent
from portal.organisations.refusals import OrganisationRefusedError

_SATURDAY = 5
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


def calendar_rows(year: int) -> QuerySet[CalendarDay]:
    """List the province's days of a year that differ from the plain week, those not in force too."""
    rows = CalendarDay.objects.filter(organisation__isnull=True, day__year=year).order_by("day")
    return rows.prefetch_related("events__actor__officer")


def calendar_day(pk: int) -> CalendarDay | None:
    """Give one of the province's rows, if there is such a row."""
    return CalendarDay.objects.filter(organisation__isnull=True, pk=pk).first()


def _said(text: str, sentence: str, longest: int) -> str:
    text = tidy(text)
    if not text:
        raise OrganisationRefusedError(sentence)
    return text[:longest]


@transaction.atomic
def add_calendar_day(
    *, day: date, working: bool, name: str, source: str, actor_id: int | None = None
) -> CalendarDay:
    """Enter a day off, or a day at a weekend that is worked in exchange; in force at once.

    Dossiers that are running keep their due days until a pause of theirs ends: nothing is counted here.
    Raises OrganisationRefusedError for a day that would change nothing, or is there already.
    """
    name = _said(name, _("Ghi tên ngày, ví dụ Nghỉ bù Giỗ Tổ Hùng Vương."), 120)
    source = _said(source, _("Ghi văn bản làm căn cứ."), 200)
    weekend = day.weekday() >= _SATURDAY
    if working and not weekend:
        raise OrganisationRefusedError(
            _("Ngày này vốn là ngày làm việc. Chỉ thêm làm bù vào thứ Bảy, Chủ nhật.")
        )
    if not working and weekend:
        raise OrganisationRefusedError(_("Ngày này là cuối tuần, vốn đã nghỉ. Ghi ngày nghỉ bù nếu có."))
    try:
        with transaction.atomic():
            row = CalendarDay.objects.create(day=day, working=working, name=name, source=source)
    except IntegrityError as error:
        raise OrganisationRefusedError(_("Ngày này đã có trong lịch. Bật hoặc tắt dòng đó.")) from error
    _note(row.pk, CalendarEvent.Action.ADDED, source, actor_id)
    return row


@transaction.atomic
def switch_calendar_day(*, day_id: int, enabled: bool, source: str, actor_id: int | None = None) -> None:
    """Put a day into force, or out of it; raises OrganisationRefusedError where somebody was first."""
    source = _said(source, _("Ghi văn bản làm căn cứ."), 200)
    rows = CalendarDay.objects.filter(pk=day_id, organisation__isnull=True, enabled=not enabled)
    if rows.update(enabled=enabled) != 1:
        raise OrganisationRefusedError(_("Ngày này vừa được người khác đổi. Xem lại bảng."))
    _note(
        day_id, CalendarEvent.Action.ENABLED if enabled else CalendarEvent.Action.DISABLED, source, actor_id
    )


def _note(day_id: int, action: str, source: str, actor_id: int | None) -> None:
    CalendarEvent.objects.create(calendar_day_id=day_id, action=action, source=source, actor_id=actor_id)
