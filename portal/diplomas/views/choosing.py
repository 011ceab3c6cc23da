"""Which entry a dossier is about, said by the officer who searched the books."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.diplomas import selectors
from portal.diplomas.copies import choose_entry
from portal.diplomas.frame import frame
from portal.diplomas.models import CopyRequest
from portal.diplomas.reach import WRITING, entry_or_404, offices_of
from portal.diplomas.refusals import RegisterRefusedError
from portal.procedures import selectors as dossiers


@require_http_methods(["GET", "POST"])
@officer_required(*WRITING)
def choose(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Search on GET, choose on POST."""
    user = current_officer(request).user
    dossier = dossiers.dossier_for(user, public_id)
    if dossier is None or not CopyRequest.objects.filter(dossier=dossier).exists():
        raise Http404
    if request.method == "POST":
        try:
            wanted = UUID(request.POST.get("entry", ""))
        except ValueError as error:
            raise Http404 from error
        try:
            choose_entry(dossier_id=dossier.pk, entry=entry_or_404(request, wanted), actor_id=user.pk)
        except RegisterRefusedError as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    answers = dossiers.answers_of(dossier)
    query = request.GET.get("q", str(answers.get("holder_name") or "")).replace("\x00", "")[:120]
    return render(
        request,
        "diplomas/choose.html",
        {
            **frame(request),
            "dossier": dossier,
            "query": query,
            "found": selectors.find_entries(offices_of(request), query, limit=20),
        },
    )
