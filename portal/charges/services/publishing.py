"""Publishing a draft: from then on parents see it. In lots, as a duty that may be killed and goes on."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.charges import facts
from portal.charges.events import write_event
from portal.charges.models import Charge, ChargeEvent, ChargeList
from portal.charges.refusals import ChargeRefusedError
from portal.charges.services.making import LOT, check_due_day
from portal.common.clock import local_day
from portal.notifications.services import notify
from portal.outbox.services import owe
from portal.pupils.ports import BREATH, Pace

State = ChargeList.State


def moved_on(list_id: int) -> ChargeRefusedError:
    """Say what became of a list that somebody else moved meanwhile."""
    listed = ChargeList.objects.filter(pk=list_id).first()
    if listed is None:
        return ChargeRefusedError(_("Bản nháp này đã bị bỏ."))
    return ChargeRefusedError(
        _("Danh sách này vừa được người khác xử lý, nay là: %(state)s. Xem lại trang.")
        % {"state": listed.get_state_display().lower()}
    )


def publish_list(
    *, list_id: int, revision: int, actor_id: int | None, at: dt.datetime | None = None
) -> None:
    """Let a draft be published; its duty does the rest. Price and day are checked anew.

    Raises ChargeRefusedError.
    """
    now = at or timezone.now()
    listed = ChargeList.objects.select_related("school__commune", "kind").get(pk=list_id)
    day = local_day(now)
    facts.check_price(
        listed.school, facts.kind_for(listed.school, listed.kind.code, day), listed.unit_price
    )
    check_due_day(listed.due_on, day)
    with transaction.atomic():
        moved = ChargeList.objects.filter(pk=list_id, state=State.DRAFT, revision=revision).update(
            state=State.PUBLISHING, done_count=0, revision=F("revision") + 1, published_at=now
        )
        if moved != 1:
            raise moved_on(list_id)
        write_event(list_id, ChargeEvent.Action.PUBLISHED, actor_id=actor_id, at=now)
        owe(kind="charges.publish", key=f"charges.publish:{list_id}", payload={"list_id": list_id})


def publish_next_lot(list_id: int, pace: Pace | None = None) -> bool:
    """Publish the next rows in one transaction; False when nothing is left (the list is PUBLISHED then)."""
    pace = pace or Pace(LOT)
    mine = ChargeList.objects.filter(pk=list_id, state=State.PUBLISHING)
    if not mine.exists():
        return False
    drafts = Charge.objects.filter(charge_list_id=list_id, state=Charge.State.DRAFT)
    rows = list(drafts.order_by("number").values_list("pk", flat=True)[: pace.rows])
    if not rows:
        mine.update(state=State.PUBLISHED, revision=F("revision") + 1)
        return False
    with transaction.atomic():
        pace.begin()
        lot = drafts.filter(pk__in=rows)
        moved = lot.filter(exemption="").update(state=Charge.State.DUE, revision=F("revision") + 1)
        moved += lot.exclude(exemption="").update(state=Charge.State.EXEMPT, revision=F("revision") + 1)
        mine.update(done_count=F("done_count") + moved)
        if moved:
            owe(
                kind="charges.tell",
                key=f"charges.tell:{list_id}:{min(rows)}-{max(rows)}",
                payload={"list_id": list_id, "first": min(rows), "last": max(rows)},
            )
    pace.end(len(rows))
    return True


def publish_all(list_id: int, after_lot: Callable[[], None] | None = None) -> None:
    """Publish everything that is left, with breath between the lots; may be killed and called again."""
    pace = Pace(LOT)
    while publish_next_lot(list_id, pace):
        if after_lot is not None:
            after_lot()
        time.sleep(max(BREATH, pace.last))


def tell_published(list_id: int, first: int, last: int) -> None:
    """Tell the parents of a lot, once each for the whole list. May run twice."""
    charges = Charge.objects.filter(charge_list_id=list_id, pk__range=(first, last), state=Charge.State.DUE)
    for user_id in sorted(accounts.users_who_see(list(charges.values_list("pupil_id", flat=True)))):
        notify(
            recipient_id=user_id,
            template="charge.published",
            subject_kind="charge-list",
            subject_id=str(list_id),
            key=f"charge.published:{list_id}:{user_id}",
        )
