"""Receipts: one for each payee of a paid order, ordered by a duty, sealed by the documents' room.

Their numbers run without gaps within an organisation and year: number and row are one transaction there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.db.models import Sum

from payments.models import Attempt, Order, OrderLine, Refund
from payments.selectors.books import books_of
from portal.common.clock import ZONE
from portal.common.money import format_dong
from portal.common.spelled import spelled_dong
from portal.documents.ports import Sheet, Sight, Subject, register_composer, register_viewer
from portal.documents.services import order_document, revoke_of

if TYPE_CHECKING:
    from portal.accounts.models import User

SUBJECT = "payment"
KIND = "payment_receipt"


def register() -> None:
    """Write and show the receipts of this room."""
    register_composer(SUBJECT, compose)
    register_viewer(SUBJECT, may_see)


def subject_of(order_id: int, payee_id: int) -> Subject:
    """Name what a receipt belongs to: the part of an order that one payee took."""
    return Subject(SUBJECT, f"{order_id}.{payee_id}")


def order_receipts(*, order_id: int) -> int:
    """Order the receipts of a paid order; say how many. Ordering them again gives the same ones."""
    order = Order.objects.get(pk=order_id)
    if order.state != Order.State.PAID or order.paid_at is None:
        return 0
    payees = sorted(set(order.lines.values_list("payee_id", flat=True)))
    for payee_id in payees:
        # of two workers one orders it; the other's number goes back with its transaction
        with suppress(IntegrityError):
            order_document(
                subject=subject_of(order.pk, payee_id),
                kind=KIND,
                occasion=1,
                organisation_id=payee_id,
                at=order.paid_at,
            )
    return len(payees)


def compose(subject_id: str, _kind: str, _occasion: int) -> Sheet:
    """Say what a receipt says."""
    order_id, payee_id = (int(part) for part in subject_id.split("."))
    lines = list(OrderLine.objects.filter(order_id=order_id, payee_id=payee_id).order_by("pk"))
    paid = Attempt.objects.select_related("order__payer__citizen").get(
        order_id=order_id, effect=Attempt.Effect.PAID
    )
    amount = sum(line.amount for line in lines)
    at = (paid.paid_at or paid.settled_at or paid.created_at).astimezone(ZONE)
    return Sheet(
        rows=(
            ("Người nộp tiền", _name(paid.order.payer)),
            ("Hình thức thanh toán", f"Không dùng tiền mặt, qua VNPAY, ngân hàng {paid.bank}".rstrip()),
            ("Mã thanh toán", paid.order.code),
            ("Mã giao dịch", paid.transaction),
        ),
        items=tuple(f"{line.title}: {format_dong(line.amount)}" for line in lines),
        more=(
            ("Tổng số tiền", format_dong(amount)),
            ("Bằng chữ", spelled_dong(amount)),
            ("Nhận tiền lúc", f"{at:%H} giờ {at:%M} phút, ngày {at:%d/%m/%Y}"),
        ),
    )


def _name(payer: User | None) -> str:
    citizen = getattr(payer, "citizen", None)
    return citizen.full_name if citizen is not None else "Người trả qua liên kết thanh toán"


def may_see(user: User, subject_id: str) -> Sight | None:
    """Let the payer see a receipt as their own, and those who keep the payee's books as their work."""
    order_id, payee_id = (int(part) for part in subject_id.split("."))
    if Order.objects.filter(pk=order_id, payer=user).exists():
        return Sight()
    reach = books_of(user)
    if reach.everywhere or payee_id in reach.organisation_ids:
        return Sight(own=False, organisation_id=payee_id)
    return None


def take_back(*, refund_id: int) -> bool:
    """Take a receipt back once all that its payee took has gone back; False: try again later."""
    refund = Refund.objects.select_related("line", "attempt").get(pk=refund_id)
    order_id, payee_id = refund.line.order_id, refund.line.payee_id
    if refund.attempt.effect != Attempt.Effect.PAID:
        return True  # money beside a payment has no receipt
    came = OrderLine.objects.filter(order_id=order_id, payee_id=payee_id).aggregate(total=Sum("amount"))
    went = Refund.objects.filter(
        line__order_id=order_id,
        line__payee_id=payee_id,
        attempt__effect=Attempt.Effect.PAID,
        state=Refund.State.DONE,
    ).aggregate(total=Sum("amount"))
    if went["total"] != came["total"]:
        return True
    return revoke_of(subject=subject_of(order_id, payee_id), kind=KIND, why="Đã hoàn toàn bộ số tiền.")
