"""The page "Giấy tờ": every paper that the answers call for, by camera or file, without script."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.ports import citizen_required, throttled
from portal.documents.ports import bounded_uploads, files_field, receive_part, skipped_files
from portal.procedures import papers, registry, services
from portal.procedures.definition import Definition, say
from portal.procedures.models import Draft
from portal.procedures.views import context as flow

PREFIX = "paper-"


class _PapersForm(forms.Form):
    """One input a paper. Files are kept one by one as they come, so the form only carries errors."""

    use_required_attribute = False


def _form(told: list[papers.ToldPaper], *, bound: bool) -> _PapersForm:
    form = _PapersForm(data={} if bound else None)
    for paper in told:
        form.fields[PREFIX + paper.name] = files_field(paper.title)
    form.is_valid()
    return form


@bounded_uploads
@require_http_methods(["GET", "POST"])
@citizen_required
def show(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Show and change the papers of a draft."""
    draft = flow.own_draft(request, public_id)
    gone = flow.finished(request, draft)
    if gone is not None:
        return gone
    if draft.procedure_code != code:
        raise Http404
    definition = registry.as_written(draft.definition)
    told = papers.tell_draft_papers(draft, flow.answers_of(draft), flow.form_context(request).language)
    if not told:
        return HttpResponseRedirect(flow.check_url(draft))
    if request.method == "POST":
        return _change(request, draft, definition, told)
    return _show(request, draft, definition, _form(told, bound=False))


@require_POST
@citizen_required
@throttled("paper-parts", limit=6_000, seconds=3_600)
def part(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Take a file in parts, for a browser with script on a weak network."""
    draft = flow.own_draft(request, public_id)
    if draft.procedure_code != code:
        raise Http404
    if draft.state != Draft.State.WRITING:
        return JsonResponse({}, status=410)
    told = papers.tell_draft_papers(draft, flow.answers_of(draft), flow.form_context(request).language)
    return receive_part(
        request,
        owner_id=draft.writer.user_id,
        subject=papers.draft_papers(draft),
        papers=[paper.name for paper in told],
        still_open=partial(services.touch_draft, draft),
    )


@throttled("papers", limit=600, seconds=3_600)
def _change(
    request: HttpRequest, draft: Draft, definition: Definition, told: list[papers.ToldPaper]
) -> HttpResponse:
    form = _form(told, bound=True)
    try:
        _keep_files(request, draft, form, told)
        _act(request.POST.get("act", ""), draft, form)
    except services.SubjectClosedError:
        draft.refresh_from_db()
        return flow.finished(request, draft) or HttpResponseRedirect(flow.check_url(draft))
    except services.DraftLockedError as lock:
        return flow.locked(request, draft, str(lock))
    if "continue" in request.POST:
        for paper in papers.missing_of(draft, flow.answers_of(draft)):
            if not form.errors.get(PREFIX + paper.name):
                form.add_error(
                    PREFIX + paper.name,
                    papers.missing_sentence(paper, flow.form_context(request).language),
                )
    if form.errors:
        return _show(request, draft, definition, form)
    if "leave" in request.POST:
        messages.success(request, _("Đã lưu nháp. Hồ sơ chưa được nộp."))
        return HttpResponseRedirect(reverse("home:desk"))
    here = flow.page_url(draft, papers.PAGE)
    return HttpResponseRedirect(flow.check_url(draft) if "continue" in request.POST else here)


def _keep_files(request: HttpRequest, draft: Draft, form: forms.Form, told: list[papers.ToldPaper]) -> None:
    """Keep every good file, whatever is wrong with the others."""
    for paper in told:
        for upload in request.FILES.getlist(PREFIX + paper.name):
            try:
                services.add_paper_file(draft=draft, paper=paper.name, upload=upload)
            except services.PaperRefusedError as refusal:
                form.add_error(PREFIX + paper.name, str(refusal))
    for skipped in skipped_files(request):
        form.add_error(skipped.field if skipped.field in form.fields else None, skipped.sentence)


def _act(wish: str, draft: Draft, form: forms.Form) -> None:
    """Carry out a button: ``remove:UUID``, ``turn:UUID``, ``earlier:UUID``, ``reuse:PAPER``.

    What is gone already, or somebody else's, changes nothing: the page shows what there is.
    """
    verb, _colon, what = wish.partition(":")
    if verb == "reuse" and PREFIX + what in form.fields:
        try:
            services.reuse_paper(draft=draft, paper=what)
        except services.PaperRefusedError as refusal:
            form.add_error(PREFIX + what, str(refusal))
        return
    verbs = {
        "remove": services.remove_paper_page,
        "turn": services.turn_paper_page,
        "earlier": services.move_paper_page,
    }
    with suppress(ValueError):  # no UUID: nothing to do
        if verb in verbs:
            verbs[verb](draft=draft, public_id=UUID(what))


def _show(request: HttpRequest, draft: Draft, definition: Definition, form: forms.Form) -> HttpResponse:
    language = flow.form_context(request).language
    told = papers.tell_draft_papers(draft, flow.answers_of(draft), language)
    before = services.given_before(draft, [paper.name for paper in told if not paper.pages])
    rows: list[dict[str, Any]] = [
        {"paper": paper, "field": form[PREFIX + paper.name], "before": before.get(paper.name, [])}
        for paper in told
    ]
    return render(
        request,
        "procedures/papers.html",
        {
            "definition": definition,
            "short_title": say(definition.short_title, language),
            "draft": draft,
            "form": form,
            "rows": rows,
            "parts_url": reverse("procedures:paper_part", args=[draft.procedure_code, draft.public_id]),
            "back_url": flow.before(definition, draft, papers.PAGE),
            "progress": flow.progress(definition, draft, language, papers.PAGE),
        },
        status=422 if form.errors else 200,
    )
