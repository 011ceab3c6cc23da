"""Excel out: who has paid, and a file to fill in. Never card data: this room does not have any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.charges.models import Charge, ChargeList
from portal.charges.sheet import HEADINGS
from portal.common.clock import local_day
from portal.pupils import selectors as pupils
from portal.pupils.ports import write_sheet

_COLUMNS = (
    "Số thứ tự", "Lớp", "Họ tên", "Số lượng", "Số tiền (đồng)", "Trạng thái", "Đã nộp (đồng)", "Cách nộp",
    "Ngày nộp", "Lý do miễn",
)  # fmt: skip
_WIDTHS = (10, 10, 30, 10, 16, 22, 16, 24, 12, 30)
_FETCHED = 1_000


def export_list(*, listed: ChargeList, out: BinaryIO) -> int:
    """Write a list's rows of today to ``out``; give how many. Whoever hands it out records the look."""
    return write_sheet(_lines(listed), out, title=_("Khoản thu"), headings=_COLUMNS, widths=_WIDTHS)


def _lines(listed: ChargeList) -> Iterator[tuple[str | int | dt.date, ...]]:
    rows = (
        Charge.objects.filter(charge_list=listed)
        .exclude(state=Charge.State.CORRECTED)
        .select_related("pupil")
        .order_by("number", "pk")
    )
    for row in rows.iterator(chunk_size=_FETCHED):
        paid = row.state == Charge.State.PAID
        yield (
            row.number,
            row.class_name,
            row.pupil.full_name,
            row.quantity,
            row.amount,
            str(row.get_state_display()),
            row.amount if paid else row.carried,
            str(row.get_paid_via_display()) if row.paid_via else "",
            local_day(row.paid_at) if row.paid_at else "",
            row.exemption,
        )


def write_template(*, school_id: int, day: dt.date, quantity: int, out: BinaryIO) -> int:
    """Write a school's pupils into a file to fill in and send back, with their IDs; give how many.

    Whoever hands it out has checked the right to it and records the look.
    """
    found = pupils.pupils_of(school_id, day)
    lines = (
        (each.class_name, each.pupil.full_name, each.pupil.personal_id, quantity, "")
        for each in found.iterator(chunk_size=_FETCHED)
    )
    return write_sheet(
        lines,
        out,
        title="Khoản thu",
        headings=tuple(HEADINGS.values()),
        widths=(10, 30, 22, 10, 30),
    )
