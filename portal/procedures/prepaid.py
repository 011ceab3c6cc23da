"""A fee that is part of submitting: the draft waits for the bank, and becomes a dossier when the money is there.

A draft that is being paid for is locked. Editing it ends the payment: the order is closed, so money that still
comes for what was written before submits nothing and is proposed for refund.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from payments import selectors as payments
from payments import services as money

if TYPE_CHECKING:
    from payments.selectors import Order
    from portal.procedures.models import Draft

SUBMISSION = "submission-fee"
SUBJECT = "draft"


class DraftLockedError(Exception):
    """The draft is being paid for, or was: nothing in it may change. The text says so to its writer."""


class FeeDueError(Exception):
    """The draft can be submitted as soon as ``order`` is paid."""

    def __init__(self, order: Order) -> None:
        super().__init__(order.code)
        self.order = order


def paid(draft_id: int) -> int:
    """Say how much was paid with a draft and does not go back."""
    return payments.paid_for(SUBMISSION, SUBJECT, str(draft_id))


def order_of(draft: Draft) -> Order | None:
    """Give the open order of a draft."""
    return payments.open_order_for(SUBMISSION, SUBJECT, str(draft.pk))


def ask(draft: Draft, *, payee_id: int, amount: int, title: str) -> Order:
    """Open the draft's order, or give the open one of the same amount."""
    item = money.Item(
        purpose=SUBMISSION,
        subject_kind=SUBJECT,
        subject_id=str(draft.pk),
        payee_id=payee_id,
        amount=amount,
        title=_("Lệ phí: %(procedure)s") % {"procedure": title},
    )
    return money.open_order(items=[item], payer_id=draft.writer.user_id)


def lock(draft: Draft) -> str:
    """Say why a draft may not change now; "" where it may."""
    if paid(draft.pk):
        return _("Lệ phí đã được trả và hồ sơ đang được nộp. Chờ ít phút rồi xem ở “Hồ sơ của tôi”.")
    order = order_of(draft)
    if order is not None and payments.is_being_paid(order):
        return _("Bản nháp đang được thanh toán nên chưa sửa được. Dừng thanh toán rồi sửa.")
    return ""


def before_change(draft: Draft) -> None:
    """Close an order that nobody is paying, inside the change's transaction.

    Raises :class:`DraftLockedError`.
    """
    order = order_of(draft)
    if order is not None and money.close_idle_order(order_id=order.pk):
        order = None
    if order is not None or paid(draft.pk):
        raise DraftLockedError(
            lock(draft) or _("Bản nháp đang được thanh toán nên chưa sửa được. Dừng thanh toán rồi sửa.")
        )


def stop(draft: Draft) -> bool:
    """End the payment of a draft; False where there was none, or the money is here already."""
    order = order_of(draft)
    return order is not None and money.close_order(order_id=order.pk)
