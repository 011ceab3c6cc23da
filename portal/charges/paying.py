"""The payable: parents pay several charges in one order; whoever's money comes first pays each, once.

Money is the room below: it knows purposes and subjects, and nothing of pupils.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from payments import selectors as payments
from payments import services as money
from payments.ports import SettledLine, register_payable
from portal.accounts import selectors as accounts
from portal.charges.events import write_event
from portal.charges.guards import list_is
from portal.charges.models import Charge, ChargeEvent, ChargeList
from portal.charges.refusals import ChargeRefusedError
from portal.common.money_words import dong_in_words
from portal.notifications.services import notify

if TYPE_CHECKING:
    from payments.selectors import Order
    from portal.accounts.models import Citizen

PURPOSE = "school-charge"
SUBJECT = "charge"
#: with these an order is at the bank: it stays as it is until the bank has spoken
_AT_THE_BANK = frozenset({"waiting", "held"})
_TITLE = 200
#: notes are kept, so they are written in one language, whatever the officer reads
NOTES = "vi"


def register() -> None:
    """Own the purpose."""
    register_payable(PURPOSE, on_settled=settle, return_url=_page_of)


def _page_of(_subject_id: str) -> str:
    return reverse("home:charges")


def pay_charges(*, citizen: Citizen, charge_ids: Collection[int]) -> Order:
    """Open an order for charges of the citizen's children, or give the one that is open for just these.

    Raises ChargeRefusedError where a charge is paid or changed meanwhile, where schools do not share a
    terminal, and where an earlier try still waits for the bank.
    """
    children = [link.pupil_id for link in accounts.children_of(citizen)]
    with transaction.atomic():
        charges = list(
            Charge.objects.filter(pk__in=list(charge_ids), pupil_id__in=children, state=Charge.State.DUE)
            .select_related("charge_list")
            .order_by("pk")
        )
        if not charges or len(charges) != len(set(charge_ids)):
            raise ChargeRefusedError(
                _("Có khoản vừa được nộp hoặc vừa đổi. Xem lại danh sách rồi chọn lại.")
            )
        terminals = payments.terminals_of({charge.charge_list.school_id for charge in charges})
        if None in terminals.values():
            raise ChargeRefusedError(_("Trường chưa nhận tiền trên cổng. Anh/chị nộp tại trường."))
        if len(set(terminals.values())) > 1:
            raise ChargeRefusedError(
                _("Các trường nhận tiền qua tài khoản khác nhau. Anh/chị trả lần lượt từng trường.")
            )
        known = _clear_the_way(citizen, charges)
        try:
            return known or money.open_order(
                items=[_item(charge) for charge in charges], payer_id=citizen.user_id
            )
        except money.PaymentRefusedError as refusal:
            raise ChargeRefusedError(str(refusal)) from refusal


def _clear_the_way(citizen: Citizen, charges: Sequence[Charge]) -> Order | None:
    """Give the payer's open order for exactly these; close their others that overlap and never began."""
    wanted = {str(charge.pk) for charge in charges}
    for orders in payments.orders_with(PURPOSE, SUBJECT, wanted, citizen.user_id).values():
        for order in orders:
            if order.state != order.State.OPEN:
                continue
            if {line.subject_id for line in order.lines.all()} == wanted:
                return order
            if payments.standing(order).state in _AT_THE_BANK:
                raise ChargeRefusedError(
                    _("Một khoản đã chọn đang chờ ngân hàng xác nhận. Anh/chị đừng trả lại lần nữa.")
                )
            money.close_order(order_id=order.pk)
    return None


def _item(charge: Charge) -> money.Item:
    place = _("lớp %(name)s") % {"name": charge.class_name}
    return money.Item(
        purpose=PURPOSE,
        subject_kind=SUBJECT,
        subject_id=str(charge.pk),
        payee_id=charge.charge_list.school_id,
        amount=charge.to_pay,
        title=f"{charge.charge_list.title}, {place}"[:_TITLE],
    )


