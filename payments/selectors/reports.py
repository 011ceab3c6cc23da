"""The nightly report: bank × ledger × owner, and what cures each difference."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments.models import Attempt, Difference, OrderLine, Payee, Reconciliation, Terminal
from payments.selectors.books import Reach

CURES: dict[str, Promise] = {
    Difference.Kind.MISSING_HERE: _("Cổng đã hỏi lại ngân hàng; nếu mai vẫn còn, gửi tra soát."),
    Difference.Kind.MISSING_THERE: _("Gửi tra soát cho ngân hàng kèm mã giao dịch; chưa hoàn tiền."),
    Difference.Kind.AMOUNT: _("Đối chiếu sao kê; gửi tra soát cho ngân hàng."),
    Difference.Kind.HELD: _("Chờ ngân hàng kết luận giao dịch nghi ngờ, rồi nhận hoặc từ chối."),
    Difference.Kind.REJECTED: _(
        "Đã từ chối giao dịch nghi ngờ. Yêu cầu ngân hàng trả lại người trả; dòng này hết khi ngân hàng trả xong."
    ),
    Difference.Kind.REFUND: _("Hỏi lại ngân hàng về lệnh hoàn; không gửi lệnh mới trước khi có trả lời."),
    Difference.Kind.UNDELIVERED: _(
        "Cổng báo lại hồ sơ mỗi giờ; nếu vẫn còn, quản trị xem các việc bị dừng."
    ),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A difference with its cure in words; ``order_code`` is empty where we know no such payment."""

    difference: Difference
    cure: str
    order_code: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A day's comparison at terminals; ``is_zero`` when bank, ledger and owners agree.

    ``missing`` are terminals of which no file was compared yet.
    """

    day: dt.date
    reconciled: list[Reconciliation]
    lines: list[ReportLine]
    missing: tuple[Terminal, ...] = ()

    @property
    def is_zero(self) -> bool:
        """Whether the day was compared everywhere and nothing differs."""
        return bool(self.reconciled) and not self.lines and not self.missing


def zero_difference_report(day: dt.date, reach: Reach | None = None) -> Report:
    """Give the report of a day, each difference with its cure: of all terminals, or of those within reach.

    Within reach are an organisation's own terminal whole, and of the shared one the differences of its own
    payments; the department's accountant reads all.
    """
    reach = reach or Reach(frozenset(), everywhere=True)
    terminals = _terminals(reach)
    done = list(Reconciliation.objects.filter(day=day, terminal__in=terminals).select_related("terminal"))
    differences = list(_differences(day, reach, done))
    codes = dict(
        Attempt.objects.filter(reference__in=[each.reference for each in differences]).values_list(
            "reference", "order__code"
        )
    )
    compared = {each.terminal_id for each in done}
    return Report(
        day,
        done,
        [ReportLine(each, str(CURES[each.kind]), codes.get(each.reference, "")) for each in differences],
        tuple(each for each in terminals if each.active and each.pk not in compared),
    )


def _terminals(reach: Reach) -> list[Terminal]:
    every = Terminal.objects.order_by("code")
    if reach.everywhere:
        return list(every)
    own = Payee.objects.filter(organisation_id__in=reach.organisation_ids, terminal__shared=False)
    others = Payee.objects.exclude(organisation_id__in=reach.organisation_ids)
    return list(every.filter(pk__in=own.values("terminal_id")).exclude(pk__in=others.values("terminal_id")))


def _differences(day: dt.date, reach: Reach, done: list[Reconciliation]) -> Iterable[Difference]:
    found = Difference.objects.select_related("reconciliation__terminal").order_by(F("reference"), "pk")
    if reach.everywhere:
        return found.filter(reconciliation__in=done)
    mine = OrderLine.objects.filter(reach.of("payee_id")).values("order_id")
    references = Attempt.objects.filter(order__in=mine).values("reference")
    own = found.filter(reconciliation__in=done)
    beside = found.filter(reconciliation__day=day, reference__in=references)
    return (own | beside).distinct()
