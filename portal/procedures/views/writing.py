"""Beginning a draft and filling in its pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.ports import citizen_required, current_citizen, throttled
from portal.common.revisions import sent_revision
from portal.procedures import registry, selectors, services
from portal.procedures.definition import Definition, Page, say
from portal.procedures.forms import PageForm, missing_on_condition, page_form
from portal.procedures.models import Draft
from portal.procedures.views import context as flow


def offered_or_404(request: HttpRequest, code: str) -> Definition:
    """Give a procedure that can be applied for today."""
    offer = selectors.offer(code, flow.form_context(request).today)
    if offer is None:
        raise Http404
    return offer.definition


@require_http_methods(["GET", "POST"])
@citizen_required
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is needed, offer to go on with an open draft, begin one on POST."""
    definition = offered_or_404(request, code)
    if request.method == "POST":
        return _begin(request, code=code)
    drafts = selectors.drafts_of(current_citizen(request)).filter(procedure_code=code)
    context = flow.form_context(request)
    return render(
        request,
        "procedures/start.html",
        {
            "definition": definition,
            "told": tell(definition, context.language),
            "draft": drafts.first(),
        },
    )


@throttled("begin-draft", limit=60, seconds=3_600)
def _begin(request: HttpRequest, code: str) -> HttpResponse:
    definition = registry.current(code)
    draft = services.start_draft(citizen=current_citizen(request), procedure_code=code)
    done = [page for page in definition.pages if page.name not in draft.done_pages]
    first = done[0].name if done else definition.pages[0].name
    return HttpResponseRedirect(flow.page_url(draft, first))


def tell(definition: Definition, language: str) -> dict[str, Any]:
    """Put a definition's texts into the reader's language."""
    return {
        "title": say(definition.title, language),
        "short_title": say(definition.short_title, language),
        "summary": say(definition.summary, language),
        "authority": say(definition.authority, language),
        "not_needed": say(definition.not_needed, language) if definition.not_needed else "",
        "papers": [
            {
                "title": say(paper.title, language),
                "hint": say(paper.hint, language) if paper.hint else "",
                "sometimes": bool(paper.when),
            }
            for paper in definition.papers
        ],
        "minutes": definition.minutes,
    }


@require_http_methods(["GET", "POST"])
@citizen_required
def page(request: HttpRequest, code: str, public_id: UUID, page_name: str) -> HttpResponse:
    """Show and save one page of a draft."""
    draft = flow.own_draft(request, public_id)
    gone = flow.finished(request, draft)
    if gone is not None:
        return gone
    definition = registry.as_written(draft.definition)
    asked = next((item for item in definition.pages if item.name == page_name), None)
    if asked is None or draft.procedure_code != code:
        raise Http404
    if request.method == "POST":
        return _save(request, draft, definition, asked)
    form = page_form(asked, flow.answers_of(draft), flow.form_context(request))
    return _show(request, draft, definition, asked, form)


@throttled("save-draft", limit=600, seconds=3_600)
def _save(request: HttpRequest, draft: Draft, definition: Definition, asked: Page) -> HttpResponse:
    form = page_form(asked, flow.answers_of(draft), flow.form_context(request), data=request.POST)
    leaving = "leave" in request.POST
    complete = form.is_valid() and _conditions_met(form, asked)
    if not complete and not (leaving and _only_gaps(form)):
        return _show(request, draft, definition, asked, form)
    try:
        services.save_page(
            draft=draft,
            page_name=asked.name,
            page_answers=form.answers(),
            revision=sent_revision(request),
        )
    except services.StaleDraftError as stale:
        draft.refresh_from_db()
        return flow.finished(request, draft) or _show(
            request, draft, definition, asked, form, warning=str(stale)
        )
    except services.DraftLockedError as lock:
        return flow.locked(request, draft, str(lock))
    if leaving:
        messages.success(request, _("Đã lưu nháp. Hồ sơ chưa được nộp."))
        return HttpResponseRedirect(reverse("home:desk"))
    if request.META.get("QUERY_STRING") == flow.RETURN:
        return HttpResponseRedirect(flow.check_url(draft))
    return HttpResponseRedirect(flow.after(definition, draft, asked))


def _conditions_met(form: PageForm, asked: Page) -> bool:
    """Check what an answer on the same page makes required; the error stands at its question."""
    missing = missing_on_condition(asked, form.answers())
    for name in missing:
        form.add_error(name, _("Cần trả lời câu này."))
    return not missing


def _only_gaps(form: PageForm) -> bool:
    """Whether nothing is wrong but missing: a draft may have gaps, not nonsense."""
    return all(
        error.code == "required" or str(error.message) == _("Cần trả lời câu này.")
        for errors in form.errors.as_data().values()
        for error in errors
    )


def _show(
    request: HttpRequest,
    draft: Draft,
    definition: Definition,
    asked: Page,
    form: PageForm,
    warning: str = "",
) -> HttpResponse:
    context = flow.form_context(request)
    return render(
        request,
        "procedures/page.html",
        {
            "definition": definition,
            "short_title": say(definition.short_title, context.language),
            "draft": draft,
            "page_title": say(asked.title, context.language),
            "lead": say(asked.lead, context.language) if asked.lead else "",
            "form": form,
            "no_children": _offers_no_child(form),
            "warning": warning,
            "back_url": flow.before(definition, draft, asked.name),
            "progress": flow.progress(definition, draft, context.language, asked.name),
        },
        status=422 if form.is_bound and form.errors else 409 if warning else 200,
    )


def _offers_no_child(form: PageForm) -> bool:
    """Whether the page asks for a child and none is confirmed: then it says where to claim one."""
    return any(
        question.kind == "child" and not list(getattr(form.fields[name], "choices", ()))
        for name, question in form.questions.items()
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def delete(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Ask, then delete the draft."""
    draft = flow.own_draft(request, public_id)
    gone = flow.finished(request, draft)
    if gone is not None:
        return gone
    if draft.procedure_code != code:
        raise Http404
    if request.method == "POST":
        services.delete_draft(draft=draft)
        messages.success(request, _("Đã xóa bản nháp."))
        return HttpResponseRedirect(reverse("home:desk"))
    definition = registry.as_written(draft.definition)
    title = say(definition.short_title, flow.form_context(request).language)
    return render(request, "procedures/delete.html", {"draft": draft, "short_title": title, "code": code})


@require_POST
@citizen_required
def stop_payment(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """End the payment of a draft, and lead back to it."""
    draft = flow.own_draft(request, public_id)
    if draft.procedure_code != code:
        raise Http404
    if services.stop_draft_payment(draft=draft):
        messages.success(
            request, _("Đã dừng thanh toán. Nếu tiền đã bị trừ, nơi thu hoàn lại; anh/chị sửa rồi nộp lại.")
        )
    return HttpResponseRedirect(flow.check_url(draft))
