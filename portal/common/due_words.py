"""How a due day is said: how much is left, with a sign beside the words, never by colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.clock import Calendar, working_days_between


@dataclass(frozen=True, slots=True)
class DueLabel:
    """What stands beside a dossier: ``kind`` late, today, ahead, paused or done; an icon; the words."""

    kind: str
    icon: str
    words: str
    day: date | None


def due_label(
    due: date | None,
    today: date,
    *,
    calendar: Calendar | None = None,
    hour: str = "",
    paused_since: date | None = None,
    done_on: date | None = None,
) -> DueLabel:
    """Say how a due day stands on ``today``, in working days of ``calendar`` (plain week without one).

    ``hour`` ("17:00") is added on the day itself. A pause or an answer given outweighs the counting.
    """
    days = calendar or Calendar()
    if done_on is not None:
        return _done(due, done_on, days)
    if paused_since is not None:
        return DueLabel("paused", "pause", _("Tạm dừng tính hạn"), paused_since)
    if due is None:
        return DueLabel("ahead", "calendar", _("Chưa có hạn"), None)
    if due == today:
        words = _("Hôm nay, %(hour)s") % {"hour": hour} if hour else _("Hôm nay")
        return DueLabel("today", "clock", words, due)
    left = working_days_between(today, due, days)
    if due < today:
        # due on a Friday and looked at on Saturday: late, though no working day has gone by
        late = max(-left, 1)
        words = ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", late) % {"days": late}
        return DueLabel("late", "warning", words, due)
    words = ngettext("Còn %(days)d ngày làm việc", "Còn %(days)d ngày làm việc", left) % {"days": left}
    return DueLabel("ahead", "calendar", words, due)


def _done(due: date | None, done_on: date, calendar: Calendar) -> DueLabel:
    if due is None or done_on == due:
        return DueLabel("done", "check", _("Xong đúng hạn"), done_on)
    if done_on < due:
        return DueLabel("done", "check", _("Xong trước hạn"), done_on)
    late = max(working_days_between(due, done_on, calendar), 1)
    words = ngettext("Xong, chậm %(days)d ngày", "Xong, chậm %(days)d ngày", late) % {"days": late}
    return DueLabel("done", "check", words, done_on)
