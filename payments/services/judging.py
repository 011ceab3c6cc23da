"""Money that the bank suspects (code 07): a person lets it in or turns it away, with a reason."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import words
from payments.errors import PaymentRefusedError
from payments.gateways.base import Answer, Outcome, Question, Verdict
from payments.models import Attempt, HeldDecision
from payments.services.remembering import remember
from payments.services.settling import Told, move_attempt, record, settle
from payments.terminals import gateway_of

_REASON = 300
#: the bank holds it no more: there is nothing to let in, and turning away only writes that down
_GONE = (Outcome.FAILED, Outcome.REFUNDING, Outcome.REFUNDED)


def release_held(*, attempt: Attempt, officer_id: int, reason: str) -> None:
    """Let held money count, once the bank, asked at this moment, still says that it was taken.

    Raises :class:`PaymentRefusedError`: no reason, decided before, or the bank says otherwise (its word
    then takes effect) or nothing.
    """
    _judge(attempt, officer_id, reason, HeldDecision.Verdict.RELEASED)


def reject_held(*, attempt: Attempt, officer_id: int, reason: str) -> None:
    """Turn held money away: it enters no books, the bank gives it back, the payer may pay anew.

    Raises as :func:`release_held`.
    """
    _judge(attempt, officer_id, reason, HeldDecision.Verdict.REJECTED)


def _judge(attempt: Attempt, officer_id: int, reason: str, verdict: HeldDecision.Verdict) -> None:
    if not reason.strip():
        raise PaymentRefusedError(_("Ghi lý do: người kiểm tra sau này cần biết."))
    answer = gateway_of(attempt.order.terminal).ask(
        Question(attempt.reference, attempt.created_at, timezone.now(), f"Truy van {attempt.reference}")
    )
    remember(attempt, answer, "answer")
    told = _told(answer)
    if answer.outcome is Outcome.PAID:
        with transaction.atomic():
            noted = record(attempt.pk, told)
        if noted is Verdict.RECORDED:
            raise PaymentRefusedError(_("Ngân hàng vừa kết luận giao dịch này. Xem lại trạng thái."))
    _may_decide(attempt, answer, verdict)
    _decide(attempt, officer_id, reason.strip()[:_REASON], verdict, told)


def _may_decide(attempt: Attempt, answer: Answer, verdict: HeldDecision.Verdict) -> None:
    """Raise unless the bank's word of this moment bears the decision."""
    if verdict is HeldDecision.Verdict.REJECTED and answer.outcome in _GONE:
        return
    if answer.outcome is not Outcome.HELD:
        raise PaymentRefusedError(
            _("Chưa quyết định được: ngân hàng không xác nhận đang giữ khoản tiền này. Thử lại sau.")
        )
    if verdict is HeldDecision.Verdict.REJECTED:
        return
    if answer.reversed:
        raise PaymentRefusedError(
            _(
                "Tiền bị trừ ở ngân hàng của người trả nhưng chưa đến VNPAY, nên không nhận được. Chỉ từ chối được."
            )
        )
    if answer.amount != attempt.amount:
        raise PaymentRefusedError(_("Ngân hàng đang giữ số tiền khác. Gửi tra soát cho ngân hàng."))


def _decide(
    attempt: Attempt, officer_id: int, reason: str, verdict: HeldDecision.Verdict, told: Told
) -> None:
    try:
        with transaction.atomic():
            HeldDecision.objects.create(
                attempt=attempt, verdict=verdict, reason=reason, officer_id=officer_id, at=timezone.now()
            )
            if verdict is HeldDecision.Verdict.RELEASED:
                moved = settle(attempt, told) is Verdict.RECORDED
            else:
                moved = move_attempt(
                    attempt.pk, (Attempt.State.HELD,), state=Attempt.State.FAILED, next_ask_at=None
                )
                words.tell_rejected(attempt)
            if not moved:
                raise PaymentRefusedError(_("Khoản này vừa được xử lý. Xem lại trạng thái."))
    except IntegrityError as error:
        raise PaymentRefusedError(_("Khoản này vừa được xử lý. Xem lại trạng thái.")) from error


def _told(answer: Answer) -> Told:
    code = answer.status if answer.outcome is Outcome.HELD else answer.code
    return Told(answer.outcome, answer.amount, code, answer.transaction, answer.bank, answer.paid_at)
