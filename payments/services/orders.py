"""What is owed and every try to pay it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from payments import ports
from payments.check_words import new_check_word
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

    Asked again for the very same, it gives the same open order. Other open orders that hold one of these
    subjects are closed, unless one is being paid. Raises :class:`PaymentRefusedError` then and where payees
    do not share a terminal, ``LookupError`` for a purpose that nobody owns, ``ValueError`` for an order
    without money or with a subject twice.
    """
    if not items or any(item.amount <= 0 for item in items):
        raise ValueError("An order needs lines, and every line a positive amount.")
    if len({_subject(item) for item in items}) != len(items):
        raise ValueError("A subject stands in an order once.")
    for item in items:
        ports.payable(item.purpose)
    terminals = {terminal.pk if (terminal := terminal_of(item.payee_id)) else None for item in items}
    if len(terminals) != 1:
        raise PaymentRefusedError(
            _("Các khoản này nộp vào những tài khoản khác nhau. Anh/chị nộp riêng từng khoản.")
        )
    with transaction.atomic():
        known = _open_for(items, payer_id)
        if known is not None:
            return known
        order = Order.objects.create(
            code=_new_code(),
            check_word=new_check_word(),
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


def _subject(item: Item | OrderLine) -> tuple[str, str, str]:
    return item.purpose, item.subject_kind, item.subject_id


def _open_for(items: Sequence[Item], payer_id: int | None) -> Order | None:
    """Give the open order of exactly these lines; close others that hold one of their subjects."""
    wanted = {(*_subject(item), item.payee_id, item.amount) for item in items}
    any_of = Q()
    for item in items:
        any_of |= Q(purpose=item.purpose, subject_kind=item.subject_kind, subject_id=item.subject_id)
    holding = OrderLine.objects.filter(any_of, order__state=Order.State.OPEN).values("order_id")
    # on PostgreSQL an attempt that begins waits here, or is seen below
    for order in Order.objects.select_for_update().filter(pk__in=holding).prefetch_related("lines"):
        lines = {(*_subject(line), line.payee_id, line.amount) for line in order.lines.all()}
        if lines == wanted and order.payer_id == payer_id:
            return order
        if order.attempts.filter(state__in=(Attempt.State.PENDING, Attempt.State.HELD)).exists():
            raise PaymentRefusedError(
                _(
                    "Một trong các khoản này đang được thanh toán. Anh/chị chờ ngân hàng xác nhận rồi xem lại."
                )
            )
        close_order(order_id=order.pk)
    return None


def _new_code() -> str:
    return "".join(secrets.choice(_CLEAR) for _place in range(10))


def close_order(*, order_id: int) -> bool:
    """Close what is no longer owed; money that still comes is given back. False where it was paid."""
    return bool(_move_order(order_id, Order.State.OPEN, state=Order.State.CLOSED))


def close_idle_order(*, order_id: int) -> bool:
    """Close an open order of which no attempt is with the bank; False where one is, or money came."""
    with transaction.atomic():
        # on PostgreSQL an attempt that begins waits here, or is seen
        order = Order.objects.select_for_update().get(pk=order_id)
        busy = order.attempts.filter(state__in=(Attempt.State.PENDING, Attempt.State.HELD)).exists()
        return not busy and close_order(order_id=order.pk)


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
