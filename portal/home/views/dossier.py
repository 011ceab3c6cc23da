"""One dossier, for the citizen who sent it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.common.clock import local_day
from portal.common.revisions import sent_revision
from portal.documents import selectors as documents
from portal.procedures import selectors as dossiers
from portal.procedures import services

NOTE_LENGTH = 2_000


def own_dossier(request: HttpRequest, public_id: UUID) -> dossiers.Dossier:
    """Give the reader's own dossier; 404 for anybody else's, in the same words as for none."""
    dossier = dossiers.dossier_of(current_citizen(request), public_id)
    if dossier is None:
        raise Http404
    return dossier


@require_GET
@citizen_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show where it stands, what happened, what was answered."""
    dossier = own_dossier(request, public_id)
    language = get_language() or "vi"
    today = local_day(timezone.now())
    context = dossiers.FormContext(dossier.applicant_id, language, today)
    return render(
        request,
        "home/dossier.html",
        {
            "dossier": dossier,
            "title": dossiers.title_of(dossier.definition, language),
            "situation": dossiers.situation(dossier, language),
            "timeline": dossiers.timeline(dossier, language),
            "told": dossiers.tell_dossier(dossier, context),
            "papers": dossiers.tell_dossier_papers(dossier, language),
            "documents": documents.documents_of(dossiers.dossier_papers(dossier.pk)),
            "due_reasons": dossiers.due_reasons(dossier, language, today),
            "paused": dossiers.is_paused(dossier),
            "can_withdraw": dossiers.may_withdraw(dossier),
            "can_supply": dossiers.may_supply(dossier),
            "fee_order": dossiers.fee_order(dossier),
            "rating": dossiers.rating_of(dossier),
            "can_rate": dossiers.may_rate(dossier),
        },
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask, then withdraw: it cannot be taken back."""
    dossier = own_dossier(request, public_id)
    if request.method == "POST":
        return _withdraw(request, dossier)
    if not dossiers.may_withdraw(dossier):
        return HttpResponseRedirect(reverse("home:dossier", args=[public_id]))
    title = dossiers.title_of(dossier.definition, get_language() or "vi")
    return render(request, "home/withdraw.html", {"dossier": dossier, "title": title})


@throttled("move-own-dossier", limit=60, seconds=3_600)
def _withdraw(request: HttpRequest, dossier: dossiers.Dossier) -> HttpResponse:
    citizen = current_citizen(request)
    try:
        services.withdraw_dossier(
            dossier=dossier,
            actor=dossiers.Actor(citizen.user, citizen.full_name),
            revision=sent_revision(request),
            note=request.POST.get("note", "")[:NOTE_LENGTH],
        )
    except services.RefusedMoveError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã rút hồ sơ."))
    return HttpResponseRedirect(reverse("home:dossier", args=[dossier.public_id]))


@require_GET
@citizen_required
def looks(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who opened the dossier."""
    dossier = own_dossier(request, public_id)
    return render(
        request,
        "home/looks.html",
        {
            "dossier": dossier,
            "title": dossiers.title_of(dossier.definition, get_language() or "vi"),
            "looks": accounts.looks_at("dossier", dossier.pk),
        },
    )
