"""Giving back: proposed by a person or by itself, approved by another person, carried out by the bank."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import accounts, words
from payments.errors import PaymentRefusedError
from payments.gateways.base import Answer, Outcome, Question, new_request_id
from payments.gateways.base import Refund as RefundOrder
from payments.models import Attempt, OrderLine, Refund
from payments.services.remembering import remember
from payments.terminals import gateway_of
from portal.outbox.ports import Later
from portal.outbox.services import owe

State = Refund.State
_REASON = 300
_AGAIN = 60.0


def remaining(attempt_id: int, line: OrderLine) -> int:
    """Say how much of a line of an attempt may still be given back, in whole đồng."""
    given = Refund.objects.filter(line=line, attempt_id=attempt_id, state__in=Refund.COUNTING).aggregate(
        total=Sum("amount")
    )["total"]
    return line.amount - (given or 0)


def propose_by_itself(attempt: Attempt, line: OrderLine, reason: str) -> Refund | None:
    """Propose what remains of a line, inside the caller's transaction; asked twice it proposes once."""
    Attempt.objects.select_for_update().get(pk=attempt.pk)
    amount = remaining(attempt.pk, line)
    if amount <= 0:
        return None
    return Refund.objects.create(
        line=line, attempt=attempt, amount=amount, reason=reason[:_REASON], proposed_at=timezone.now()
    )


def propose_for_subject(*, purpose: str, subject_kind: str, subject_id: str, reason: str) -> int:
    """Propose giving back whatever was paid for a subject; say how many refunds were proposed."""
    with transaction.atomic():
        lines = OrderLine.objects.filter(
            purpose=purpose, subject_kind=subject_kind, subject_id=subject_id
        ).order_by("pk")
        made = [
            propose_by_itself(attempt, line, reason)
            for line in lines
            for attempt in Attempt.objects.filter(
                order_id=line.order_id, state=Attempt.State.SETTLED, effect=Attempt.Effect.PAID
            )
        ]
    return sum(refund is not None for refund in made)


def propose_refund(*, line: OrderLine, attempt: Attempt, amount: int, reason: str, maker_id: int) -> Refund:
    """Propose giving back, whole or in part; raises :class:`PaymentRefusedError`."""
    if not reason.strip():
        raise PaymentRefusedError(_("Ghi lý do hoàn tiền."))
    with transaction.atomic():
        locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
        if locked.state != Attempt.State.SETTLED or line.order_id != locked.order_id:
            raise PaymentRefusedError(_("Khoản này chưa nhận được tiền nên không có gì để hoàn."))
        left = remaining(locked.pk, line)
        if not 0 < amount <= left:
            raise PaymentRefusedError(_("Số tiền hoàn phải từ 1 đến %(left)s đồng.") % {"left": left})
        return Refund.objects.create(
            line=line,
            attempt=locked,
            amount=amount,
            reason=reason.strip()[:_REASON],
            maker_id=maker_id,
            proposed_at=timezone.now(),
        )


def endorse_refund(*, refund: Refund, maker_id: int) -> None:
    """Stand for a refund that was proposed by itself; raises :class:`PaymentRefusedError`."""
    taken = Refund.objects.filter(pk=refund.pk, state=State.PROPOSED, maker=None).update(
        maker_id=maker_id, revision=F("revision") + 1
    )
    if taken != 1:
        raise PaymentRefusedError(_("Khoản hoàn này đã có người đề nghị."))


def approve_refund(*, refund: Refund, checker_id: int) -> None:
    """Approve as the second person; the bank is told afterwards. Raises :class:`PaymentRefusedError`."""
    with transaction.atomic():
        approved = (
            Refund.objects.filter(pk=refund.pk, state=State.PROPOSED, maker__isnull=False)
            .exclude(maker_id=checker_id)
            .update(
                state=State.APPROVED,
                checker_id=checker_id,
                approved_at=timezone.now(),
                revision=F("revision") + 1,
            )
        )
        if approved != 1:
            raise PaymentRefusedError(
                _("Khoản hoàn cần hai người: một người đề nghị, một người khác duyệt.")
            )
        owe(kind="payments.refund", key=f"payments.refund:{refund.pk}", payload={"refund_id": refund.pk})


def decline_refund(*, refund: Refund, checker_id: int) -> None:
    """Decline a proposal; raises :class:`PaymentRefusedError`."""
    declined = (
        Refund.objects.filter(pk=refund.pk, state=State.PROPOSED)
        .exclude(maker_id=checker_id)
        .update(state=State.DECLINED, checker_id=checker_id, revision=F("revision") + 1)
    )
    if declined != 1:
        raise PaymentRefusedError(_("Khoản hoàn này đã được xử lý hoặc do chính anh/chị đề nghị."))


