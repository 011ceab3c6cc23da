"""What is owed and every try to pay it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import ports
from payments.errors import PaymentRefusedError
from payments.gateways.base import Method, Payment, PaymentOffError
from payments.gateways.vnpay.wire import attempt_reference
from payments.models import Attempt, Order, OrderLine, Payee, Terminal
from payments.terminals import gateway_of, terminal_of
from portal.common.spoken import spoken

#: no 0 O 1 I L: people read it out on the phone
_CLEAR = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GRACE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Item:
    """A line to be: purpose (its owner is registered), subject, payee, whole đồng, a title without names."""

    purpose: str
    subject_kind: str
    subject_id: str
    payee_id: int
    amount: int
    title: str


def open_order(
    *, items: Sequence[Item], payer_id: int | None, expires_at: dt.datetime | None = None
) -> Order:
    """Write down what is owed, in the caller's transaction or one of its own.

    Asked again by the same payer for a subject that an open order has already, it gives that order:
    two payers of one thing have an order each, and the owner keeps the money that comes first. Raises
    :class:`PaymentRefusedError` where payees do not share a terminal, ``LookupError`` for a purpose
    that nobody owns, ``ValueError`` for an order without money.
    """
    if not items or any(item.amount <= 0 for item in items):
        raise ValueError("An order needs lines, and every line a positive amount.")
    for item in items:
        ports.payable(item.purpose)
    terminals = {terminal.pk if (terminal := terminal_of(item.payee_id)) else None for item in items}
    if len(terminals) != 1:
        raise PaymentRefusedError(
            _("Các khoản này nộp vào những tài khoản khác nhau. Anh/chị nộp riêng từng khoản.")
        )
    with transaction.atomic():
        known = _open_for(items[0], payer_id)
        if known is not None:
            return known
        order = Order.objects.create(
            code=_new_code(),
            payer_id=payer_id,
            terminal_id=terminals.pop(),
            amount=sum(item.amount for item in items),
            created_at=timezone.now(),
            expires_at=expires_at,
        )
        OrderLine.objects.bulk_create(
            OrderLine(
                order=order,
                purpose=item.purpose,
                subject_kind=item.subject_kind,
                subject_id=item.subject_id,
                title=item.title,
                payee_id=item.payee_id,
                amount=item.amount,
            )
            for item in items
        )
    return order


def _open_for(item: Item, payer_id: int | None) -> Order | None:
    return Order.objects.filter(
        state=Order.State.OPEN,
        payer_id=payer_id,
        lines__purpose=item.purpose,
        lines__subject_kind=item.subject_kind,
        lines__subject_id=item.subject_id,
    ).first()


def _new_code() -> str:
    return "".join(secrets.choice(_CLEAR) for _place in range(10))


def close_order(*, order_id: int) -> bool:
    """Close what is no longer owed; money that still comes is given back. False where it was paid."""
    return bool(_move_order(order_id, Order.State.OPEN, state=Order.State.CLOSED))


def _move_order(order_id: int, source: str, **changes: object) -> int:
    return Order.objects.filter(pk=order_id, state=source).update(**changes, revision=F("revision") + 1)


def begin_attempt(
    *, order: Order, method: str, customer_ip: str, return_url: str, language: str = "vi"
) -> str:
    """Give the address of the bank's page; one attempt at a time, which asked for again is taken up again.

    ``return_url`` is absolute. Raises :class:`PaymentRefusedError`.
    """
    gateway = gateway_of(order.terminal)
    now = timezone.now()
    with transaction.atomic():
        # on PostgreSQL two clicks queue here; on SQLite the transaction itself is alone
        locked = Order.objects.select_for_update().get(pk=order.pk)
        _may_begin(locked, now)
        attempts = list(locked.attempts.order_by("number"))
        pending = next((each for each in attempts if each.state == Attempt.State.PENDING), None)
        if pending is not None and pending.expires_at <= now:
            raise PaymentRefusedError(
                _("Lần thanh toán trước đang chờ ngân hàng xác nhận. Anh/chị đừng trả lại lần nữa.")
            )
        attempt = pending or _new_attempt(
            locked, len(attempts) + 1, now, method, customer_ip, return_url, language
        )
        try:
            return gateway.start(_payment(attempt))
        except PaymentOffError as off:
            raise PaymentRefusedError(spoken(off)) from off


def _may_begin(order: Order, now: dt.datetime) -> None:
    if order.state == Order.State.PAID:
        raise PaymentRefusedError(_("Khoản này đã được thanh toán. Anh/chị không phải trả nữa."))
    if order.state == Order.State.CLOSED:
        raise PaymentRefusedError(_("Khoản này không còn phải nộp."))
    if order.expires_at is not None and order.expires_at <= now:
        raise PaymentRefusedError(_("Đã hết hạn thanh toán khoản này. Anh/chị hỏi nơi thu."))
    if order.attempts.filter(state=Attempt.State.HELD).exists():
        raise PaymentRefusedError(
            _("Ngân hàng đang kiểm tra lần thanh toán trước. Anh/chị đừng trả lại lần nữa.")
        )


def _new_attempt(
    order: Order,
    number: int,
    now: dt.datetime,
    method: str,
    customer_ip: str,
    return_url: str,
    language: str,
) -> Attempt:
    expires = now + dt.timedelta(minutes=settings.VNPAY_MINUTES)
    return Attempt.objects.create(
        order=order,
        number=number,
        reference=attempt_reference(order.code, number),
        amount=order.amount,
        method=Method(method).value if method else "",
        language=language[:2],
        customer_ip=customer_ip,
        return_url=return_url,
        created_at=now,
        expires_at=expires,
        next_ask_at=expires + _GRACE,
    )


def _payment(attempt: Attempt) -> Payment:
    return Payment(
        reference=attempt.reference,
        amount=attempt.amount,
        # the bank sees codes alone, no names
        description=f"Thanh toan {attempt.reference}",
        customer_ip=attempt.customer_ip,
        created_at=attempt.created_at,
        expires_at=attempt.expires_at,
        return_url=attempt.return_url,
        language=attempt.language,
        method=Method(attempt.method) if attempt.method else None,
    )


def register_terminal(*, code: str, name: str, shared: bool = False) -> Terminal:
    """Make a terminal known (or rename it); its secret is a setting of the site."""
    made, _new = Terminal.objects.update_or_create(
        code=code, defaults={"name": name, "shared": shared, "active": True}
    )
    return made


def assign_terminal(*, organisation_id: int, terminal: Terminal) -> Payee:
    """Say through which terminal an organisation's money goes."""
    made, _new = Payee.objects.update_or_create(
        organisation_id=organisation_id, defaults={"terminal": terminal}
    )
    return made
