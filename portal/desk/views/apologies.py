"""Saying sorry before the clock does it: the office's own reason and day (mẫu 04)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.common.revisions import sent_revision
from portal.desk.frame import frame
from portal.desk.views.dossier import reachable
from portal.procedures import selectors as dossiers
from portal.procedures import services

REASON_LENGTH = 500
DAYS = range(1, 11)


@require_http_methods(["GET", "POST"])
@officer_required()
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for the reason and the number of days; then the slip is made and sent."""
    dossier = reachable(request, public_id)
    officer = current_officer(request)
    if not dossiers.may_apologise(dossier, officer.user):
        raise Http404
    error = ""
    reason, days = request.POST.get("reason", "")[:REASON_LENGTH], request.POST.get("days", "3")
    if request.method == "POST":
        try:
            services.apologise(
                dossier=dossier,
                revision=sent_revision(request),
                actor=dossiers.Actor(officer.user, officer.full_name, dossier.organisation_id),
                reason=reason,
                days=int(days) if days in {str(number) for number in DAYS} else 3,
            )
        except services.OvertakenError as overtaken:
            messages.warning(request, str(overtaken))
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
        except services.RefusedMoveError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Đã hẹn lại. Phiếu xin lỗi được lập và gửi cho người nộp."))
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    return render(
        request,
        "desk/apology.html",
        {
            **frame(request),
            "dossier": dossier,
            "procedure": dossiers.title_of(dossier.definition, get_language() or "vi"),
            "leader": dossiers.responsible(dossier),
            "reason": reason,
            "days": days,
            "choices": [str(number) for number in DAYS],
            "error": error,
        },
        status=422 if error else 200,
    )