def carry_out_refund(*, refund_id: int) -> None:
    """Send an approved refund to the bank, or ask what became of one that may have been sent.

    A refund is never sent again before a question was answered. Raises ``Later`` while the bank is
    busy with another refund of the same payment, or silent.
    """
    refund = Refund.objects.select_related("attempt__order__terminal", "line__order", "maker").get(
        pk=refund_id
    )
    if refund.state in (State.SENDING, State.ORDERED):
        _follow(refund)
        return
    if refund.state != State.APPROVED:
        return
    busy = Refund.objects.filter(attempt=refund.attempt, state__in=(State.SENDING, State.ORDERED))
    if busy.exclude(pk=refund.pk).exists():
        raise Later(_AGAIN)
    now = timezone.now()
    request_id = new_request_id()
    # written before it is sent: whoever finds it so after a crash asks before sending again
    if not _move(refund, State.APPROVED, state=State.SENDING, request_id=request_id, ordered_at=now):
        raise Later(_AGAIN)
    answer = gateway_of(refund.attempt.order.terminal).give_back(_order(refund, request_id, now))
    remember(refund.attempt, answer, "refund")
    _apply(refund, answer)


def _order(refund: Refund, request_id: str, now: dt.datetime) -> RefundOrder:
    attempt = refund.attempt
    before = Refund.objects.filter(attempt=attempt, state__in=(State.ORDERED, State.DONE)).exists()
    return RefundOrder(
        reference=attempt.reference,
        amount=refund.amount,
        full=refund.amount == attempt.amount and not before,
        description=f"Hoan tien {attempt.reference}",
        paid_for_at=attempt.created_at,
        ordered_at=now,
        ordered_by=f"ketoan.{refund.maker_id}",
        transaction=attempt.transaction if attempt.transaction.isdigit() else "",
        request_id=request_id,
    )


def _move(refund: Refund, source: str, **changes: object) -> bool:
    moved = Refund.objects.filter(pk=refund.pk, state=source).update(**changes, revision=F("revision") + 1)
    return moved == 1


def _apply(refund: Refund, answer: Answer) -> None:
    match answer.outcome:
        case Outcome.REFUNDING | Outcome.REFUNDED:
            _ordered(refund, answer.transaction)
            if answer.outcome is Outcome.REFUNDED:
                _done(refund)
                return
        case Outcome.REFUND_REFUSED:
            _refused(refund, answer.code or answer.status)
            return
        case Outcome.PAID:
            # the payment stands untouched: what we sent never arrived
            _move(refund, State.SENDING, state=State.APPROVED)
        case _:
            pass
    raise Later(_AGAIN)


def _done(refund: Refund) -> None:
    with transaction.atomic():
        if _move(refund, State.ORDERED, state=State.DONE, done_at=timezone.now(), next_ask_at=None):
            owe(
                kind="payments.receipt-back",
                key=f"payments.receipt-back:{refund.pk}",
                payload={"refund_id": refund.pk},
            )
            words.tell_refunded(refund)


def _ordered(refund: Refund, number: str) -> None:
    """Write the money's way back into the books, once, as soon as the bank has taken the order."""
    with transaction.atomic():
        if not _move(refund, State.SENDING, state=State.ORDERED, transaction=number[:20]):
            return
        accounts.post(
            key=f"refunded:{refund.pk}",
            debit=accounts.owner_account(refund.attempt, refund.line),
            credit=accounts.at_bank(refund.attempt),
            amount=refund.amount,
            line=refund.line,
            attempt=refund.attempt,
            refund=refund,
            at=timezone.now(),
        )


def _refused(refund: Refund, problem: str) -> None:
    with transaction.atomic():
        if _move(refund, State.SENDING, state=State.REFUSED, problem=problem[:200]):
            return
        if not _move(refund, State.ORDERED, state=State.REFUSED, problem=problem[:200]):
            return
        # it was on its way and came back
        accounts.post(
            key=f"refund-refused:{refund.pk}",
            debit=accounts.at_bank(refund.attempt),
            credit=accounts.owner_account(refund.attempt, refund.line),
            amount=refund.amount,
            line=refund.line,
            attempt=refund.attempt,
            refund=refund,
            at=timezone.now(),
        )


def _follow(refund: Refund) -> None:
    attempt = refund.attempt
    answer = gateway_of(attempt.order.terminal).ask(
        Question(attempt.reference, attempt.created_at, timezone.now(), f"Truy van {attempt.reference}")
    )
    remember(attempt, answer, "refund")
    if answer.outcome is Outcome.PAID and refund.state == State.ORDERED:
        raise Later(_AGAIN)
    if answer.outcome in (Outcome.REFUNDING, Outcome.REFUNDED, Outcome.REFUND_REFUSED) and not _is_ours(
        refund, answer
    ):
        # the bank tells of an earlier refund: ours never arrived
        _move(refund, State.SENDING, state=State.APPROVED)
        raise Later(_AGAIN)
    _apply(refund, answer)


def _is_ours(refund: Refund, answer: Answer) -> bool:
    """Tell whether the refund that the bank speaks of, its latest one, is this one and no earlier one."""
    earlier = Refund.objects.filter(attempt=refund.attempt, transaction=answer.transaction).exclude(
        pk=refund.pk
    )
    return answer.amount == refund.amount and not earlier.exists()
