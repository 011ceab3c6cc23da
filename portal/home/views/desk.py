"""The citizen's desk: what to do first, what is running, drafts, children, messages."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.accounts import selectors as accounts
from portal.accounts.ports import citizen_required, current_citizen
from portal.charges import selectors as charges
from portal.common.clock import local_day
from portal.notifications import selectors as notices
from portal.procedures import selectors as dossiers

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier in a list."""

    dossier: dossiers.Dossier
    title: str
    situation: dossiers.Situation
    paused: bool


def rows(found: dossiers.Dossiers, language: str) -> list[Row]:
    """Put dossiers into words for a list."""
    return [
        Row(
            dossier,
            dossiers.title_of(dossier.definition, language),
            dossiers.situation(dossier, language),
            dossiers.is_paused(dossier),
        )
        for dossier in found
    ]


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the desk. The number of queries does not grow with the number of dossiers."""
    citizen = current_citizen(request)
    language = get_language() or "vi"
    today = local_day(timezone.now())
    return render(
        request,
        "home/desk.html",
        {
            "citizen": citizen,
            "today": today,
            "waiting": rows(dossiers.waiting_for(citizen)[:SHOWN], language),
            "running": rows(dossiers.running_of(citizen)[:SHOWN], language),
            "ended": rows(dossiers.ended_of(citizen)[:SHOWN], language),
            "drafts": [
                {"draft": draft, "title": dossiers.title_of(draft.definition, language)}
                for draft in dossiers.drafts_of(citizen)[:SHOWN]
            ],
            "children": accounts.children_of(citizen, today),
            "unpaid": charges.unpaid_of_family(citizen),
            "notices": notices.notices_of(citizen.user, limit=3),
            "unread": notices.unread_count(citizen.user),
        },
    )
