"""What a bank's word does: stored, verified, found, compared, then settled exactly once.

Every move of an attempt is one conditional UPDATE from the states that allow it, so of any number of
deliveries at once exactly one takes effect, and the others find it recorded.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from payments import accounts
from payments.gateways.base import Notice, Outcome, Trouble, Verdict
from payments.gateways.vnpay.gateway import REPLIES
from payments.gateways.vnpay.messages import LONGEST_QUERY, terminal_named
from payments.models import Attempt, BankMessage, HeldDecision, Order, OrderLine, Terminal
from payments.services.refunding import propose_by_itself
from payments.terminals import gateway_of
from portal.outbox.services import owe

logger = logging.getLogger(__name__)

State = Attempt.State
#: never kept: hashes, and what a bank should never send of a card
_HASH = re.compile(r"(^|&)vnp_(SecureHash(Type)?|Card(?!Type=)[^=&]*)=[^&]*", re.IGNORECASE)
#: money is money, whenever it comes
SETTLE_FROM = (State.PENDING, State.EXPIRED, State.FAILED, State.HELD)
_HOLD_FROM = (State.PENDING, State.EXPIRED, State.FAILED)
_FAIL_FROM = (State.PENDING, State.EXPIRED)
_SHOWN = 8_192


@dataclass(frozen=True, slots=True)
class Told:
    """What a verified message says of an attempt; ``amount`` is None where it is no whole đồng."""

    outcome: Outcome
    amount: int | None
    code: str = ""
    transaction: str = ""
    bank: str = ""
    paid_at: dt.datetime | None = None


def receive_ipn(*, query: str) -> Mapping[str, str]:
    """Take the bank's own call, its query string as it arrived; give the JSON body of the answer.

    The message is stored first and by itself: whatever happens next, what the bank said is not lost.
    Raises nothing: an error is answered with 99, and the bank calls again.
    """
    try:
        message = BankMessage.objects.create(
            kind=BankMessage.Kind.NOTICE, raw=_storable(query), received_at=timezone.now()
        )
        verdict = _judge(message, query)
    except Exception as error:  # noqa: BLE001 - whatever it is, the bank must call again
        # no text of the error: it may quote the message
        logger.error("a bank's notice could not be recorded: %s", type(error).__qualname__)  # noqa: TRY400 - as above
        verdict = Verdict.ERROR
    return REPLIES[verdict]


def _storable(query: str) -> str:
    return _HASH.sub("", query).replace("\x00", "")[:_SHOWN].lstrip("&")


def _findable(name: str) -> str:
    """Give "" for a name that holds a NUL: no row does, and PostgreSQL refuses to look for one."""
    return "" if "\x00" in name else name


def _judge(message: BankMessage, query: str) -> Verdict:
    terminal = Terminal.objects.filter(code=_findable(terminal_named(query))[:20]).first()
    if not query or len(query) > LONGEST_QUERY:
        return _note(message, Verdict.ERROR)
    notice = gateway_of(terminal).read(query)
    if notice.trouble is not None or terminal is None:
        unreadable = notice.trouble in (Trouble.EMPTY, Trouble.UNREADABLE)
        return _note(message, Verdict.ERROR if unreadable else Verdict.BAD_SIGNATURE)
    wanted = _findable(notice.reference)
    attempt = Attempt.objects.filter(reference=wanted, order__terminal=terminal).first()
    if attempt is None:
        return _note(message, Verdict.UNKNOWN_ORDER)
    with transaction.atomic():
        verdict = record(attempt.pk, _told(notice))
        return _note(message, verdict, attempt.pk)


def _note(message: BankMessage, verdict: Verdict, attempt_id: int | None = None) -> Verdict:
    BankMessage.objects.filter(pk=message.pk).update(verdict=verdict.value, attempt_id=attempt_id)
    if verdict not in (Verdict.RECORDED, Verdict.ALREADY_RECORDED):
        logger.warning("bank message %d: %s", message.pk, verdict.value)
    return verdict


def _told(notice: Notice) -> Told:
    return Told(notice.outcome, notice.amount, notice.code, notice.transaction, notice.bank, notice.paid_at)


def record(attempt_id: int, told: Told) -> Verdict:
    """Let a verified message take effect, inside the caller's transaction."""
    attempt = Attempt.objects.select_related("order").get(pk=attempt_id)
    if told.amount != attempt.amount:
        return Verdict.WRONG_AMOUNT
    match told.outcome:
        case Outcome.PAID:
            return settle(attempt, told)
        case Outcome.HELD:
            if HeldDecision.objects.filter(attempt=attempt).exists():
                return Verdict.ALREADY_RECORDED  # a person has decided; the bank repeats itself
            return _move(attempt, _HOLD_FROM, told, state=State.HELD, next_ask_at=None)
        case Outcome.FAILED:
            return _move(attempt, _FAIL_FROM, told, state=State.FAILED, next_ask_at=None)
        case _:
            # nothing that could be recorded: the bank calls again, or is asked again
            return Verdict.ERROR


def move_attempt(attempt_id: int, sources: tuple[str, ...], **changes: Any) -> bool:
    """Move an attempt if it is in one of ``sources``: the guard against everything that comes twice."""
    changed = Attempt.objects.filter(pk=attempt_id, state__in=sources).update(
        **changes, revision=F("revision") + 1
    )
    return changed == 1


def _move(attempt: Attempt, sources: tuple[str, ...], told: Told, **changes: Any) -> Verdict:
    facts = {"code": told.code[:20], "transaction": told.transaction[:20], "bank": told.bank[:20]}
    moved = move_attempt(attempt.pk, sources, **facts, **changes)
    return Verdict.RECORDED if moved else Verdict.ALREADY_RECORDED


def settle(attempt: Attempt, told: Told) -> Verdict:
    """Let the money in: move, pay the order or not, books, duties. The one place where money settles."""
    now = timezone.now()
    verdict = _move(
        attempt,
        SETTLE_FROM,
        told,
        state=State.SETTLED,
        settled_at=now,
        paid_at=told.paid_at or now,
        next_ask_at=None,
    )
    if verdict is not Verdict.RECORDED:
        return verdict
    pays = Order.objects.filter(pk=attempt.order_id, state=Order.State.OPEN).update(
        state=Order.State.PAID, paid_at=now, revision=F("revision") + 1
    )
    attempt.effect = Attempt.Effect.PAID if pays else Attempt.Effect.EXCESS
    Attempt.objects.filter(pk=attempt.pk).update(effect=attempt.effect)
    if pays:
        owe(
            kind="payments.receipt",
            key=f"payments.receipt:{attempt.order_id}",
            payload={"order_id": attempt.order_id},
        )
    for line in OrderLine.objects.filter(order_id=attempt.order_id).order_by("pk"):
        accounts.post(
            key=f"settled:{attempt.pk}:{line.pk}",
            debit=accounts.at_bank(attempt),
            credit=accounts.owner_account(attempt, line),
            amount=line.amount,
            line=line,
            attempt=attempt,
            at=now,
        )
        if pays:
            owe(kind="payments.deliver", key=f"payments.deliver:{line.pk}", payload={"line_id": line.pk})
        else:
            propose_by_itself(attempt, line, "Tiền đến khi không còn gì phải trả.")
    return verdict
