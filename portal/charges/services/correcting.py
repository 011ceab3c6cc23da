"""What may still change once parents have seen it: always one conditional UPDATE, always with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts import selectors as accounts
from portal.charges import paying
from portal.charges.events import write_event
from portal.charges.guards import list_is
from portal.charges.models import Charge, ChargeEvent, ChargeList
from portal.charges.refusals import ChargeRefusedError
from portal.charges.services.making import MOST_UNITS
from portal.common.text import tidy
from portal.notifications.services import notify

State = Charge.State
_NOTE = 200


def overtaken(charge_id: int) -> ChargeRefusedError:
    """Say what became of a charge that moved meanwhile."""
    charge = Charge.objects.get(pk=charge_id)
    return ChargeRefusedError(
        _("Khoản này vừa đổi, nay là: %(state)s. Chưa ghi gì; xem lại trang.")
        % {"state": charge.get_state_display().lower()}
    )


def needed(reason: str) -> str:
    """Give the reason, tidied; raises ChargeRefusedError where there is none."""
    said = tidy(reason)
    if not said:
        raise ChargeRefusedError(_("Ghi lý do."))
    return said[:_NOTE]


@dataclass(frozen=True, slots=True)
class _Replacement:
    quantity: int
    amount: int
    exemption: str = ""


def correct_charge(*, charge: Charge, quantity: int, reason: str, actor_id: int, revision: int) -> Charge:
    """Put a row with another quantity in a charge's place; give the new row.

    Money that came for the old row counts for the new one: too much is proposed for refund, what lacks
    is asked for. Raises ChargeRefusedError.
    """
    said = needed(reason)
    if not 1 <= quantity <= MOST_UNITS:
        raise ChargeRefusedError(_("Số lượng phải từ 1 đến %(most)d.") % {"most": MOST_UNITS})
    amount = charge.charge_list.unit_price * quantity
    if charge.state in (State.DUE, State.PAID) and amount == charge.amount:
        raise ChargeRefusedError(_("Số lượng này không đổi gì. Ghi số lượng khác."))
    return _replace(charge, _Replacement(quantity, amount), said, actor_id, revision)


def exempt_charge(*, charge: Charge, ground: str, actor_id: int, revision: int) -> Charge:
    """Let a pupil off; what was paid already is proposed for refund. Raises ChargeRefusedError."""
    said = needed(ground)
    return _replace(charge, _Replacement(charge.quantity, 0, said), said, actor_id, revision)


def _replace(old: Charge, new: _Replacement, reason: str, actor_id: int, revision: int) -> Charge:
    now = timezone.now()
    with transaction.atomic():
        moved = Charge.objects.filter(
            list_is(ChargeList.State.PUBLISHED), pk=old.pk, state=old.state, revision=revision
        )
        if (
            old.state not in (State.DUE, State.PAID)
            or moved.update(state=State.CORRECTED, revision=F("revision") + 1) != 1
        ):
            raise overtaken(old.pk)
        came = old.carried + (old.to_pay if old.state == State.PAID else 0)
        kept = min(came, new.amount)
        paid = kept == new.amount and not new.exemption
        made = Charge.objects.create(
            charge_list_id=old.charge_list_id,
            pupil_id=old.pupil_id,
            class_name=old.class_name,
            number=old.number,
            quantity=new.quantity,
            amount=new.amount,
            carried=kept,
            to_pay=new.amount - kept,
            state=State.EXEMPT if new.exemption else State.PAID if paid else State.DUE,
            exemption=new.exemption,
            corrects=old,
            paid_at=old.paid_at if paid else None,
            paid_via=old.paid_via if kept else "",
            revision=1,
        )
        paying.let_go([old.pk])
        back = paying.give_back(old, came - kept, reason, actor_id) if came > kept else ""
        action = ChargeEvent.Action.EXEMPTED if new.exemption else ChargeEvent.Action.CORRECTED
        note = " ".join(part for part in (reason, back) if part)
        for row in (old, made):
            write_event(old.charge_list_id, action, charge_id=row.pk, note=note, actor_id=actor_id, at=now)
        tell_guardians(made, "charge.corrected")
    return made


def record_payment(*, charge: Charge, way: str, note: str, actor_id: int, revision: int) -> None:
    """Note that a parent paid at the school, in cash or by transfer; raises ChargeRefusedError.

    Money that still comes through the portal for it is proposed for refund.
    """
    if way not in (Charge.Way.CASH, Charge.Way.TRANSFER):
        raise ChargeRefusedError(_("Chọn tiền mặt hay chuyển khoản."))
    with transaction.atomic():
        moved = Charge.objects.filter(
            list_is(ChargeList.State.PUBLISHED), pk=charge.pk, state=State.DUE, revision=revision
        ).update(state=State.PAID, paid_via=way, paid_at=timezone.now(), revision=F("revision") + 1)
        if moved != 1:
            raise overtaken(charge.pk)
        paying.let_go([charge.pk])
        with override(paying.NOTES):
            how = str(Charge.Way(way).label)
        said = f"{how}. {tidy(note)}" if tidy(note) else how
        write_event(
            charge.charge_list_id,
            ChargeEvent.Action.PAID,
            charge_id=charge.pk,
            note=said,
            actor_id=actor_id,
        )
        tell_guardians(charge, "charge.paid")


def tell_guardians(charge: Charge, template: str) -> None:
    """Leave a notice for everybody who may see the child, in the caller's transaction."""
    for user_id in sorted(accounts.users_who_see([charge.pupil_id])):
        notify(
            recipient_id=user_id,
            template=template,
            subject_kind="charge",
            subject_id=str(charge.pk),
            key=f"{template}:{charge.pk}:{user_id}",
        )
