"""When officers answer: 7:30 to 17:00 on the department's working days."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.common.clock import ZONE
from portal.organisations import selectors as organisations

OPENS, CLOSES = dt.time(7, 30), dt.time(17, 0)


def works_now(now: dt.datetime | None = None) -> bool:
    """Whether somebody is at the desk; ``now`` is aware, default: this moment."""
    local = (now or timezone.now()).astimezone(ZONE)
    office = organisations.department_or_none()
    days = organisations.calendar(office.pk if office else None)
    return days.is_working(local.date()) and OPENS <= local.time() < CLOSES


def opening_words() -> str:
    """Say the hours."""
    return "7:30–17:00 từ thứ Hai đến thứ Sáu, trừ ngày lễ"
