"""Making a move: a review page that says what will happen, then one service."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.ports import current_officer, officer_required
from portal.accounts.services import CodeRefusedError, unlock_signing_key
from portal.common.revisions import sent_revision
from portal.desk.frame import frame
from portal.desk.views.dossier import reachable
from portal.desk.views.supplements import asked_items, supplement_rows
from portal.desk.words import MOVES
from portal.documents.ports import LeaderSignature
from portal.procedures import selectors as dossiers
from portal.procedures import services

NOTE_LENGTH = 4_000

_SERVICES: dict[str, Callable[..., dossiers.Dossier]] = {
    "accept": services.accept_dossier,
    "refuse_reception": services.refuse_reception,
    "request_payment": services.request_payment,
    "request_supplement": services.request_supplement,
    "start": services.start_work,
    "complete_step": services.complete_step,
    "suspend": services.suspend_dossier,
    "resume": services.resume_dossier,
    "grant": services.grant_dossier,
    "refuse": services.refuse_dossier,
    "deliver": services.deliver_dossier,
}


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@officer_required()
def move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    """Ask on GET, do on POST; who comes second is told who was first."""
    dossier = reachable(request, public_id)
    if action not in _SERVICES:
        raise Http404
    officer = current_officer(request)
    mine = {item.action.value: item for item in dossiers.moves_open_to(dossier, officer.user)}
    revision = sent_revision(request)
    if action not in mine:
        if request.method == "POST" and revision != dossier.revision and revision >= 0:
            return _overtaken(request, dossier, dossiers.meanwhile(dossier))
        raise Http404
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _do(request, dossier, action, revision)
        except services.OvertakenError as overtaken:
            return _overtaken(request, dossier, str(overtaken))
        except services.RefusedMoveError as refusal:
            errors["note"] = str(refusal)
        except CodeRefusedError as refusal:
            errors["code"] = str(refusal)
        else:
            messages.success(request, _done(dossier, action))
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    context = _context(request, dossier, action) | {
        "needs_note": mine[action].needs_note and action != "request_supplement",
        "errors": errors,
    }
    return render(request, "desk/move.html", context, status=422 if errors else 200)


def _do(request: HttpRequest, dossier: dossiers.Dossier, action: str, revision: int) -> None:
    """Call the move's service, with what the move asks for beyond its note."""
    officer = current_officer(request)
    note = request.POST.get("note", "")[:NOTE_LENGTH]
    more: dict[str, Any] = {}
    if action == "request_supplement":
        more["items"] = asked_items(request, dossier)
    if dossiers.needs_signature(dossier, action):
        if revision != dossier.revision:
            raise services.OvertakenError(dossiers.meanwhile(dossier))
        if action == "refuse" and not note.strip():
            raise services.RefusedMoveError(_("Ghi lý do để người nộp hiểu và biết phải làm gì."))
        more["signature"] = signature_of(request)
    _SERVICES[action](
        dossier=dossier,
        actor=dossiers.actor_for(dossier, officer.user, officer.full_name),
        revision=revision,
        note=note,
        **more,
    )


def signature_of(request: HttpRequest) -> LeaderSignature:
    """Turn the code that was just typed into the officer's word; raises ``CodeRefusedError``."""
    officer = current_officer(request)
    key = unlock_signing_key(user=officer.user, code=request.POST.get("code", "")[:20])
    return LeaderSignature(officer.pk, key)


def _context(request: HttpRequest, dossier: dossiers.Dossier, action: str) -> dict[str, Any]:
    language = get_language() or "vi"
    return {
        **frame(request),
        "dossier": dossier,
        "procedure": dossiers.title_of(dossier.definition, language),
        "action": action,
        "words": MOVES[action],
        "button_kind": "danger" if MOVES[action].style == "danger" else "primary",
        "note": request.POST.get("note", ""),
        "needs_code": dossiers.needs_signature(dossier, action),
        "rows": supplement_rows(request, dossier, language) if action == "request_supplement" else [],
    }


def _overtaken(request: HttpRequest, dossier: dossiers.Dossier, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    return HttpResponseRedirect(reverse("desk:dossier", args=[dossier.public_id]))


def _done(dossier: dossiers.Dossier, action: str) -> str:
    return _("Đã xong: %(move)s. Hồ sơ của %(name)s.") % {
        "move": str(MOVES[action].button).lower(),
        "name": dossier.subject_name,
    }


@require_POST
@officer_required()
def take(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the dossier on my desk, or back into the pool."""
    dossier = reachable(request, public_id)
    officer = current_officer(request)
    wanted = None if "release" in request.POST else officer
    if dossier.assignee_id is not None and dossier.assignee_id != officer.pk:
        messages.warning(
            request,
            _("Hồ sơ này đang do %(name)s giữ.")
            % {"name": dossier.assignee.full_name if dossier.assignee else ""},
        )
    elif services.assign_dossier(dossier=dossier, officer=wanted, revision=sent_revision(request)):
        messages.success(
            request, _("Hồ sơ đã vào tay anh/chị.") if wanted else _("Đã trả hồ sơ về hàng chung.")
        )
    else:
        messages.warning(request, dossiers.meanwhile(dossiers.dossier(dossier.pk)))
    return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
