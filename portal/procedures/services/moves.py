"""What officers and citizens do to a dossier. Each verb is one transaction around ``workflow.make``."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.common.clock import due_day, local_day
from portal.documents import selectors as documents
from portal.documents.services import discard_papers, sign_document
from portal.organisations import selectors as organisations
from portal.procedures import fees, ports, slips, workflow
from portal.procedures.file_codes import next_file_code
from portal.procedures.models import Dossier
from portal.procedures.papers import dossier_papers, supply_papers
from portal.procedures.services.making import move, tell_applicant
from portal.procedures.states import Action, Status
from portal.procedures.workflow import Actor, Request

if TYPE_CHECKING:
    from portal.accounts.models import Officer
    from portal.documents.ports import LeaderSignature


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
        tell_applicant(moved, "accepted")
    return moved


def refuse_reception(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Refuse reception (mẫu 03) with its reason; a fee that came with the submission goes back."""
    with transaction.atomic():
        request = Request(Action.REFUSE_RECEPTION, revision, note, at)
        moved = move(dossier, request, actor, tell="reception_refused")
        fees.let_go(moved, "Hồ sơ không được tiếp nhận.")
        discard_papers(subject=supply_papers(dossier.pk))
    return moved


def start_work(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand the accepted dossier to its first step."""
    return move(dossier, Request(Action.START, revision, note, at), actor, tell="started")


def complete_step(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Finish a step that does not decide; the next one begins."""
    return move(dossier, Request(Action.COMPLETE_STEP, revision, note, at), actor, tell="step")


def request_payment(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Ask for the fee that was quoted; the clock pauses until it is settled."""
    with transaction.atomic():
        moved = move(
            dossier, Request(Action.REQUEST_PAYMENT, revision, note, at), actor, tell="payment_requested"
        )
        fees.ask(moved)
    return moved


def suspend_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str, at: dt.datetime | None = None
) -> Dossier:
    """Stop the work with its reason; the clock pauses."""
    return move(dossier, Request(Action.SUSPEND, revision, note, at), actor, tell="suspended")


def resume_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Take the work up again where it stopped."""
    return move(dossier, Request(Action.RESUME, revision, note, at), actor, tell="step")


def grant_dossier(
    *,
    dossier: Dossier,
    actor: Actor,
    revision: int,
    note: str = "",
    at: dt.datetime | None = None,
    signature: LeaderSignature | None = None,
) -> Dossier:
    """Decide for the applicant; without the leader's ``signature`` the letter waits for it."""
    with transaction.atomic():
        request = Request(Action.GRANT, revision, note, at)
        moved = move(dossier, request, actor, tell="concluded", signature=signature)
        ports.hooks_of(moved.procedure_code).on_granted(moved.pk)
    return moved


def refuse_dossier(
    *,
    dossier: Dossier,
    actor: Actor,
    revision: int,
    note: str,
    at: dt.datetime | None = None,
    signature: LeaderSignature | None = None,
) -> Dossier:
    """Decide against the applicant, on the merits, with the reason; signed as :func:`grant_dossier` is."""
    with transaction.atomic():
        request = Request(Action.REFUSE, revision, note, at)
        moved = move(dossier, request, actor, tell="concluded", signature=signature)
        ports.hooks_of(moved.procedure_code).on_refused(moved.pk)
        fees.let_go(moved, "Hồ sơ không được đồng ý.")
    return moved


def deliver_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Hand over the result; the dossier ends."""
    with transaction.atomic():
        moved = move(dossier, Request(Action.DELIVER, revision, note, at), actor, tell="delivered")
        ports.hooks_of(moved.procedure_code).on_delivered(moved.pk)
    return moved


def withdraw_dossier(
    *, dossier: Dossier, actor: Actor, revision: int, note: str = "", at: dt.datetime | None = None
) -> Dossier:
    """Withdraw: the applicant's own word, final."""
    with transaction.atomic():
        moved = move(dossier, Request(Action.WITHDRAW, revision, note, at), actor, tell="withdrawn")
        ports.hooks_of(moved.procedure_code).on_withdrawn(moved.pk)
        fees.let_go(moved, "Người nộp rút hồ sơ.")
        discard_papers(subject=supply_papers(dossier.pk))
    return moved


def sign_decision(*, dossier: Dossier, signature: LeaderSignature) -> int:
    """Sign the letters of a decision that wait for a leader; return how many. The caller asks who may."""
    subject, signed = dossier_papers(dossier.pk), 0
    for told in documents.documents_of(subject):
        waiting = documents.document_of(subject, told.public_id) if told.waits_for_leader else None
        if waiting is not None:
            signed += sign_document(document_id=waiting.pk, signature=signature)
    return signed


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
