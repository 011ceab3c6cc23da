"""Reading orders, balances and differences."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payments import ports
from payments.gateways.vnpay.codes import Kind as CodeKind
from payments.gateways.vnpay.codes import sentence
from payments.models import (
    Attempt,
    BankMessage,
    Difference,
    LedgerEntry,
    Order,
    OrderLine,
    Payee,
    Reconciliation,
    Refund,
    Terminal,
)
from payments.subjects import orders_with, paid_lines
from portal.accounts.selectors import active_roles, has_role

if TYPE_CHECKING:
    from portal.accounts.models import User

__all__ = ["CURES", "Order", "Standing", "balances", "flagged_messages", "may_refund", "open_order_for",
           "order_of", "orders_with", "paid_for", "paid_lines", "refunds_waiting", "standing", "terminals_of",
           "way_back", "zero_difference_report"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands for the one who pays: ``state`` is one of open, waiting, held, paid, closed.

    ``waiting``: an attempt is with the bank. ``resumable``: its page at the bank can still be opened.
    ``last_words`` say why the last attempt failed.
    """

    state: str
    attempt: Attempt | None = None
    resumable: bool = False
    last_words: str = ""


def order_of(user: User, public_id: UUID) -> Order | None:
    """Give the payer's own order; None for anybody else's or none."""
    return (
        Order.objects.filter(payer=user, public_id=public_id)
        .select_related("terminal")
        .prefetch_related("lines__payee", "attempts")
        .first()
    )


def standing(order: Order, language: str = "vi") -> Standing:
    """Say how an order stands, from its own rows and nothing that came through a browser."""
    attempts = sorted(order.attempts.all(), key=lambda each: each.number)
    last = attempts[-1] if attempts else None
    if order.state == Order.State.PAID:
        paid = next((each for each in attempts if each.effect == Attempt.Effect.PAID), None)
        return Standing("paid", paid)
    if order.state == Order.State.CLOSED:
        return Standing("closed", last)
    held = next((each for each in attempts if each.state == Attempt.State.HELD), None)
    if held is not None:
        return Standing("held", held)
    pending = next((each for each in attempts if each.state == Attempt.State.PENDING), None)
    if pending is not None:
        return Standing("waiting", pending, resumable=pending.expires_at > timezone.now())
    words = ""
    if last is not None and last.state == Attempt.State.FAILED:
        words = sentence(CodeKind.PAYMENT, last.code, language)
    elif last is not None:
        words = sentence(CodeKind.PAYMENT, "11", language)
    return Standing("open", last, last_words=words)


def way_back(order: Order) -> str:
    """Give the path of the page of what is paid for."""
    line = order.lines.all()[0]
    return ports.payable(line.purpose).return_url(line.subject_id)


def _for_subject(purpose: str, subject_kind: str, subject_id: str) -> QuerySet[OrderLine]:
    return OrderLine.objects.filter(purpose=purpose, subject_kind=subject_kind, subject_id=subject_id)


def open_order_for(purpose: str, subject_kind: str, subject_id: str) -> Order | None:
    """Give the open order of a subject, if it has one."""
    line = (
        _for_subject(purpose, subject_kind, subject_id)
        .filter(order__state=Order.State.OPEN)
        .select_related("order")
        .first()
    )
    return line.order if line else None


def terminals_of(payee_ids: Collection[int]) -> dict[int, int | None]:
    """Say by which terminal the money of each payee goes; None where it takes none online. Two queries."""
    shared = Terminal.objects.filter(shared=True, active=True).values_list("pk", flat=True).first()
    own = dict(
        Payee.objects.filter(organisation_id__in=list(payee_ids), terminal__active=True).values_list(
            "organisation_id", "terminal_id"
        )
    )
    return {payee_id: own.get(payee_id, shared) for payee_id in payee_ids}


def paid_for(purpose: str, subject_kind: str, subject_id: str) -> int:
    """Say how much was paid for a subject, whole đồng, less what is being given back."""
    lines = _for_subject(purpose, subject_kind, subject_id).filter(order__state=Order.State.PAID)
    paid = lines.aggregate(total=Sum("amount"))["total"] or 0
    back = Refund.objects.filter(
        line__in=lines, attempt__effect=Attempt.Effect.PAID, state__in=Refund.COUNTING
    ).aggregate(total=Sum("amount"))["total"]
    return paid - (back or 0)


def balances() -> dict[str, int]:
    """Give every account's balance in whole đồng: what it gained less what it gave. They add up to 0."""
    totals: dict[str, int] = defaultdict(int)
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, total in LedgerEntry.objects.values_list(side).annotate(total=Sum("amount")):
            totals[account] += sign * total
    return dict(totals)


def may_refund(user: User, line: OrderLine) -> bool:
    """Whether somebody keeps the books of the line's payee today."""
    return has_role(user, line.payee_id, "finance")


def refunds_waiting(user: User) -> QuerySet[Refund]:
    """List refunds that wait for an officer who keeps the books of their payee, oldest first."""
    places = {active.organisation_id for active in active_roles(user) if active.role == "finance"}
    return (
        Refund.objects.filter(state=Refund.State.PROPOSED, line__payee_id__in=places)
        .select_related("line__order", "attempt", "maker")
        .order_by("proposed_at")
    )


def flagged_messages() -> QuerySet[BankMessage]:
    """List messages that nobody may overlook: another amount, an order that we do not know."""
    return BankMessage.objects.filter(verdict__in=("wrong_amount", "unknown_order", "")).order_by(
        "-received_at"
    )


CURES: dict[str, Promise] = {
    Difference.Kind.MISSING_HERE: _("Cổng đã hỏi lại ngân hàng; nếu mai vẫn còn, gửi tra soát."),
    Difference.Kind.MISSING_THERE: _("Gửi tra soát cho ngân hàng kèm mã giao dịch; chưa hoàn tiền."),
    Difference.Kind.AMOUNT: _("Đối chiếu sao kê; gửi tra soát cho ngân hàng."),
    Difference.Kind.HELD: _("Chờ ngân hàng kết luận giao dịch nghi ngờ, rồi nhận hoặc hoàn."),
    Difference.Kind.REFUND: _("Hỏi lại ngân hàng về lệnh hoàn; không gửi lệnh mới trước khi có trả lời."),
    Difference.Kind.UNDELIVERED: _(
        "Cổng báo lại hồ sơ mỗi giờ; nếu vẫn còn, quản trị xem các việc bị dừng."
    ),
}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A difference with its cure in words."""

    difference: Difference
    cure: str


@dataclass(frozen=True, slots=True)
class Report:
    """A day's comparison at all terminals; ``is_zero`` when bank, ledger and owners agree."""

    day: dt.date
    reconciled: list[Reconciliation]
    lines: list[ReportLine]

    @property
    def is_zero(self) -> bool:
        """Whether the day was compared and nothing differs."""
        return bool(self.reconciled) and not self.lines


def zero_difference_report(day: dt.date) -> Report:
    """Give the report of a day, each difference with its cure."""
    reconciled = list(Reconciliation.objects.filter(day=day).select_related("terminal"))
    differences = Difference.objects.filter(reconciliation__in=reconciled).select_related(
        "reconciliation__terminal"
    )
    lines = [
        ReportLine(difference, str(CURES[difference.kind]))
        for difference in differences.order_by(F("reference"))
    ]
    return Report(day, reconciled, lines)
