"""Who may write: an officer's dated role becomes membership in Wagtail's groups at every sign-in.

An editor of the department reads and hands on; an editor of a school writes on the school's own site alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group

from cms.workflow import EDITORS, PUBLISHERS, school_group
from portal.accounts import selectors as accounts
from portal.accounts.ports import Role
from portal.organisations import selectors as organisations
from portal.organisations.selectors import Kind

if TYPE_CHECKING:
    from portal.accounts.models import User

_SCHOOL_GROUPS = school_group("")


def follow_roles(user: User) -> None:
    """Join and leave the writers' groups as the roles of today say; a role that ended opens nothing."""
    due = _groups_due(user)
    for group in Group.objects.filter(name__in=due):
        user.groups.add(group)
    for group in user.groups.exclude(name__in=due):
        if group.name in {EDITORS, PUBLISHERS} or group.name.startswith(_SCHOOL_GROUPS):
            user.groups.remove(group)


def _groups_due(user: User) -> set[str]:
    roles = accounts.active_roles(user)
    due = {PUBLISHERS for active in roles if active.role == Role.ADMINISTRATOR}
    places = [active.organisation_id for active in roles if active.role == Role.EDITOR]
    for place in organisations.by_ids(places):
        due.add(school_group(place.code) if place.kind == Kind.SCHOOL else EDITORS)
    return due


def on_signed_in(*, user: User, **_: Any) -> None:
    """Take Django's signal: membership is settled before the first page of the session."""
    follow_roles(user)
