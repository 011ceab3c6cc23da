"""Late: the office says sorry and promises another day (mẫu 04), by an officer or, failing that, by the clock."""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.common.clock import ZONE, local_day
from portal.documents.services import order_document
from portal.organisations import selectors as organisations
from portal.procedures import workflow
from portal.procedures.models import Apology, Dossier
from portal.procedures.papers import dossier_papers
from portal.procedures.services.making import tell_applicant
from portal.procedures.states import Action, Status
from portal.procedures.workflow import Actor, Request

logger = logging.getLogger(__name__)

LEADERS = ("principal", "leader")
#: working days that the clock adds where no officer said how many
ADDED_DAYS = 3
MOST_DAYS = 20
REASON_LENGTH = 500
RUNNING = (Status.ACCEPTED, Status.IN_PROGRESS)


def late(now: dt.datetime) -> QuerySet[Dossier]:
    """List dossiers whose promise of today or earlier is not kept, and for which nobody said sorry.

    On the promised day itself they count from ``settings.APOLOGY_HOUR`` on (local time): what is done
    before it needs no apology, and the slip still leaves on that day.
    """
    local = now.astimezone(ZONE)
    over = Q(due_on__lt=local.date())
    if local.hour >= settings.APOLOGY_HOUR:
        over |= Q(due_on=local.date())
    return Dossier.objects.filter(over, status__in=RUNNING, apology=None).order_by("due_on", "pk")


def apologise_where_late(*, now: dt.datetime | None = None) -> int:
    """Say sorry for every dossier that is late; return how many. Run by beat, and may run twice."""
    now = now or timezone.now()
    done = 0
    for dossier in late(now).select_related("organisation", "definition").iterator():
        try:
            apologise(dossier=dossier, revision=dossier.revision, at=now)
        except workflow.RefusedMoveError:  # moved, or apologised for, since it was read
            logger.info("dossier %d changed while an apology was made", dossier.pk)
        else:
            done += 1
    return done


def apologise(
    *,
    dossier: Dossier,
    revision: int,
    actor: Actor | None = None,
    reason: str = "",
    days: int = ADDED_DAYS,
    at: dt.datetime | None = None,
) -> Apology:
    """Say sorry once, name the leader who answers for it, and promise a day ``days`` working days on.

    The days count from the promised day, or from today where that is past. Without an ``actor`` the clock
    does it. Raises ``RefusedMoveError``; ``OvertakenError`` where the dossier moved meanwhile.
    """
    now = at or timezone.now()
    today = local_day(now)
    if Status(dossier.status) not in RUNNING or dossier.due_on is None:
        raise workflow.RefusedMoveError(_("Hồ sơ không ở bước đang giải quyết nên không hẹn lại được."))
    if Apology.objects.filter(dossier=dossier).exists():
        raise workflow.RefusedMoveError(_("Hồ sơ đã được hẹn lại một lần. Mỗi hồ sơ chỉ hẹn lại một lần."))
    words = " ".join(reason.split())[:REASON_LENGTH]
    if actor is not None and not words:
        raise workflow.RefusedMoveError(_("Ghi lý do chậm; người nộp đọc được."))
    words = words or "Nơi giải quyết cần thêm thời gian để xem xét hồ sơ."
    day = _working_day(max(dossier.due_on, today), min(max(days, 1), MOST_DAYS), dossier.organisation_id)
    leader = responsible(dossier)
    with transaction.atomic():
        noted = workflow.note(
            dossier,
            Request(Action.APOLOGISE, revision, words, now),
            actor or Actor(None, "", dossier.organisation_id),
            promised_on=day,
        )
        apology = Apology.objects.create(
            dossier=dossier,
            due_on=dossier.due_on,
            promised_on=day,
            reason=words,
            leader_name=leader,
            automatic=actor is None,
            at=now,
        )
        order_document(
            subject=dossier_papers(dossier.pk),
            kind="apology",
            occasion=noted.revision,
            organisation_id=dossier.organisation_id,
            at=now,
        )
        tell_applicant(noted, "apology")
    return apology


def responsible(dossier: Dossier) -> str:
    """Name who answers for the delay: the office's leader, else one above it, else the office's head."""
    places = [
        dossier.organisation_id,
        *(above.pk for above in organisations.parents_of(dossier.organisation_id)),
    ]
    for place in places:
        for officer in accounts.officers_of(place, *LEADERS):
            return ", ".join(part for part in (officer.full_name, officer.position) if part)
    return f"Người đứng đầu {organisations.organisation(dossier.organisation_id).name}"


def _working_day(start: dt.date, days: int, organisation_id: int) -> dt.date:
    calendar, day = organisations.calendar(organisation_id), start
    while days:
        day += dt.timedelta(days=1)
        days -= calendar.is_working(day)
    return day
