"""The last page: all answers, what it costs, how long it takes, and one button that submits once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, throttled
from portal.common.clock import ZONE
from portal.procedures import facts, papers, ports, registry, services, telling
from portal.procedures.answers import relevant
from portal.procedures.definition import Definition, FeeDue, say
from portal.procedures.models import Channel, Dossier, Draft
from portal.procedures.services.submission import wrong_pages
from portal.procedures.views import context as flow


def declaration_form(definition: Definition, language: str, data: object = None) -> forms.Form:
    """Make the form of the declarations; each must be ticked."""
    form = forms.Form(data=data)  # type: ignore[arg-type]  # a QueryDict or None
    form.use_required_attribute = False
    for number, declaration in enumerate(definition.declarations):
        form.fields[f"declaration-{number}"] = forms.BooleanField(
            label=say(declaration, language),
            error_messages={"required": _("Đánh dấu vào câu cam đoan này thì mới nộp được.")},
        )
    return form


@require_http_methods(["GET", "POST"])
@citizen_required
def check(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Show everything before it is sent; POST submits."""
    draft = flow.own_draft(request, public_id)
    gone = flow.finished(request, draft)
    if gone is not None:
        return gone
    if draft.procedure_code != code:
        raise Http404
    definition = registry.as_written(draft.definition)
    language = flow.form_context(request).language
    if request.method == "POST":
        return _submit(request, draft, definition, declaration_form(definition, language, request.POST))
    return _show(request, draft, definition, declaration_form(definition, language))


@throttled("submit", limit=60, seconds=3_600)
def _submit(request: HttpRequest, draft: Draft, definition: Definition, form: forms.Form) -> HttpResponse:
    if not form.is_valid():
        return _show(request, draft, definition, form)
    try:
        dossier = services.submit_draft(draft=draft)
    except services.IncompleteDraftError as incomplete:
        return _show(request, draft, definition, form, sentences=incomplete.sentences)
    except facts.MissingFactError:
        return _show(request, draft, definition, form)
    except services.FeeDueError as due:
        return HttpResponseRedirect(reverse("payments:order", args=[due.order.public_id]))
    except services.StaleDraftError:
        draft.refresh_from_db()
        return flow.finished(request, draft) or _show(request, draft, definition, form)
    messages.success(request, _receipt(dossier))
    return HttpResponseRedirect(reverse("home:dossier", args=[dossier.public_id]))


def _receipt(dossier: Dossier) -> str:
    at = dossier.submitted_at.astimezone(ZONE)
    return _(
        "Đã nhận hồ sơ lúc %(time)s, ngày %(day)s. Mã tạm: %(code)s. %(office)s cấp mã chính thức khi tiếp nhận."
    ) % {
        "time": date_format(at, "G:i"),
        "day": date_format(at, "d/m/Y"),
        "code": dossier.temporary_code,
        "office": dossier.organisation.name,
    }


def _show(
    request: HttpRequest,
    draft: Draft,
    definition: Definition,
    form: forms.Form,
    sentences: list[str] | None = None,
) -> HttpResponse:
    context = flow.form_context(request)
    own = _without_lost_children(definition, flow.answers_of(draft), context)
    answers = relevant(definition, ports.hooks_of(definition.code).derive(own, context))
    wrong = wrong_pages(definition, answers, context)
    if papers.missing_of(draft, answers):
        wrong.append(papers.PAGE)
    pages = {page.name: say(page.title, context.language) for page in definition.pages}
    quote, missing = (None, []) if wrong else _quote(definition, answers, context)
    pages[papers.PAGE] = papers.page_title()
    return render(
        request,
        "procedures/check.html",
        {
            "definition": definition,
            "short_title": say(definition.short_title, context.language),
            "draft": draft,
            "form": form,
            "sentences": [*(sentences or []), *missing],
            "unfinished": [
                {"title": pages[name], "url": f"{flow.page_url(draft, name)}?{flow.RETURN}"}
                for name in wrong
            ],
            "told": telling.tell_answers(
                definition,
                answers,
                context,
                lambda name: f"{flow.page_url(draft, name)}?{flow.RETURN}",
            ),
            "papers": papers.tell_draft_papers(draft, answers, context.language),
            "papers_url": flow.page_url(draft, papers.PAGE),
            "quote": quote,
            "pays_first": quote is not None and quote.fee > 0 and definition.fee_due is FeeDue.SUBMISSION,
            "back_url": flow.before(definition, draft, ""),
            "progress": flow.progress(definition, draft, context.language, ""),
            "now": timezone.now(),
        },
        status=422 if form.is_bound else 200,
    )


def _without_lost_children(
    definition: Definition, answers: dict[str, Any], context: ports.FormContext
) -> dict[str, Any]:
    """Leave out a child whom the citizen may see no more: a link can end while a draft lies."""
    citizen = accounts.citizen(context.citizen_id)
    lost = {
        question.name
        for question in definition.fields()
        if question.kind == "child"
        and answers.get(question.name) is not None
        and not accounts.may_see(citizen, answers[question.name], context.today)
    }
    return {name: value for name, value in answers.items() if name not in lost}


def _quote(
    definition: Definition, answers: dict[str, Any], context: ports.FormContext
) -> tuple[facts.Quote | None, list[str]]:
    """Say fee and limit, or in a sentence that neither may be promised today; the draft waits."""
    try:
        units = ports.hooks_of(definition.code).units(answers)
        return facts.quote(definition, answers, Channel.LOCAL, context.today, units), []
    except facts.MissingFactError:
        return None, [
            _(
                "Thủ tục này đang chờ quy định mới về lệ phí hoặc thời hạn, nên hôm nay chưa nộp được. "
                "Bản nháp vẫn được giữ. Anh/chị thử lại sau hoặc gọi tổng đài."
            )
        ]
