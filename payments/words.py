"""What the payer is told when money moves without them: given back, or turned away. No names: mails travel far."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from payments.models import Attempt, Refund
from portal.common.money_words import dong_in_words
from portal.notifications.ports import Words, register_words
from portal.notifications.services import notify

REFUNDED = "payments.refunded"
REJECTED = "payments.rejected"


def register() -> None:
    """Give the words of this room's notices."""
    register_words(REFUNDED, _refunded)
    register_words(REJECTED, _rejected)


def _refunded(subject_id: str, language: str) -> Words:
    refund = Refund.objects.select_related("line__order", "line__payee").get(pk=int(subject_id))
    with override(language):
        return Words(
            title=_("Đã hoàn tiền cho anh/chị"),
            body=_("%(payee)s đã hoàn %(amount)s vào thẻ hoặc tài khoản đã trả, mã thanh toán %(code)s.")
            % {
                "payee": refund.line.payee.name,
                "amount": dong_in_words(refund.amount),
                "code": refund.line.order.code,
            },
            link=reverse("home:payments"),
        )


def _rejected(subject_id: str, language: str) -> Words:
    attempt = Attempt.objects.select_related("order").get(pk=int(subject_id))
    with override(language):
        return Words(
            title=_("Lần thanh toán không được nhận"),
            body=_(
                "Ngân hàng nghi ngờ lần thanh toán %(amount)s, mã %(code)s, nên nơi thu không nhận; ngân hàng trả "
                "lại tiền. Nếu vẫn cần nộp, anh/chị thanh toán lại."
            )
            % {"amount": dong_in_words(attempt.amount), "code": attempt.order.code},
            link=reverse("payments:order", args=[attempt.order.public_id]),
        )


def tell_refunded(refund: Refund) -> None:
    """Tell the payer that money is back, inside the transaction of its cause; nobody where there is no account."""
    payer = refund.line.order.payer_id
    if payer is not None:
        _tell(payer, REFUNDED, "refund", refund.pk)


def tell_rejected(attempt: Attempt) -> None:
    """Tell the payer that held money was turned away, inside the transaction of its cause."""
    if attempt.order.payer_id is not None:
        _tell(attempt.order.payer_id, REJECTED, "attempt", attempt.pk)


def _tell(payer_id: int, template: str, kind: str, pk: int) -> None:
    notify(
        recipient_id=payer_id,
        template=template,
        subject_kind=kind,
        subject_id=str(pk),
        key=f"{template}:{pk}",
    )
