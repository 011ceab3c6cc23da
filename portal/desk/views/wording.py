"""The words of an office's slips and letters: seen, changed, taken back, tried out."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import Role, officer_required, throttled
from portal.desk.frame import frame
from portal.desk.reach import places_with
from portal.documents import selectors as documents
from portal.documents import services as papers
from portal.organisations import selectors as organisations

MAY_CHANGE = (Role.PRINCIPAL, Role.LEADER, Role.ADMINISTRATOR)
SENT_LENGTH = 20_000


def _office(request: HttpRequest, organisation_id: int) -> organisations.Organisation:
    if organisation_id not in places_with(request, *MAY_CHANGE):
        raise Http404
    return organisations.organisation(organisation_id)


@require_GET
@officer_required(*MAY_CHANGE)
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the words of the officer's office; let one choose among several."""
    places = places_with(request, *MAY_CHANGE)
    if len(places) == 1:
        return HttpResponseRedirect(reverse("desk:wording", args=places))
    return render(
        request, "desk/wording_places.html", {**frame(request), "places": organisations.by_ids(places)}
    )


@require_http_methods(["GET", "POST"])
@officer_required(*MAY_CHANGE)
def show(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Show all words of an office; POST keeps those of one kind of document."""
    office = _office(request, organisation_id)
    errors: dict[str, str] = {}
    typed: dict[str, str] = {}
    if request.method == "POST":
        kind = request.POST.get("kind", "")
        places = [told for told in documents.wordings(organisation_id) if told.kind == kind]
        if not places:
            raise Http404
        changed = False
        for told in places:
            name = f"{told.kind}-{told.key}"
            words = typed[name] = request.POST.get(name, "")[:SENT_LENGTH]
            try:
                changed |= papers.set_wording(
                    organisation_id=organisation_id, kind=told.kind, key=told.key, words=words
                )
            except papers.WordingRefusedError as refusal:
                errors[name] = str(refusal)
        if not errors:
            messages.success(request, _("Đã lưu.") if changed else _("Không có gì thay đổi."))
            return HttpResponseRedirect(f"{request.path}#{kind}")
    told_words = documents.wordings(organisation_id)
    kinds = [
        {
            "kind": kind,
            "title": title,
            "places": [
                {
                    "name": f"{told.kind}-{told.key}",
                    "label": _("Đoạn mở đầu") if told.key == "opening" else _("Đoạn kết"),
                    "words": typed.get(f"{told.kind}-{told.key}", told.own or told.common),
                    "own": bool(told.own),
                    "error": errors.get(f"{told.kind}-{told.key}", ""),
                }
                for told in group
            ],
        }
        for (kind, title), group in groupby(told_words, key=lambda told: (told.kind, told.title))
    ]
    context = {**frame(request), "office": office, "kinds": kinds, "errors": errors}
    return render(request, "desk/wording.html", context, status=422 if errors else 200)


@require_GET
@officer_required(*MAY_CHANGE)
@throttled("wording-sample", limit=120, seconds=3_600)
def sample(request: HttpRequest, organisation_id: int, kind: str) -> HttpResponse:
    """Set a sample with the office's words."""
    _office(request, organisation_id)
    if kind not in {told.kind for told in documents.wordings(organisation_id)}:
        raise Http404
    return HttpResponse(
        papers.sample_pdf(kind, organisation_id),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="xem-thu-{kind}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
