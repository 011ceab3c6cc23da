"""What every page of the desk shows around its content: who works here, for which office, what is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.accounts.ports import current_officer, current_roles
from portal.desk.reach import roles_of
from portal.desk.words import QUEUE_TITLES
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the officer, the roles by which the navigation is drawn, and the name of the office."""
    return {
        "officer": current_officer(request),
        "desk_roles": roles_of(request),
        "offices": _offices(request),
    }


def frame_with_queues(request: HttpRequest) -> dict[str, Any]:
    """Add the queues with their counts, for pages that show them at the side."""
    counts = dossiers.queue_counts(current_officer(request).user)
    return {
        **frame(request),
        "queues": [
            {"name": name, "title": title, "count": counts[name]} for name, title in QUEUE_TITLES.items()
        ],
    }


def _offices(request: HttpRequest) -> str:
    places = {active.organisation_id for active in current_roles(request)}
    names = [found.name for found in organisations.by_ids(places)]
    if len(names) > 1:
        return _("%(name)s và %(more)d đơn vị khác") % {"name": names[0], "more": len(names) - 1}
    return names[0] if names else ""
