"""What the officers' pages of this room show around their content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.accounts.ports import current_officer, current_roles
from portal.organisations import selectors as organisations


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the officer, the roles by which the navigation is drawn, and the name of the office."""
    roles = current_roles(request)
    names = [found.name for found in organisations.by_ids({active.organisation_id for active in roles})]
    return {
        "officer": current_officer(request),
        "desk_roles": frozenset(active.role for active in roles),
        "offices": names[0]
        if len(names) == 1
        else _("%(name)s và %(more)d đơn vị khác") % {"name": names[0], "more": len(names) - 1},
    }
