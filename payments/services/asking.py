"""Asking the bank (querydr) about attempts of which it was silent, and letting attempts expire."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments.gateways.base import Outcome, Question, Verdict
from payments.models import Attempt
from payments.services.remembering import remember
from payments.services.settling import SETTLE_FROM, Told, move_attempt, record
from payments.terminals import gateway_of

logger = logging.getLogger(__name__)

State = Attempt.State
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=1)
#: after so long the citizen may try again although the bank never answered; we go on asking
GIVE_UP_WAITING = dt.timedelta(hours=24)
GIVE_UP_ASKING = dt.timedelta(days=3)
_BATCH = 50
_REFUNDS = (Outcome.REFUNDING, Outcome.REFUNDED, Outcome.REFUND_REFUSED)


def settle_from_query(*, attempt_id: int) -> Outcome:
    """Ask the bank about an attempt and let its answer take effect; give what it said."""
    attempt = Attempt.objects.select_related("order__terminal").get(pk=attempt_id)
    now = timezone.now()
    answer = gateway_of(attempt.order.terminal).ask(
        Question(attempt.reference, attempt.created_at, now, f"Truy van {attempt.reference}")
    )
    remember(attempt, answer, "answer")
    over = attempt.expires_at <= now
    with transaction.atomic():
        if answer.outcome is Outcome.NOT_FOUND or (answer.outcome is Outcome.PENDING and over):
            if over:
                move_attempt(
                    attempt.pk, (State.PENDING, State.EXPIRED), state=State.EXPIRED, next_ask_at=None
                )
        elif answer.outcome in _REFUNDS:
            # money came and went without us: a person must look
            move_attempt(attempt.pk, (State.PENDING, State.EXPIRED), state=State.HELD, next_ask_at=None)
        elif answer.outcome in (Outcome.PAID, Outcome.HELD, Outcome.FAILED):
            told = Told(
                answer.outcome,
                answer.amount,
                answer.status if answer.outcome is Outcome.HELD else answer.code,
                answer.transaction,
                answer.bank,
                answer.paid_at,
            )
            if record(attempt.pk, told) is Verdict.WRONG_AMOUNT:
                logger.warning("attempt %d: the bank tells another amount", attempt.pk)
    return answer.outcome


def ask_silent() -> int:
    """Ask about whatever is due to be asked; say how many questions were sent."""
    now = timezone.now()
    due = Attempt.objects.filter(next_ask_at__lte=now, state__in=SETTLE_FROM).order_by("next_ask_at")
    asked = 0
    for attempt in due[:_BATCH]:
        pause = min(FIRST_PAUSE * 2 ** min(attempt.asks, 10), LONGEST_PAUSE)
        late = attempt.expires_at + GIVE_UP_ASKING <= now
        # the next time is written before asking: of two workers one asks
        claimed = Attempt.objects.filter(pk=attempt.pk, next_ask_at=attempt.next_ask_at).update(
            next_ask_at=None if late else now + pause, asks=F("asks") + 1
        )
        if claimed:
            settle_from_query(attempt_id=attempt.pk)
            asked += 1
    return asked


def expire_attempts() -> int:
    """Give up waiting for a bank that has not answered for a day; money that still comes settles."""
    overdue = Attempt.objects.filter(state=State.PENDING, expires_at__lte=timezone.now() - GIVE_UP_WAITING)
    return sum(
        move_attempt(pk, (State.PENDING,), state=State.EXPIRED)
        for pk in overdue.values_list("pk", flat=True)
    )
