"""Reminding parents of what is not paid yet: by an officer's word or by the calendar, once a day at most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.charges.events import write_event
from portal.charges.models import Charge, ChargeEvent, ChargeList, Reminder
from portal.charges.refusals import ChargeRefusedError
from portal.common.clock import local_day
from portal.notifications.services import notify
from portal.outbox.services import owe

#: days before the due day (negative: after it) on which parents are reminded by itself
BY_ITSELF = (3, -1, -8)
_LOT = 200


def remind_list(*, list_id: int, actor_id: int | None, at: dt.datetime | None = None) -> Reminder:
    """Begin a round of reminders; its duty tells the parents. Raises ChargeRefusedError."""
    now = at or timezone.now()
    listed = ChargeList.objects.get(pk=list_id)
    if listed.state != ChargeList.State.PUBLISHED:
        raise ChargeRefusedError(_("Chỉ nhắc được khoản thu đã công bố."))
    unpaid = listed.charges.filter(state=Charge.State.DUE).count()
    if not unpaid:
        raise ChargeRefusedError(_("Không còn ai chưa nộp, không phải nhắc."))
    try:
        with transaction.atomic():
            begun = Reminder.objects.create(
                charge_list=listed, on=local_day(now), actor_id=actor_id, charges=unpaid
            )
            write_event(list_id, ChargeEvent.Action.REMINDED, actor_id=actor_id, at=now)
            owe(kind="charges.remind", key=f"charges.remind:{begun.pk}", payload={"reminder_id": begun.pk})
    except IntegrityError as twice:
        raise ChargeRefusedError(_("Hôm nay đã gửi lời nhắc. Mỗi ngày chỉ nhắc một lần.")) from twice
    return begun


def remind_due_lists(*, day: dt.date | None = None) -> int:
    """Begin the rounds that the calendar asks for; say how many. Asked again on the same day: none."""
    today = day or local_day(timezone.now())
    unpaid = Charge.objects.filter(charge_list=OuterRef("pk"), state=Charge.State.DUE)
    lists = ChargeList.objects.filter(
        Exists(unpaid),
        state=ChargeList.State.PUBLISHED,
        due_on__in=[today + dt.timedelta(days=days) for days in BY_ITSELF],
    ).exclude(reminders__on=today)
    begun = 0
    for list_id in lists.values_list("pk", flat=True):
        try:
            remind_list(list_id=list_id, actor_id=None)
        except ChargeRefusedError:
            continue  # paid or reminded meanwhile
        begun += 1
    return begun


def tell_round(reminder_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Tell everybody who has something unpaid in the list, once each. May run twice."""
    begun = Reminder.objects.get(pk=reminder_id)
    charges = Charge.objects.filter(charge_list_id=begun.charge_list_id, state=Charge.State.DUE)
    pupil_ids = list(charges.order_by("number").values_list("pupil_id", flat=True))
    told: set[int] = set()
    for start in range(0, len(pupil_ids), _LOT):
        for user_id in sorted(accounts.users_who_see(pupil_ids[start : start + _LOT]) - told):
            notify(
                recipient_id=user_id,
                template="charge.reminder",
                subject_kind="charge-list",
                subject_id=str(begun.charge_list_id),
                key=f"charge.reminder:{begun.pk}:{user_id}",
            )
            told.add(user_id)
        if after_lot is not None:
            after_lot()
    Reminder.objects.filter(pk=begun.pk).update(told=len(told))
