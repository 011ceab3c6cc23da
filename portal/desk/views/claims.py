"""Claims of children that wait for a clerk with the birth certificate in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts import selectors
from portal.accounts.ports import Role, current_officer, officer_required
from portal.accounts.services import NotThereError, RefusedError, confirm_claim, refuse_claim
from portal.common.revisions import sent_revision
from portal.desk.frame import frame, frame_with_queues
from portal.desk.reach import schools_of

if TYPE_CHECKING:
    from portal.accounts.models import FamilyClaim

NOTE_LENGTH = 300


def _waiting(request: HttpRequest) -> list[tuple[int, FamilyClaim]]:
    return [
        (school_id, claim)
        for school_id in schools_of(request)
        for claim in selectors.claims_waiting_at(school_id)
    ]


@require_GET
@officer_required(Role.SCHOOL_CLERK, Role.PRINCIPAL)
def show(request: HttpRequest) -> HttpResponse:
    """List the claims that wait at the officer's schools."""
    return render(
        request,
        "desk/claims.html",
        {**frame_with_queues(request), "claims": [claim for _school, claim in _waiting(request)]},
    )


@require_http_methods(["GET", "POST"])
@officer_required(Role.SCHOOL_CLERK, Role.PRINCIPAL)
def decide(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Compare with the birth certificate, then confirm or refuse."""
    found = next(((school, claim) for school, claim in _waiting(request) if claim.pk == claim_id), None)
    if found is None:
        raise Http404
    school_id, claim = found
    error = ""
    if request.method == "POST":
        note = request.POST.get("note", "").strip()[:NOTE_LENGTH]
        if "refuse" in request.POST and not note:
            error = _("Ghi lý do để phụ huynh hiểu và biết phải làm gì.")
        else:
            return _decide(request, claim, school_id, note)
    return render(
        request,
        "desk/claim.html",
        {**frame(request), "claim": claim, "error": error},
        status=422 if error else 200,
    )


def _decide(request: HttpRequest, claim: FamilyClaim, school_id: int, note: str) -> HttpResponse:
    user = current_officer(request).user
    verb = refuse_claim if "refuse" in request.POST else confirm_claim
    try:
        verb(
            claim_id=claim.pk,
            revision=sent_revision(request),
            actor=user,
            organisation_id=school_id,
            note=note,
        )
    except NotThereError as error:
        raise Http404 from error
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Đã từ chối yêu cầu.")
            if verb is refuse_claim
            else _("Đã xác nhận. Phụ huynh thấy cháu trong trang gia đình."),
        )
    return HttpResponseRedirect(reverse("desk:claims"))
