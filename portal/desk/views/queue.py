"""The queues: what waits for me, what is new, what waits for others, what is done."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.accounts.ports import current_officer, officer_required
from portal.common.clock import local_day
from portal.desk.frame import frame_with_queues
from portal.desk.words import QUEUE_TITLES
from portal.procedures import selectors as dossiers

PER_PAGE = 20
QUERY_LENGTH = 120


@require_GET
@officer_required()
def show(request: HttpRequest) -> HttpResponse:
    """Show one queue, or what a search finds among the officer's dossiers."""
    user = current_officer(request).user
    name = request.GET.get("hang", "mine")
    if name not in QUEUE_TITLES:
        name = "mine"
    query = request.GET.get("q", "").replace("\x00", "")[:QUERY_LENGTH].strip()
    found = dossiers.search(user, query) if query else dossiers.queue(user, name)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "desk/queue.html",
        {
            **frame_with_queues(request),
            "active": "" if query else name,
            "title": QUEUE_TITLES[name],
            "query": query,
            "page": page,
            "rows": [_row(dossier) for dossier in page.object_list],
            "today": local_day(timezone.now()),
        },
    )


def _row(dossier: dossiers.Dossier) -> dict[str, Any]:
    language = get_language() or "vi"
    return {
        "dossier": dossier,
        "procedure": dossiers.title_of(dossier.definition, language),
        "paused": dossiers.is_paused(dossier),
        "paused_since": dossiers.paused_since(dossier),
        "next": dossiers.next_work(dossier, language),
    }
