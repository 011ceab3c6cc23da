"""What officers and citizens do to a dossier. Each verb is one transaction around ``workflow.make``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.common.clock import due_day, local_day
from portal.notifications.services import notify
from portal.organisations import selectors as organisations
from portal.procedures import fees, ports, slips, workflow
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
        hooks = ports.hooks_of(dossier.procedure_code)
        due = hooks.due_on(dossier.pk) or due_day(
            now,
            dossier.deadline_days,
            organisations.calendar(dossier.organisation_id),
            cutoff=dossier.deadline_cutoff,
        )
        # the counter's row is locked from here on, so a refused move below gives its number back
        code = next_file_code(organisation.code, local_day(now))
        request = Request(Action.ACCEPT, revision, note, now)
        moved = workflow.make(dossier.pk, request, actor, code=code, accepted_at=now, due_on=due)
        slips.order_slip(moved, request, actor)
        hooks.on_accepted(moved.pk)
        _tell_applicant(moved, "accepted")
    return moved


def refuse_reception(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Refuse reception (mẫu 03) with its reason."""
    return _move(
        dossier, Request(Action.REFUSE_RECEPTION, revision, note, at), actor, tell="reception_refused"
    )


def request_supplement(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Ask for what is missing (mẫu 02); the clock pauses where it runs."""
    return _move(
        dossier, Request(Action.REQUEST_SUPPLEMENT, revision, note, at), actor, tell="supplement_requested"
    )


def supply(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand in what was asked for; the clock goes on."""
    return _move(dossier, Request(Action.SUPPLY, revision, note, at), actor)


def start_work(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand the accepted dossier to its first step."""
    return _move(dossier, Request(Action.START, revision, note, at), actor, tell="started")


def complete_step(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Finish a step that does not decide; the next one begins."""
    return _move(dossier, Request(Action.COMPLETE_STEP, revision, note, at), actor, tell="step")


def request_payment(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Ask for the fee that was quoted; the clock pauses until it is settled."""
    with transaction.atomic():
        moved = _move(
            dossier, Request(Action.REQUEST_PAYMENT, revision, note, at), actor, tell="payment_requested"
        )
        fees.ask(moved)
    return moved


def suspend_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Stop the work with its reason; the clock pauses."""
    return _move(dossier, Request(Action.SUSPEND, revision, note, at), actor, tell="suspended")


def resume_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Take the work up again where it stopped."""
    return _move(dossier, Request(Action.RESUME, revision, note, at), actor, tell="step")


def grant_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Decide for the applicant."""
    with transaction.atomic():
        moved = _move(dossier, Request(Action.GRANT, revision, note, at), actor, tell="concluded")
        ports.hooks_of(moved.procedure_code).on_granted(moved.pk)
    return moved


def refuse_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Decide against the applicant, on the merits, with the reason."""
    with transaction.atomic():
        moved = _move(dossier, Request(Action.REFUSE, revision, note, at), actor, tell="concluded")
        ports.hooks_of(moved.procedure_code).on_refused(moved.pk)
        fees.let_go(moved, "Hồ sơ không được đồng ý.")
    return moved


def deliver_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand over the result; the dossier ends."""
    with transaction.atomic():
        moved = _move(dossier, Request(Action.DELIVER, revision, note, at), actor, tell="delivered")
        ports.hooks_of(moved.procedure_code).on_delivered(moved.pk)
    return moved


def withdraw_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Withdraw: the applicant's own word, final."""
    with transaction.atomic():
        moved = _move(dossier, Request(Action.WITHDRAW, revision, note, at), actor, tell="withdrawn")
        ports.hooks_of(moved.procedure_code).on_withdrawn(moved.pk)
        fees.let_go(moved, "Người nộp rút hồ sơ.")
    return moved


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


def _move(dossier: Dossier, request: Request, actor: Actor, *, tell: str = "") -> Dossier:
    with transaction.atomic():
        moved = workflow.make(dossier.pk, request, actor)
        slips.order_slip(moved, request, actor)
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
