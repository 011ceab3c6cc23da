"""One move of a dossier: looked up in the table, carried out by one conditional UPDATE.

The UPDATE names the status, the step and the revision that the actor saw. Whoever comes second
changes no row and is told what happened meanwhile. This holds on SQLite and PostgreSQL alike, where
"read, check, save" does not (see the race tests).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import due_day, local_day
from portal.organisations import selectors as organisations
from portal.procedures import registry
from portal.procedures.answers import unseal
from portal.procedures.definition import ANSWER, HANDLING, Definition, Step, holds
from portal.procedures.models import Dossier, DossierEvent, DossierPause
from portal.procedures.ports import hooks_of
from portal.procedures.states import ENDED, LABELS, PAUSED, Action, Move, Status, find

if TYPE_CHECKING:
    from portal.accounts.models import User


class RefusedMoveError(Exception):
    """The move cannot be made; the message is a sentence for the person who tried."""


class OvertakenError(RefusedMoveError):
    """Somebody else moved the dossier since the page was shown."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the user's row and, for officers, for which organisation."""

    user: User | None
    name: str
    organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody wants done, with the revision that the page showed."""

    action: Action
    revision: int
    note: str = ""
    at: dt.datetime | None = None


def make(dossier_id: int, request: Request, actor: Actor, **also: Any) -> Dossier:
    """Carry out a move inside the caller's transaction and return the dossier as it is now.

    ``also`` are further columns to set by the same UPDATE. Raises :class:`OvertakenError` where the
    revision is no longer the one shown, :class:`RefusedMoveError` where the table has no such move.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A move and its consequences are one transaction: open it around make().")
    seen = Dossier.objects.select_related("definition", "organisation").get(pk=dossier_id)
    if seen.revision != request.revision:
        raise OvertakenError(meanwhile(seen))
    move = _allowed(seen, request)
    now = request.at or timezone.now()
    changes = _changes(seen, move, now) | also
    if not guarded_update(seen, changes):
        raise OvertakenError(meanwhile(Dossier.objects.get(pk=dossier_id)))
    after = Dossier.objects.select_related("definition", "organisation").get(pk=dossier_id)
    write_event(after, request, actor, now, before=seen)
    return _keep_clock(seen, after, now)


def guarded_update(seen: Dossier, changes: dict[str, Any]) -> bool:
    """Write only if the row still is as it was seen: the guard of the whole engine."""
    changed = Dossier.objects.filter(
        pk=seen.pk, status=seen.status, step=seen.step, revision=seen.revision
    ).update(**changes, revision=seen.revision + 1)
    return changed == 1


def note(dossier: Dossier, request: Request, actor: Actor, **changes: Any) -> Dossier:
    """Write down what moves nothing, in the caller's transaction, under the same guard as a move."""
    seen = Dossier.objects.select_related("definition", "organisation").get(pk=dossier.pk)
    if seen.revision != request.revision or not guarded_update(seen, changes):
        raise OvertakenError(meanwhile(Dossier.objects.get(pk=dossier.pk)))
    after = Dossier.objects.select_related("definition", "organisation").get(pk=dossier.pk)
    write_event(after, request, actor, request.at or timezone.now(), before=seen)
    return after


def _allowed(dossier: Dossier, request: Request) -> Move:
    move = find(Status(dossier.status), request.action, received=dossier.received)
    if move is None:
        raise RefusedMoveError(
            _("Hồ sơ đang ở trạng thái “%(status)s” nên không làm được việc này.")
            % {"status": LABELS[Status(dossier.status)]}
        )
    if move.needs_note and not request.note.strip():
        raise RefusedMoveError(_("Ghi lý do để người nộp hiểu và biết phải làm gì."))
    decides = dossier.step and registry.as_written(dossier.definition).step(dossier.step).decides
    if request.action in {Action.GRANT, Action.REFUSE} and not decides:
        raise RefusedMoveError(_("Bước này chưa phải bước quyết định."))
    if request.action is Action.COMPLETE_STEP and decides:
        raise RefusedMoveError(_("Bước này cần một quyết định: đồng ý hoặc không đồng ý."))
    return move


def _changes(dossier: Dossier, move: Move, now: dt.datetime) -> dict[str, Any]:
    changes: dict[str, Any] = {"status": move.target.value}
    if move.target is Status.IN_PROGRESS:
        changes |= _step_changes(dossier, move)
    elif move.target in ENDED or move.target is Status.CONCLUDED:
        changes["step_organisation_id"] = None
    if move.action is Action.GRANT:
        changes["outcome"] = "granted"
    if move.action is Action.REFUSE:
        changes["outcome"] = "refused"
    if move.target is Status.CONCLUDED:
        changes["concluded_at"] = now
    if move.target in ENDED:
        changes["ended_at"] = now
    return changes


