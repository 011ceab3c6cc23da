"""How far an officer's roles reach: which schools, which organisations, the whole province or not."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from portal.accounts.ports import Role, current_roles
from portal.organisations import selectors as organisations

AT_SCHOOL = (Role.SCHOOL_CLERK, Role.PRINCIPAL)
AT_REGISTERS = (Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)


def roles_of(request: HttpRequest) -> frozenset[str]:
    """Give what the officer is today, wherever."""
    return frozenset(active.role for active in current_roles(request))


def places_with(request: HttpRequest, *roles: str) -> list[int]:
    """Give the ids of the organisations at which the officer holds one of ``roles`` today."""
    return sorted({active.organisation_id for active in current_roles(request) if active.role in roles})


def schools_of(request: HttpRequest) -> list[int]:
    """Give the ids of the schools whose pupils are the officer's work."""
    return places_with(request, *AT_SCHOOL)


def holds_for_province(request: HttpRequest, *roles: str) -> bool:
    """Say whether the officer holds one of ``roles`` at the department: then it counts for the province."""
    places = places_with(request, *roles)
    return any(found.kind == organisations.Kind.DEPARTMENT for found in organisations.by_ids(places))


def require_province(request: HttpRequest, *roles: str) -> None:
    """Raise 404 unless one of ``roles`` is held at the department."""
    if not holds_for_province(request, *roles):
        raise Http404


def reaches(request: HttpRequest, organisation_id: int, *roles: str) -> bool:
    """Say whether one of ``roles`` is held at the organisation or at one above it."""
    above = {organisation_id, *(parent.pk for parent in organisations.parents_of(organisation_id))}
    return not above.isdisjoint(places_with(request, *roles))
