"""Answering a request for a supplement: words, papers, or both. Files lie ready until the answer is sent."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.common.revisions import sent_revision
from portal.documents.ports import bounded_uploads, files_field, receive_part, skipped_files
from portal.home.views.dossier import own_dossier
from portal.procedures import selectors as dossiers
from portal.procedures import services

NOTE_LENGTH = 2_000
PREFIX = "paper-"


class SupplyForm(forms.Form):
    """The words, and an input for each paper; files are kept one by one as they come."""

    use_required_attribute = False
    note = forms.CharField(required=False, max_length=NOTE_LENGTH, strip=False)


def _form(request: HttpRequest, told: list[dossiers.ToldPaper]) -> SupplyForm:
    sent = {"note": request.POST.get("note", "")[:NOTE_LENGTH]}
    form = SupplyForm(data=sent if request.method == "POST" else None)
    for paper in told:
        form.fields[PREFIX + paper.name] = files_field(paper.title)
    if form.is_bound:
        form.is_valid()
    return form


@bounded_uploads
@require_http_methods(["GET", "POST"])
@citizen_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what is asked for; keep files; send the answer."""
    dossier = own_dossier(request, public_id)
    if not dossiers.may_supply(dossier):
        if request.method == "POST":
            messages.warning(request, dossiers.meanwhile(dossier))
        return HttpResponseRedirect(reverse("home:dossier", args=[public_id]))
    told = dossiers.tell_supply_papers(dossier, get_language() or "vi")
    form = _form(request, told)
    if request.method == "POST":
        return _change(request, dossier, form, told)
    return _show(request, dossier, form)


@require_POST
@citizen_required
@throttled("paper-parts", limit=6_000, seconds=3_600)
def part(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a file in parts, for a browser with script on a weak network."""
    dossier = own_dossier(request, public_id)
    told = dossiers.tell_supply_papers(dossier, "vi")
    return receive_part(
        request,
        owner_id=current_citizen(request).user_id,
        subject=dossiers.supply_papers(dossier.pk),
        papers=[paper.name for paper in told],
        still_open=partial(services.still_asked, dossier.pk),
    )


@throttled("move-own-dossier", limit=600, seconds=3_600)
def _change(
    request: HttpRequest, dossier: dossiers.Dossier, form: SupplyForm, told: list[dossiers.ToldPaper]
) -> HttpResponse:
    try:
        _keep_files(request, dossier, form, told)
    except services.SubjectClosedError:
        messages.warning(request, dossiers.meanwhile(dossiers.dossier(dossier.pk)))
        return HttpResponseRedirect(reverse("home:dossier", args=[dossier.public_id]))
    verb, _colon, what = request.POST.get("act", "").partition(":")
    if verb == "remove":
        with suppress(ValueError):  # no UUID: nothing to do
            services.remove_supply_page(dossier=dossier, public_id=UUID(what))
    if form.errors or verb:
        return _show(request, dossier, form)
    given = dossiers.tell_supply_papers(dossier, "vi")
    if not form["note"].value().strip() and not any(paper.pages for paper in given):
        form.add_error("note", _("Ghi câu trả lời, hoặc gửi giấy tờ được yêu cầu."))
        return _show(request, dossier, form)
    return _send(request, dossier, form)


def _keep_files(
    request: HttpRequest, dossier: dossiers.Dossier, form: SupplyForm, told: list[dossiers.ToldPaper]
) -> None:
    """Keep every good file, whatever is wrong with the others."""
    for paper in told:
        for upload in request.FILES.getlist(PREFIX + paper.name):
            try:
                services.add_supply_file(dossier=dossier, paper=paper.name, upload=upload)
            except services.PaperRefusedError as refusal:
                form.add_error(PREFIX + paper.name, str(refusal))
    for skipped in skipped_files(request):
        form.add_error(skipped.field if skipped.field in form.fields else None, skipped.sentence)


def _send(request: HttpRequest, dossier: dossiers.Dossier, form: SupplyForm) -> HttpResponse:
    citizen = current_citizen(request)
    try:
        services.supply(
            dossier=dossier,
            actor=dossiers.Actor(citizen.user, citizen.full_name),
            revision=sent_revision(request),
            note=form["note"].value(),
        )
    except services.RefusedMoveError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã gửi phần bổ sung. Nơi giải quyết sẽ xem tiếp."))
    return HttpResponseRedirect(reverse("home:dossier", args=[dossier.public_id]))


def _show(request: HttpRequest, dossier: dossiers.Dossier, form: SupplyForm) -> HttpResponse:
    language = get_language() or "vi"
    told = dossiers.tell_supply_papers(dossier, language)
    wanted = dossiers.wanted_papers(dossier)
    rows: list[dict[str, Any]] = [
        {"paper": paper, "field": form[PREFIX + paper.name], "wanted": paper.name in wanted}
        for paper in sorted(told, key=lambda paper: paper.name not in wanted)
    ]
    return render(
        request,
        "home/supply.html",
        {
            "dossier": dossier,
            "title": dossiers.title_of(dossier.definition, language),
            "items": dossiers.tell_request(dossier, language),
            "rows": rows,
            "form": form,
            "note": form["note"].value() or "",
        },
        status=422 if form.errors else 200,
    )
