"""What officers' pages of this room share: who works here, for which schools, for the province or not."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from admissions import selectors
from admissions.models import Round, Season
from portal.accounts.ports import Role, current_officer, current_roles
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers

AT_SCHOOL = (Role.SCHOOL_CLERK, Role.PRINCIPAL)
BOARD = (Role.DEPARTMENT_OFFICER, Role.LEADER)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the officer, the roles by which the navigation is drawn, and the name of the office."""
    places = {active.organisation_id for active in current_roles(request)}
    names = [found.name for found in organisations.by_ids(places)]
    more = _("%(name)s và %(more)d đơn vị khác")
    return {
        "officer": current_officer(request),
        "desk_roles": frozenset(active.role for active in current_roles(request)),
        "offices": more % {"name": names[0], "more": len(names) - 1} if len(names) > 1 else "".join(names),
    }


def schools_of(request: HttpRequest, *roles: str) -> list[int]:
    """Give the ids of the schools at which the officer holds one of ``roles`` (clerk or principal, if none)."""
    wanted = roles or AT_SCHOOL
    return sorted({active.organisation_id for active in current_roles(request) if active.role in wanted})


def is_board(request: HttpRequest, *roles: str) -> bool:
    """Say whether one of ``roles`` (either of the board's, if none) is held at the department."""
    wanted = roles or BOARD
    places = {active.organisation_id for active in current_roles(request) if active.role in wanted}
    return any(found.kind == organisations.Kind.DEPARTMENT for found in organisations.by_ids(places))


def require_board(request: HttpRequest, *roles: str) -> None:
    """Raise 404 for everybody else, as for nothing."""
    if not is_board(request, *roles):
        raise Http404


def season_here(code: str) -> Season:
    """Give any season, shown to the public or not."""
    found = selectors.season(code)
    if found is None:
        raise Http404
    return found


def round_here(code: str) -> Round:
    """Give a season's running round."""
    return selectors.current_round(season_here(code))


def actor_at(request: HttpRequest, organisation_id: int) -> dossiers.Actor:
    """Let the officer act for one of their organisations."""
    officer = current_officer(request)
    return dossiers.Actor(officer.user, officer.full_name, organisation_id)
