"""The page of results, and the titles that complete what is being typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.ports import throttled
from portal.search import selectors, services
from portal.search.selectors import Kind, Results

_SUGGESTIONS = 8
_SUGGESTION_SECONDS = 120


@require_GET
@throttled("search", limit=240, seconds=600)
def results(request: HttpRequest) -> HttpResponse:
    """Answer a search; without words show the form alone."""
    page = request.GET.get("trang", "1")
    found = selectors.find(
        query=request.GET.get("q", ""),
        kind=request.GET.get("loai"),
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1,  # noqa: PLR2004 - digits
    )
    if found.query and found.page == 1 and not found.kind:
        services.remember(text=found.query, found=0 if found.some_words else found.total)
    response = render(
        request,
        "search/results.html",
        {"found": found, "filters": _filters(found), "numbers": range(1, found.pages + 1)},
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def _filters(found: Results) -> list[dict[str, object]]:
    """List the kinds that were found, "all" first."""
    every = {"value": "", "label": _("Tất cả"), "count": sum(found.kinds.values())}
    kinds = [
        {"value": kind, "label": Kind(kind).label, "count": count} for kind, count in found.kinds.items()
    ]
    return [{**row, "here": row["value"] == found.kind} for row in [every, *kinds]] if kinds else []


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """Give the titles that complete a query, as the options of the search box's list."""
    hits = selectors.suggest(query=request.GET.get("q", "")[:60], limit=_SUGGESTIONS)
    response = render(request, "search/suggestions.html", {"hits": hits})
    # nothing personal: a browser may keep it, and what is typed again costs nothing
    patch_cache_control(response, private=True, max_age=_SUGGESTION_SECONDS)
    return response
