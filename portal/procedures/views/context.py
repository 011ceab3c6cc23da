"""What every page of the form flow needs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from portal.accounts.ports import current_citizen
from portal.common.clock import local_day
from portal.procedures import papers, prepaid, registry, selectors
from portal.procedures.answers import relevant, unseal
from portal.procedures.definition import Definition, Page, say
from portal.procedures.forms import open_pages
from portal.procedures.models import Draft
from portal.procedures.ports import FormContext

#: the query with which a page leads back to the check page
RETURN = "ve=kiem-tra"


def form_context(request: HttpRequest) -> FormContext:
    """Describe for whom the form is made."""
    return FormContext(
        citizen_id=current_citizen(request).pk,
        language=get_language() or "vi",
        today=local_day(timezone.now()),
    )


def own_draft(request: HttpRequest, public_id: UUID) -> Draft:
    """Give the reader's own draft; 404 for anybody else's, in the same words as for none."""
    draft = selectors.draft_of(current_citizen(request), public_id)
    if draft is None:
        raise Http404
    return draft


def finished(request: HttpRequest, draft: Draft) -> HttpResponse | None:
    """Answer for a draft that may not change: lead to its dossier, say that it is gone, or being paid for."""
    if draft.state == Draft.State.SUBMITTED:
        return HttpResponseRedirect(reverse("home:dossier", args=[draft.dossier.public_id]))
    if draft.state == Draft.State.DELETED:
        definition = registry.as_written(draft.definition)
        return render(request, "procedures/draft_gone.html", {"definition": definition}, status=410)
    why = prepaid.lock(draft)
    return locked(request, draft, why) if why else None


def locked(request: HttpRequest, draft: Draft, why: str) -> HttpResponse:
    """Say that the draft is being paid for, and how to stop that."""
    definition = registry.as_written(draft.definition)
    return render(
        request,
        "procedures/locked.html",
        {
            "draft": draft,
            "short_title": say(definition.short_title, form_context(request).language),
            "why": why,
            "order": prepaid.order_of(draft),
        },
        status=409,
    )


def answers_of(draft: Draft) -> dict[str, Any]:
    """Open the draft's answers, without those that a condition hides."""
    return relevant(registry.as_written(draft.definition), unseal(draft.answers))


def progress(definition: Definition, draft: Draft, language: str, here: str) -> dict[str, Any]:
    """Say where in the form the reader is: "Bước 2 trên 5", and the pages by name."""
    titles = {page.name: say(page.title, language) for page in open_pages(definition, answers_of(draft))}
    names = page_names(definition, draft)
    titles[papers.PAGE] = papers.page_title()
    number = names.index(here) + 1 if here in names else len(names) + 1
    return {
        "number": number,
        "total": len(names) + 1,
        "names": [*(titles[name] for name in names), gettext("Kiểm tra lại và nộp")],
    }


def page_names(definition: Definition, draft: Draft) -> list[str]:
    """Name the pages that are asked, in order, that for papers last where any is needed."""
    answers = answers_of(draft)
    names = [page.name for page in open_pages(definition, answers)]
    return [*names, papers.PAGE] if papers.wanted(definition, answers) else names


def page_url(draft: Draft, page_name: str) -> str:
    """Address of a page of a draft."""
    if page_name == papers.PAGE:
        return reverse("procedures:papers", args=[draft.procedure_code, draft.public_id])
    return reverse("procedures:page", args=[draft.procedure_code, draft.public_id, page_name])


def check_url(draft: Draft) -> str:
    """Address of the page that shows all answers before submitting."""
    return reverse("procedures:check", args=[draft.procedure_code, draft.public_id])


def after(definition: Definition, draft: Draft, page: Page) -> str:
    """Where "Continue" leads: the next page, or the check page."""
    names = page_names(definition, draft)
    following = names.index(page.name) + 1 if page.name in names else len(names)
    return page_url(draft, names[following]) if following < len(names) else check_url(draft)


def before(definition: Definition, draft: Draft, page_name: str) -> str:
    """Where "Back" leads: the page before, or the start."""
    names = page_names(definition, draft)
    position = names.index(page_name) if page_name in names else len(names)
    if position == 0:
        return reverse("procedures:start", args=[definition.code])
    return page_url(draft, names[position - 1])