def settle(line: SettledLine) -> str:
    """Take the money for a charge that waits for it, once; else say why it must go back. May run twice."""
    pk = int(line.subject_id)
    with transaction.atomic():
        if take_money(pk, line):
            charge = Charge.objects.get(pk=pk)
            write_event(
                charge.charge_list_id,
                ChargeEvent.Action.PAID,
                charge_id=pk,
                note=str(Charge.Way.PORTAL.label),
            )
            let_go([pk])
            for user_id in sorted(accounts.users_who_see([charge.pupil_id])):
                notify(
                    recipient_id=user_id,
                    template="charge.paid",
                    subject_kind="charge",
                    subject_id=str(pk),
                    key=f"charge.paid:{pk}:{user_id}",
                )
            return ""
    charge = Charge.objects.get(pk=pk)
    if charge.paid_line == line.line_id:
        return ""  # told before: a correction meanwhile has counted this money already
    reasons = {
        Charge.State.PAID: _("Khoản này đã được nộp trước đó."),
        Charge.State.CORRECTED: _("Trường đã sửa khoản này trước khi tiền đến."),
        Charge.State.EXEMPT: _("Học sinh được miễn khoản này."),
    }
    return reasons.get(Charge.State(charge.state), _("Trường đã hủy khoản này trước khi tiền đến."))


def take_money(charge_id: int, line: SettledLine) -> bool:
    """Mark a charge paid by a line: the one move that money makes, and it makes it once."""
    published = list_is(ChargeList.State.PUBLISHING, ChargeList.State.PUBLISHED)
    moved = Charge.objects.filter(published, pk=charge_id, state=Charge.State.DUE, to_pay=line.amount)
    return (
        moved.update(
            state=Charge.State.PAID,
            paid_via=Charge.Way.PORTAL,
            paid_line=line.line_id,
            paid_at=timezone.now(),
            revision=F("revision") + 1,
        )
        == 1
    )


def let_go(charge_ids: Collection[int]) -> None:
    """Close open orders that ask for charges which nobody has to pay any more, unless one is at the bank."""
    subjects = [str(pk) for pk in charge_ids]
    for orders in payments.orders_with(PURPOSE, SUBJECT, subjects).values():
        for order in orders:
            if order.state == order.State.OPEN and payments.standing(order).state not in _AT_THE_BANK:
                money.close_order(order_id=order.pk)


def chain(charge: Charge) -> list[int]:
    """Give a charge and all rows in whose place it stands, newest first."""
    found = [charge.pk]
    before = charge.corrects_id
    while before is not None:
        found.append(before)
        before = Charge.objects.values_list("corrects_id", flat=True).get(pk=before)
    return found


def give_back(charge: Charge, amount: int, reason: str, actor_id: int) -> str:
    """Propose refunds of ``amount`` đồng, the newest payment first; say what the school gives back itself."""
    left = amount
    subjects = [str(pk) for pk in chain(charge)]
    for line, attempt, remaining in payments.paid_lines(PURPOSE, SUBJECT, subjects):
        part = min(left, remaining)
        if part > 0:
            money.propose_refund(line=line, attempt=attempt, amount=part, reason=reason, maker_id=actor_id)
            left -= part
    said = []
    with override(NOTES):
        if amount > left:
            said.append(_("Đã đề nghị hoàn %(amount)s.") % {"amount": dong_in_words(amount - left)})
        if left:
            said.append(_("Trường trả lại %(amount)s đã nộp tại trường.") % {"amount": dong_in_words(left)})
    return " ".join(said)


def give_back_all(charge: Charge, reason: str) -> None:
    """Propose giving back whatever came through the portal for a charge, by itself: a person stands for it."""
    for pk in chain(charge):
        money.propose_for_subject(purpose=PURPOSE, subject_kind=SUBJECT, subject_id=str(pk), reason=reason)
