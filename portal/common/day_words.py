"""Days and hours as people say them, in the reader's language: "thứ Năm, 03/06", "9:40 thứ Năm, 03/06"."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import get_language

from portal.common.clock import ZONE

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def day_in_words(day: date, *, with_year: bool = False) -> str:
    """``2027-06-03`` → "thứ Năm, 03/06" ("Thursday, 03/06"), with the year "thứ Năm, 03/06/2027".

    A ``datetime`` must be aware; it counts as the day of a clock on the wall in Vietnam.
    """
    local = _local_day(day)
    weekday = _WEEKDAYS["en" if (get_language() or "").startswith("en") else "vi"][local.weekday()]
    return f"{weekday}, {local:%d/%m/%Y}" if with_year else f"{weekday}, {local:%d/%m}"


def hour_in_words(moment: datetime) -> str:
    """Give "9:40", never "09:40", on a clock in Vietnam; ``moment`` is aware."""
    local = moment.astimezone(ZONE)
    return f"{local.hour}:{local:%M}"


def moment_in_words(moment: datetime, *, with_year: bool = False) -> str:
    """``2027-06-03 02:40Z`` → "9:40 thứ Năm, 03/06"."""
    return f"{hour_in_words(moment)} {day_in_words(moment, with_year=with_year)}"


def _local_day(day: date) -> date:
    if isinstance(day, datetime):
        return day.astimezone(ZONE).date()
    return day
