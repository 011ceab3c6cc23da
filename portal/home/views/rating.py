"""Saying how content one is, after the result."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import citizen_required, throttled
from portal.home.views.dossier import own_dossier
from portal.procedures import selectors as dossiers
from portal.procedures import services

WORDS_LENGTH = 2_000


@require_http_methods(["GET", "POST"])
@citizen_required
@throttled("rate", limit=60, seconds=3_600, only="POST")
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a level, reasons and words; keep them once."""
    dossier = own_dossier(request, public_id)
    back = HttpResponseRedirect(reverse("home:dossier", args=[public_id]))
    if not dossiers.may_rate(dossier):
        return back
    level, error = request.POST.get("level", ""), ""
    reasons, words = request.POST.getlist("reasons"), request.POST.get("words", "")[:WORDS_LENGTH]
    if request.method == "POST":
        try:
            services.rate_dossier(
                dossier=dossier,
                level=int(level) if level.isascii() and level.isdigit() and len(level) == 1 else 0,
                reasons=reasons,
                words=words,
            )
        except services.RefusedMoveError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Cảm ơn anh/chị đã đánh giá."))
            return back
    return render(
        request,
        "home/rating.html",
        {
            "dossier": dossier,
            "title": dossiers.title_of(dossier.definition, get_language() or "vi"),
            "levels": [(str(value), label) for value, label in dossiers.RATING_LEVELS.items()],
            "reasons": dossiers.RATING_REASONS.items(),
            "level": level,
            "ticked": reasons,
            "words": words,
            "error": error,
        },
        status=422 if error else 200,
    )
