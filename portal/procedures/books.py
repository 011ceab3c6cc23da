"""The office's own papers: the control slip of a dossier (mẫu 05) and the register of a month (mẫu 06)."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.db.models import QuerySet

from portal.accounts import selectors as accounts
from portal.common.clock import ZONE, local_day
from portal.documents.ports import Sheet, Sight, Subject
from portal.organisations import selectors as organisations
from portal.procedures import registry, telling
from portal.procedures.definition import say
from portal.procedures.models import Dossier, DossierEvent, SupplementLeave
from portal.procedures.slips import about
from portal.procedures.states import LABELS, Status

#: roles that keep no register
_NOT_ON_FILES = frozenset({"editor", "finance", "auditor", "administrator"})
LONGEST = 2_000


def office_book(organisation_id: int) -> Subject:
    """Name an office as the owner of its registers."""
    return Subject("office-book", str(organisation_id))


def occasion_of(month: dt.date, today: dt.date) -> int:
    """Give the number of a month's register, its last day: 20261124 is today, or the month's end."""
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    day = min(last, today)
    return int(f"{day:%Y%m%d}")


def received_in(organisation_id: int, begin: dt.date, end: dt.date) -> QuerySet[Dossier]:
    """List what an office received from a day to another (both included), in the order of reception."""
    return (
        Dossier.objects.filter(
            organisation_id=organisation_id,
            accepted_at__gte=dt.datetime.combine(begin, dt.time(), ZONE),
            accepted_at__lt=dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), ZONE),
        )
        .select_related("definition", "applicant")
        .order_by("accepted_at", "pk")
    )


def second_requests(organisation_id: int, begin: dt.date, end: dt.date) -> int:
    """Count the leaves by which an office asked a second time, from a day to another (both included)."""
    return SupplementLeave.objects.filter(
        organisation_id=organisation_id,
        used_by__isnull=False,
        at__gte=dt.datetime.combine(begin, dt.time(), ZONE),
        at__lt=dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), ZONE),
    ).count()


def compose_ledger(subject_id: str, _kind: str, occasion: int) -> Sheet:
    """Write the register of the month of ``occasion``, up to that day."""
    end = dt.datetime.strptime(str(occasion), "%Y%m%d").replace(tzinfo=ZONE).date()
    begin = end.replace(day=1)
    rows = list(received_in(int(subject_id), begin, end)[:LONGEST])
    head = ("TT", "Mã hồ sơ", "Thủ tục", "Người nộp", "Ngày nhận", "Hẹn trả", "Có kết quả", "Tình trạng")
    table = [
        (
            str(number),
            row.code or "",
            say(registry.as_written(row.definition).short_title, "vi"),
            row.applicant.full_name,
            _day(row.accepted_at),
            f"{row.due_on:%d/%m/%Y}" if row.due_on else "",
            _day(row.concluded_at),
            str(LABELS[Status(row.status)]),
        )
        for number, row in enumerate(rows, start=1)
    ]
    done = [row for row in rows if row.concluded_at and row.due_on]
    on_time = sum(
        local_day(row.concluded_at) <= row.due_on for row in done if row.concluded_at and row.due_on
    )
    return Sheet(
        rows=(
            ("Đơn vị", organisations.name_on(int(subject_id), end) or ""),
            ("Từ ngày", f"{begin:%d/%m/%Y} đến ngày {end:%d/%m/%Y}"),
        ),
        table=(head, *table),
        more=(
            ("Số hồ sơ đã tiếp nhận", str(len(rows))),
            ("Đã có kết quả", f"{len(done)}, trong đó đúng hạn {on_time}"),
            (
                "Yêu cầu bổ sung thêm lần nữa theo cho phép của lãnh đạo",
                str(second_requests(int(subject_id), begin, end)),
            ),
        ),
    )


def control_sheet(dossier: Dossier, event: DossierEvent) -> Sheet:
    """Write who had a dossier when and what they did, up to an event."""
    definition = registry.as_written(dossier.definition)
    events = list(dossier.events.filter(number__lte=event.number).select_related("organisation"))
    head = ("TT", "Đơn vị", "Việc đã làm", "Người làm", "Lúc")
    table = [
        (
            str(number),
            item.organisation.name if item.organisation else "",
            telling.event_title(item, definition, "vi", officer=True),
            item.actor_name or "Tự động",
            f"{item.at.astimezone(ZONE):%H:%M %d/%m/%Y}",
        )
        for number, item in enumerate(events, start=1)
    ]
    due = f"ngày {dossier.due_on:%d/%m/%Y}" if dossier.due_on else "chưa tính, hồ sơ chưa được tiếp nhận"
    again = f"ngày {dossier.promised_on:%d/%m/%Y}" if dossier.promised_on else ""
    return Sheet(
        rows=about(dossier),
        table=(head, *table),
        more=(
            ("Hạn trả kết quả", due),
            ("Hẹn lại", again),
            ("Tình trạng", str(LABELS[Status(event.to_status)])),
        ),
    )


def may_see_book(user: Any, subject_id: str) -> Sight | None:
    """Let those who work on the office's files see its registers."""
    place = int(subject_id)
    mine = accounts.active_roles(user)
    if any(active.organisation_id == place and active.role not in _NOT_ON_FILES for active in mine):
        return Sight(own=False, organisation_id=place)
    return None


def _day(moment: dt.datetime | None) -> str:
    return f"{local_day(moment):%d/%m/%Y}" if moment else ""
