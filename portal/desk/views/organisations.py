"""The register of organisations: communes and schools, and what each was called and when."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.ports import Role, officer_required
from portal.common.clock import local_day
from portal.desk.frame import frame
from portal.desk.reach import AT_REGISTERS, reaches
from portal.organisations import selectors as organisations

PER_PAGE = 30
QUERY_LENGTH = 100


def reachable(request: HttpRequest, organisation_id: int, *roles: str) -> organisations.Organisation:
    """Give an organisation at or below one where the officer holds a role; 404 for others, as for none."""
    try:
        found = organisations.organisation(organisation_id)
    except organisations.Organisation.DoesNotExist as error:
        raise Http404 from error
    if not reaches(request, organisation_id, *roles):
        raise Http404
    return found


@require_GET
@officer_required(*AT_REGISTERS)
def show(request: HttpRequest) -> HttpResponse:
    """List the communes with their schools counted, or what a search finds, former names included."""
    query = request.GET.get("q", "").replace("\x00", "")[:QUERY_LENGTH].strip()
    found = organisations.find_organisations(query) if query else organisations.communes_with_counts()
    return render(
        request,
        "desk/organisations.html",
        {
            **frame(request),
            "query": query,
            "department": None if query else organisations.department_or_none(),
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
            "today": local_day(timezone.now()),
        },
    )


@require_GET
@officer_required(*AT_REGISTERS)
def detail(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Show an organisation: today's facts, its history, who took over, what belongs to it."""
    try:
        found = organisations.organisation(organisation_id)
    except organisations.Organisation.DoesNotExist as error:
        raise Http404 from error
    today = local_day(timezone.now())
    levels = dict(organisations.SchoolLevel.choices)
    children = organisations.children_of(found.pk, organisations.Kind.SCHOOL)
    return render(
        request,
        "desk/organisation.html",
        {
            **frame(request),
            "organisation": found,
            "levels": [levels.get(level, level) for level in found.levels],
            "periods": organisations.periods_of(found.pk).reverse(),
            "successions": organisations.successions_of(found.pk),
            "events": organisations.events_of(found.pk),
            "page": Paginator(children, PER_PAGE).get_page(request.GET.get("trang")),
            "changeable": found.closed_on is None and reaches(request, found.pk, *AT_REGISTERS),
            "assigns_roles": reaches(request, found.pk, Role.ADMINISTRATOR),
            "today": today,
        },
    )
