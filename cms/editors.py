"""Who may write: an officer's dated role becomes membership in Wagtail's groups at every sign-in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group

from portal.accounts import selectors as accounts
from portal.accounts.ports import Role
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.accounts.models import User

#: Wagtail makes these two groups itself: the first writes and submits, the second also publishes
GROUPS = {Role.EDITOR: "Editors", Role.ADMINISTRATOR: "Moderators"}


def follow_roles(user: User) -> None:
    """Join and leave the editors' groups as the roles of today say; a role that ended opens nothing.

    These groups write on every page of the province, so only a role at the department counts: a school's
    editor or administrator does not.
    """
    department = organisations.department_or_none()
    roles = {
        held.role
        for held in accounts.active_roles(user)
        if department and held.organisation_id == department.pk
    }
    for role, name in GROUPS.items():
        group = Group.objects.filter(name=name).first()
        if group is None:
            continue
        if role in roles:
            user.groups.add(group)
        else:
            user.groups.remove(group)


def on_signed_in(*, user: User, **_: Any) -> None:
    """Take Django's signal: membership is settled before the first page of the session."""
    follow_roles(user)
