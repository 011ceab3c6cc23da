"""Taking back what should not be collected: one charge, or a whole list in lots."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts import selectors as accounts
from portal.charges import paying
from portal.charges.events import write_event
from portal.charges.guards import list_is
from portal.charges.models import Charge, ChargeEvent, ChargeList
from portal.charges.services.correcting import needed, overtaken, tell_guardians
from portal.charges.services.making import LOT
from portal.charges.services.publishing import moved_on
from portal.notifications.services import notify
from portal.outbox.services import owe
from portal.pupils.ports import BREATH, Pace

State = Charge.State
_LIVING = (State.DUE, State.PAID, State.EXEMPT)


def cancel_charge(*, charge: Charge, reason: str, actor_id: int, revision: int) -> None:
    """Take one charge back; what was paid is proposed for refund. Raises ChargeRefusedError."""
    said = needed(reason)
    with transaction.atomic():
        moved = Charge.objects.filter(
            list_is(ChargeList.State.PUBLISHED), pk=charge.pk, state=charge.state, revision=revision
        )
        if (
            charge.state not in _LIVING
            or moved.update(state=State.CANCELLED, revision=F("revision") + 1) != 1
        ):
            raise overtaken(charge.pk)
        paying.let_go([charge.pk])
        came = charge.carried + (charge.to_pay if charge.state == State.PAID else 0)
        back = paying.give_back(charge, came, said, actor_id) if came else ""
        write_event(
            charge.charge_list_id,
            ChargeEvent.Action.CANCELLED,
            charge_id=charge.pk,
            note=f"{said} {back}".strip(),
            actor_id=actor_id,
        )
        tell_guardians(charge, "charge.cancelled")


def cancel_list(*, list_id: int, reason: str, actor_id: int, revision: int) -> None:
    """Take a published list back; its duty does the rest. Raises ChargeRefusedError."""
    said = needed(reason)
    with transaction.atomic():
        moved = ChargeList.objects.filter(
            pk=list_id, state=ChargeList.State.PUBLISHED, revision=revision
        ).update(
            state=ChargeList.State.CANCELLING,
            done_count=0,
            reason=said,
            cancelled_at=timezone.now(),
            revision=F("revision") + 1,
        )
        if moved != 1:
            raise moved_on(list_id)
        write_event(list_id, ChargeEvent.Action.CANCELLED, note=said, actor_id=actor_id)
        owe(kind="charges.cancel", key=f"charges.cancel:{list_id}", payload={"list_id": list_id})


def cancel_next_lot(list_id: int, pace: Pace | None = None) -> bool:
    """Take the next rows back in one transaction; False when nothing is left (CANCELLED then)."""
    pace = pace or Pace(LOT)
    mine = ChargeList.objects.filter(pk=list_id, state=ChargeList.State.CANCELLING)
    listed = mine.first()
    if listed is None:
        return False
    rows = list(
        Charge.objects.filter(charge_list_id=list_id, state__in=_LIVING).order_by("number")[: pace.rows]
    )
    if not rows:
        mine.update(state=ChargeList.State.CANCELLED, revision=F("revision") + 1)
        return False
    with transaction.atomic():
        pace.begin()
        gone = [row for row in rows if _cancelled(row)]
        paying.let_go([row.pk for row in gone])
        for row in gone:
            if row.carried or row.state == State.PAID:
                paying.give_back_all(row, listed.reason)
        _tell(list_id, [row.pupil_id for row in gone if row.state != State.EXEMPT])
        mine.update(done_count=F("done_count") + len(gone))
    pace.end(len(rows))
    return True


def _cancelled(row: Charge) -> bool:
    moved = Charge.objects.filter(pk=row.pk, state=row.state, revision=row.revision)
    return moved.update(state=State.CANCELLED, revision=F("revision") + 1) == 1


def _tell(list_id: int, pupil_ids: list[int]) -> None:
    for user_id in sorted(accounts.users_who_see(pupil_ids)):
        notify(
            recipient_id=user_id,
            template="charge.list_cancelled",
            subject_kind="charge-list",
            subject_id=str(list_id),
            key=f"charge.list_cancelled:{list_id}:{user_id}",
        )


def cancel_all(list_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Take back everything that is left, with breath between the lots; may be killed and called again."""
    pace = Pace(LOT)
    while cancel_next_lot(list_id, pace):
        if after_lot is not None:
            after_lot()
        time.sleep(max(BREATH, pace.last))
