"""Asking for more: which reasons, of which paper and page; a leader's leave to ask a second time."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.desk.frame import frame
from portal.desk.views.dossier import reachable
from portal.procedures import selectors as dossiers
from portal.procedures import services

WORDS_LENGTH = 500
#: in the form's names, what is asked about the answers and not about a paper
ANSWERS = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason that can be ticked."""

    code: str
    words: Promise
    ticked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A paper with its pages, or the answers: what may be wrong with it, and what was typed already."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    pages: tuple[int, ...]
    page: str
    words: str


def supplement_rows(request: HttpRequest, dossier: dossiers.Dossier, language: str) -> list[Row]:
    """Lay out the form: a part for every paper, one for the answers; what was ticked stays ticked."""
    papers = dossiers.tell_dossier_papers(dossier, language)
    rows = [
        _row(request, paper.name, paper.title, tuple(range(1, len(paper.pages) + 1)), of_paper=True)
        for paper in papers
    ]
    return [*rows, _row(request, ANSWERS, _("Nội dung đã khai"), (), of_paper=False)]


def _row(request: HttpRequest, name: str, title: str, pages: tuple[int, ...], *, of_paper: bool) -> Row:
    ticked = request.POST.getlist(f"reason-{name}")
    return Row(
        name=name,
        title=title,
        choices=tuple(
            Choice(code, reason.words, code in ticked)
            for code, reason in dossiers.REASONS.items()
            if reason.of_paper == of_paper
        ),
        pages=pages,
        page=request.POST.get(f"page-{name}", ""),
        words=request.POST.get(f"words-{name}", ""),
    )


def asked_items(request: HttpRequest, dossier: dossiers.Dossier) -> list[dossiers.Asked]:
    """Read what was ticked; what no form of ours offers is passed over."""
    items = []
    for row in supplement_rows(request, dossier, "vi"):
        page = int(row.page) if row.page in {str(number) for number in row.pages} else 0
        paper = "" if row.name == ANSWERS else row.name
        words = " ".join(row.words[:WORDS_LENGTH].split())
        ticked = [choice.code for choice in row.choices if choice.ticked]
        items += [dossiers.Asked(code, paper, page, words) for code in ticked]
    return items


@require_http_methods(["GET", "POST"])
@officer_required(*dossiers.LEADERS)
def allow(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let the office ask once more, by the leader's word and reason."""
    dossier = reachable(request, public_id)
    officer = current_officer(request)
    if not dossiers.may_allow_second_request(dossier, officer.user):
        raise Http404
    error, why = "", request.POST.get("why", "")[:WORDS_LENGTH]
    if request.method == "POST":
        try:
            services.allow_second_request(
                dossier=dossier, leader=officer, organisation_id=dossier.organisation_id, why=why
            )
        except services.RefusedMoveError as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Đã cho phép. Việc này được ghi vào nhật ký và được đếm."))
            return HttpResponseRedirect(reverse("desk:dossier", args=[public_id]))
    return render(
        request,
        "desk/allow_supplement.html",
        {
            **frame(request),
            "dossier": dossier,
            "procedure": dossiers.title_of(dossier.definition, get_language() or "vi"),
            "first": dossiers.first_request(dossier),
            "why": why,
            "error": error,
        },
        status=422 if error else 200,
    )
