"""The register of an office (mẫu 06): a month on the screen, and as a sealed PDF."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import Role, officer_required
from portal.common.clock import local_day
from portal.desk.frame import frame
from portal.desk.reach import places_with
from portal.documents import selectors as documents
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.procedures import services

PER_PAGE = 50
MONTHS = 24
KEEPERS = (Role.SCHOOL_CLERK, Role.PRINCIPAL, Role.COMMUNE_OFFICER, Role.DEPARTMENT_OFFICER, Role.LEADER)


@require_http_methods(["GET", "POST"])
@officer_required(*KEEPERS)
def show(request: HttpRequest) -> HttpResponse:
    """Show a month of one of the officer's offices; POST orders its PDF."""
    places = places_with(request, *KEEPERS)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = [place for place in places if str(place) == sent.get("don-vi", "")]
    if sent.get("don-vi") and not chosen:
        raise Http404
    place = chosen[0] if chosen else places[0]
    today = local_day(timezone.now())
    months = _months(today)
    month = next((item for item in months if f"{item:%Y-%m}" == sent.get("thang", "")), months[0])
    if request.method == "POST":
        services.order_ledger(organisation_id=place, month=month)
        messages.success(request, _("Đang lập sổ. Tải lại trang sau ít phút."))
        return HttpResponseRedirect(f"{reverse('desk:ledger')}?don-vi={place}&thang={month:%Y-%m}")
    end = min(month.replace(day=monthrange(month.year, month.month)[1]), today)
    found = dossiers.received_in(place, month, end)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    return render(
        request,
        "desk/ledger.html",
        {
            **frame(request),
            "place": place,
            "places": organisations.by_ids(places),
            "months": [(f"{item:%Y-%m}", f"{item:%m/%Y}") for item in months],
            "month": f"{month:%Y-%m}",
            "month_words": f"{month:%m/%Y}",
            "page": page,
            "rows": [_row(dossier) for dossier in page.object_list],
            "again": dossiers.second_requests(place, month, end),
            "documents": documents.documents_of(dossiers.office_book(place), internal=True)[::-1][:12],
        },
    )


def _row(dossier: dossiers.Dossier) -> dict[str, Any]:
    return {
        "dossier": dossier,
        "procedure": dossiers.title_of(dossier.definition, get_language() or "vi"),
        "accepted": local_day(dossier.accepted_at) if dossier.accepted_at else None,
        "concluded": local_day(dossier.concluded_at) if dossier.concluded_at else None,
    }


def _months(today: dt.date) -> list[dt.date]:
    """Give the first days of this month and those before it, the newest first."""
    found, day = [], today.replace(day=1)
    for _number in range(MONTHS):
        found.append(day)
        day = (day - dt.timedelta(days=1)).replace(day=1)
    return found
