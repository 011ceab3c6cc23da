"""One dossier, for an officer whose office has a part in it. Every look is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.accounts.ports import current_officer, officer_required
from portal.accounts.services import record_look
from portal.common.clock import local_day
from portal.desk.frame import frame
from portal.desk.words import MOVES
from portal.documents import selectors as documents
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.procedures.ports import panel_of
from portal.pupils import selectors as pupils

if TYPE_CHECKING:
    from portal.accounts.models import User


def reachable(request: HttpRequest, public_id: UUID) -> dossiers.Dossier:
    """Give a dossier of the officer's reach; 404 for any other, in the same words as for none."""
    dossier = dossiers.dossier_for(current_officer(request).user, public_id)
    if dossier is None:
        raise Http404
    return dossier


@require_GET
@officer_required()
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the request beside what the register holds, the log, and the moves open to this officer."""
    dossier = reachable(request, public_id)
    officer = current_officer(request)
    language = get_language() or "vi"
    today = local_day(timezone.now())
    actor = dossiers.actor_for(dossier, officer.user, officer.full_name)
    record_look(
        actor=officer.user,
        subject_kind="dossier",
        subject_id=str(dossier.pk),
        purpose="work",
        organisation_id=actor.organisation_id,
    )
    context = dossiers.FormContext(dossier.applicant_id, language, today)
    moves = dossiers.moves_open_to(dossier, officer.user)
    return render(
        request,
        "desk/dossier.html",
        {
            **frame(request),
            "dossier": dossier,
            "procedure": dossiers.title_of(dossier.definition, language),
            "told": dossiers.tell_dossier(dossier, context),
            "papers": dossiers.tell_dossier_papers(dossier, language),
            "documents": _documents(dossier, officer.user),
            "waits_for_me": _waits_for(dossier, officer.user),
            "may_allow": dossiers.may_allow_second_request(dossier, officer.user),
            "may_apologise": dossiers.may_apologise(dossier, officer.user),
            "timeline": dossiers.timeline(dossier, language, officer=True),
            "situation": dossiers.situation(dossier, language),
            "next": dossiers.next_work(dossier, language),
            "due_reasons": dossiers.due_reasons(dossier, language, today),
            "paused": dossiers.is_paused(dossier),
            "paused_since": dossiers.paused_since(dossier),
            "today": today,
            "calendar": organisations.calendar(dossier.organisation_id),
            "moves": [
                {
                    "action": move.action.value,
                    "words": MOVES[move.action.value],
                    "kind": "danger" if MOVES[move.action.value].style == "danger" else "secondary",
                }
                # what carries the dossier forward comes first, and is the one primary button
                for move in sorted(moves, key=lambda item: MOVES[item.action.value].style != "primary")
            ],
            "room_panel": panel_of(dossier.procedure_code, dossier.pk, officer.user),
            "enrolment": pupils.open_enrolment(dossier.pupil_id, today) if dossier.pupil_id else None,
        },
    )


def _documents(dossier: dossiers.Dossier, user: User) -> list[dict[str, Any]]:
    """List the dossier's documents, those for the office alone too, and which of them I may take back."""
    subject = dossiers.dossier_papers(dossier.pk)
    issuers = documents.issuers_of(subject)
    return [
        {
            "told": told,
            "revocable": told.ready
            and not told.revoked
            and dossiers.may_revoke(user, issuers[told.public_id], by_leader=told.by_leader),
        }
        for told in documents.documents_of(subject, internal=True)
    ]


def _waits_for(dossier: dossiers.Dossier, user: User) -> bool:
    told = documents.documents_of(dossiers.dossier_papers(dossier.pk))
    return any(document.waits_for_leader for document in told) and dossiers.may_sign(dossier, user)
