"""What officers and citizens do to a dossier. Each verb is one transaction around ``workflow.make``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.common.clock import due_day, local_day
from portal.notifications.services import notify
from portal.organisations import selectors as organisations
from portal.procedures import ports, workflow
from portal.procedures.file_codes import next_file_code
from portal.procedures.models import Dossier
from portal.procedures.states import Action, Status
from portal.procedures.workflow import Actor, Request

if TYPE_CHECKING:
    from portal.accounts.models import Officer


def accept_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Accept: give the official file code and the due day, both counted from this moment."""
    now = at or timezone.now()
    with transaction.atomic():
        organisation = organisations.organisation(dossier.organisation_id)
        due = due_day(
            now,
            dossier.deadline_days,
            organisations.calendar(dossier.organisation_id),
            cutoff=dossier.deadline_cutoff,
        )
        # the counter's row is locked from here on, so a refused move below gives its number back
        code = next_file_code(organisation.code, local_day(now))
        moved = workflow.make(
            dossier.pk,
            Request(Action.ACCEPT, revision, note, now),
            actor,
            code=code,
            accepted_at=now,
            due_on=due,
        )
        ports.hooks_of(moved.procedure_code).on_accepted(moved.pk)
        _tell_applicant(moved, "accepted")
    return moved


def refuse_reception(*, dossier: Dossier, actor: Actor, revision: int, note: str) -> Dossier:
    """Refuse reception (mẫu 03) with its reason."""
    return _move(dossier, Action.REFUSE_RECEPTION, actor, revision, note, tell="reception_refused")


def request_supplement(*, dossier: Dossier, actor: Actor, revision: int, note: str) -> Dossier:
    """Ask for what is missing (mẫu 02); the clock pauses where it runs."""
    return _move(dossier, Action.REQUEST_SUPPLEMENT, actor, revision, note, tell="supplement_requested")


def supply(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Hand in what was asked for; the clock goes on."""
    return _move(dossier, Action.SUPPLY, actor, revision, note)


def start_work(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Hand the accepted dossier to its first step."""
    return _move(dossier, Action.START, actor, revision, note, tell="started")


def complete_step(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Finish a step that does not decide; the next one begins."""
    return _move(dossier, Action.COMPLETE_STEP, actor, revision, note, tell="step")


def suspend_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str) -> Dossier:
    """Stop the work with its reason; the clock pauses."""
    return _move(dossier, Action.SUSPEND, actor, revision, note, tell="suspended")


def resume_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Take the work up again where it stopped."""
    return _move(dossier, Action.RESUME, actor, revision, note, tell="step")


def grant_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Decide for the applicant."""
    with transaction.atomic():
        moved = _move(dossier, Action.GRANT, actor, revision, note, tell="concluded")
        ports.hooks_of(moved.procedure_code).on_granted(moved.pk)
    return moved


def refuse_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str) -> Dossier:
    """Decide against the applicant, on the merits, with the reason."""
    with transaction.atomic():
        moved = _move(dossier, Action.REFUSE, actor, revision, note, tell="concluded")
        ports.hooks_of(moved.procedure_code).on_refused(moved.pk)
    return moved


def deliver_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Hand over the result; the dossier ends."""
    with transaction.atomic():
        moved = _move(dossier, Action.DELIVER, actor, revision, note, tell="delivered")
        ports.hooks_of(moved.procedure_code).on_delivered(moved.pk)
    return moved


def withdraw_dossier(*, dossier: Dossier, actor: Actor, revision: int, note: str = "") -> Dossier:
    """Withdraw: the applicant's own word, final."""
    return _move(dossier, Action.WITHDRAW, actor, revision, note, tell="withdrawn")


def assign_dossier(*, dossier: Dossier, officer: Officer | None, revision: int) -> bool:
    """Say whose desk it lies on (None: nobody's). False where somebody was faster.

    The revision stays: an assignment changes nothing that a colleague's open page shows as its basis.
    """
    changed = (
        Dossier.objects.filter(pk=dossier.pk, revision=revision, assignee=dossier.assignee)
        .exclude(status__in=[Status.DELIVERED, Status.WITHDRAWN, Status.RECEPTION_REFUSED])
        .update(assignee=officer)
    )
    return changed == 1


def _move(
    dossier: Dossier, action: Action, actor: Actor, revision: int, note: str, *, tell: str = ""
) -> Dossier:
    with transaction.atomic():
        moved = workflow.make(dossier.pk, Request(action, revision, note), actor)
        if tell:
            _tell_applicant(moved, tell)
    return moved


def _tell_applicant(dossier: Dossier, template: str) -> None:
    notify(
        recipient_id=dossier.applicant.user_id,
        template=f"dossier.{template}",
        subject_kind="dossier",
        subject_id=str(dossier.pk),
        key=f"dossier:{dossier.pk}:{dossier.revision}",
    )