def _step_changes(dossier: Dossier, move: Move) -> dict[str, Any]:
    definition = registry.as_written(dossier.definition)
    answers = unseal(dossier.answers)
    steps = applicable_steps(definition, answers)
    names = [step.name for step in steps]
    if move.action is Action.COMPLETE_STEP:
        step = steps[names.index(dossier.step) + 1]
    elif dossier.step:
        step = definition.step(dossier.step)  # back to where it was paused
    else:
        step = steps[0]
    return {"step": step.name, "step_organisation_id": place_of(step, dossier, answers), "assignee": None}


def applicable_steps(definition: Definition, answers: dict[str, Any]) -> list[Step]:
    """List the steps that these answers call for, in order; never empty in a sound definition."""
    return [step for step in definition.steps if holds(step.when, answers)]


def place_of(step: Step, dossier: Dossier, answers: dict[str, Any]) -> int:
    """Give the row id of the organisation that works on a step."""
    if step.at == HANDLING:
        return dossier.organisation_id
    if step.at.startswith(ANSWER):
        return int(answers[step.at.removeprefix(ANSWER)])
    return office(step.at)


def office(place: str) -> int:
    """Give the row id of the office that a definition names: "organisation:H99"."""
    found = organisations.by_code(place.removeprefix("organisation:"))
    if found is None:
        raise LookupError(f"No organisation has or had the code in {place!r}.")
    return found.pk


def write_event(
    dossier: Dossier,
    request: Request,
    actor: Actor,
    now: dt.datetime,
    *,
    before: Dossier | None = None,
) -> DossierEvent:
    """Append what happened; its number is the revision, so no two events share one."""
    return DossierEvent.objects.create(
        dossier=dossier,
        number=dossier.revision,
        action=request.action.value,
        actor=actor.user,
        actor_name=actor.name,
        organisation_id=actor.organisation_id,
        from_status=before.status if before else None,
        to_status=dossier.status,
        from_step=before.step if before else "",
        to_step=dossier.step,
        note=request.note.strip(),
        at=now,
    )


def _keep_clock(before: Dossier, after: Dossier, now: dt.datetime) -> Dossier:
    """Begin or end a pause and count the due day anew. Only a received dossier has a clock."""
    if not after.received:
        return after
    was, is_now = Status(before.status) in PAUSED, Status(after.status) in PAUSED
    if is_now and not was:
        DossierPause.objects.create(dossier=after, began_on=local_day(now))
    if was and not is_now:
        DossierPause.objects.filter(dossier=after, ended_on=None).update(ended_on=local_day(now))
        after.due_on = due_on(after)
        Dossier.objects.filter(pk=after.pk).update(due_on=after.due_on)
    return after


def due_on(dossier: Dossier) -> dt.date:
    """Compute the day by which the result is due, from reception, limit, calendar and pauses."""
    if dossier.accepted_at is None:
        raise ValueError("A dossier that was not received has no due day.")
    return hooks_of(dossier.procedure_code).due_on(dossier.pk) or due_day(
        dossier.accepted_at,
        dossier.deadline_days,
        organisations.calendar(dossier.organisation_id),
        cutoff=dossier.deadline_cutoff,
        pauses=[(pause.began_on, pause.ended_on) for pause in dossier.pauses.all()],
    )


def promised_on(dossier: Dossier, acceptance: DossierEvent) -> dt.date:
    """Give the day that was promised at acceptance, whatever pauses came after."""
    return hooks_of(dossier.procedure_code).due_on(dossier.pk) or due_day(
        acceptance.at,
        dossier.deadline_days,
        organisations.calendar(dossier.organisation_id),
        cutoff=dossier.deadline_cutoff,
    )


def meanwhile(dossier: Dossier) -> str:
    """Say who did what to the dossier last: "Hồ sơ này vừa được chị Thu nhận xử lý"."""
    last = dossier.events.order_by("-number").first()
    status = LABELS[Status(dossier.status)]
    if last is None or not last.actor_name:
        return _("Hồ sơ này vừa chuyển sang “%(status)s”. Xem lại rồi làm tiếp.") % {"status": status}
    return _("Hồ sơ này vừa được %(name)s xử lý, nay là “%(status)s”. Xem lại rồi làm tiếp.") % {
        "name": last.actor_name,
        "status": status,
    }
