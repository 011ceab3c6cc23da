"""A dossier's documents in the hands of the office: signed later, taken back, the control slip."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.ports import current_officer, officer_required
from portal.accounts.services import CodeRefusedError
from portal.desk.frame import frame
from portal.desk.views.dossier import reachable
from portal.desk.views.moving import signature_of
from portal.documents import selectors as documents
from portal.documents import services as papers
from portal.procedures import selectors as dossiers
from portal.procedures import services

WHY_LENGTH = 300


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@officer_required(*dossiers.LEADERS)
def sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Sign the letters of a decision that wait for a leader's word."""
    dossier = reachable(request, public_id)
    told = documents.documents_of(dossiers.dossier_papers(dossier.pk))
    waiting = [document for document in told if document.waits_for_leader]
    if not dossiers.may_sign(dossier, current_officer(request).user) or not waiting:
        raise Http404
    error = ""
    if request.method == "POST":
        try:
            services.sign_decision(dossier=dossier, signature=signature_of(request))
        except CodeRefusedError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Đã nhận chữ ký của anh/chị. Văn bản có sau ít phút."))
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    context = {**frame(request), "dossier": dossier, "waiting": waiting, "error": error}
    return render(request, "desk/sign.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
@officer_required()
def revoke(request: HttpRequest, public_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a document back: the reason first, then a second page that asks whether it is meant."""
    dossier = reachable(request, public_id)
    document = documents.document_of(dossiers.dossier_papers(dossier.pk), document_id)
    user = current_officer(request).user
    if (
        document is None
        or document.issued_at is None
        or document.revoked_at is not None
        or not dossiers.may_revoke(user, document.organisation_id, by_leader=document.by_leader)
    ):
        raise Http404
    why = " ".join(request.POST.get("why", "")[:WHY_LENGTH].split())
    error = _("Ghi lý do thu hồi; ai kiểm tra văn bản cũng đọc được.") if request.method == "POST" else ""
    if why:
        error = ""
        if "confirmed" in request.POST:
            if papers.revoke_document(document_id=document.pk, why=why, by_id=user.pk):
                messages.success(
                    request, _("Đã thu hồi văn bản số %(number)s.") % {"number": document.number}
                )
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    context = {
        **frame(request),
        "dossier": dossier,
        "document": document,
        "title": documents.title_of(document),
        "why": why,
        "confirming": bool(why) and "again" not in request.POST,
        "error": error,
    }
    return render(request, "desk/revoke.html", context, status=422 if error else 200)


@require_POST
@officer_required()
def control(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Order the control slip (mẫu 05) of what has happened so far."""
    dossier = reachable(request, public_id)
    services.order_control_slip(dossier=dossier)
    messages.success(request, _("Đang lập phiếu kiểm soát. Tải lại trang sau ít phút."))
    return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
