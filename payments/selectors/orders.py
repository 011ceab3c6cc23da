"""Reading orders as those who pay see them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone

from payments import ports, receipts
from payments.gateways.vnpay.codes import Kind as CodeKind
from payments.gateways.vnpay.codes import sentence
from payments.models import Attempt, Order, OrderLine, Payee, Refund, Terminal
from portal.documents import selectors as documents

if TYPE_CHECKING:
    from portal.accounts.models import User


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


def _told() -> QuerySet[Order]:
    return Order.objects.select_related("terminal").prefetch_related("lines__payee", "attempts")


def order_of(user: User, public_id: UUID) -> Order | None:
    """Give the payer's own order; None for anybody else's or none."""
    return _told().filter(payer=user, public_id=public_id).first()


def order(pk: int) -> Order | None:
    """Give an order by its row id, for whoever has proven the right to it; None where there is none."""
    return _told().filter(pk=pk).first()


def orders_of(user: User) -> QuerySet[Order]:
    """List a payer's orders, the newest first, with lines, attempts and refunds read along."""
    return _told().filter(payer=user).prefetch_related("lines__refunds").order_by("-created_at", "-pk")


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


def is_being_paid(order: Order) -> bool:
    """Whether an attempt of the order is with the bank, or its money is held there."""
    return order.attempts.filter(state__in=(Attempt.State.PENDING, Attempt.State.HELD)).exists()


def paid_for(purpose: str, subject_kind: str, subject_id: str) -> int:
    """Say how much was paid for a subject, whole đồng, less what is being given back."""
    lines = _for_subject(purpose, subject_kind, subject_id).filter(order__state=Order.State.PAID)
    paid = lines.aggregate(total=Sum("amount"))["total"] or 0
    back = Refund.objects.filter(
        line__in=lines, attempt__effect=Attempt.Effect.PAID, state__in=Refund.COUNTING
    ).aggregate(total=Sum("amount"))["total"]
    return paid - (back or 0)


def terminals_of(organisation_ids: Collection[int]) -> dict[int, int | None]:
    """Give each payee's terminal (row id, None: takes no money online): equal ones may share an order.

    Two queries, however many payees.
    """
    shared = Terminal.objects.filter(shared=True, active=True).values_list("pk", flat=True).first()
    own = dict(
        Payee.objects.filter(organisation_id__in=list(organisation_ids), terminal__active=True).values_list(
            "organisation_id", "terminal_id"
        )
    )
    return {payee: own.get(payee, shared) for payee in organisation_ids}


def receipts_of(orders: Iterable[Order]) -> dict[int, list[documents.ToldDocument]]:
    """Give the receipts of orders, by the order's row id. One query, besides the lines where not read yet."""
    ids = {
        receipts.subject_of(order.pk, line.payee_id).id: order.pk
        for order in orders
        for line in order.lines.all()
    }
    told: dict[int, list[documents.ToldDocument]] = {}
    for subject_id, found in documents.documents_of_many(receipts.SUBJECT, ids).items():
        told.setdefault(ids[subject_id], []).extend(found)
    return told
