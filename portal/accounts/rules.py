"""Who may do what, as predicates of ``rules``: ``user.has_perm("accounts.see_pupil", pupil)``."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from rules.permissions import add_perm
from rules.predicates import predicate

from portal.accounts import selectors
from portal.accounts.models import Citizen, Role, User

Someone = User | AnonymousUser


def _citizen(user: Someone) -> Citizen | None:
    return Citizen.objects.filter(user_id=user.pk).first() if user.is_authenticated else None


def may_see_pupil(user: Someone, pupil: Model | None) -> bool:
    """Ask whether this is a parent with an open link that lets them see."""
    citizen = _citizen(user)
    return citizen is not None and pupil is not None and selectors.may_see(citizen, pupil.pk)


def may_apply_for_pupil(user: Someone, pupil: Model | None) -> bool:
    """Ask whether this is a parent with an open link that lets them write dossiers."""
    citizen = _citizen(user)
    return citizen is not None and pupil is not None and selectors.may_apply_for(citizen, pupil.pk)


def confirms_claims_at(user: Someone, organisation: Model | None) -> bool:
    """Ask whether this is the clerk or the principal of a school."""
    return organisation is not None and selectors.has_role(
        user, organisation.pk, Role.SCHOOL_CLERK, Role.PRINCIPAL
    )


def administers(user: Someone, organisation: Model | None) -> bool:
    """Ask whether this is the administrator of an organisation."""
    return organisation is not None and selectors.has_role(user, organisation.pk, Role.ADMINISTRATOR)


for name, check in {
    "accounts.see_pupil": may_see_pupil,
    "accounts.apply_for_pupil": may_apply_for_pupil,
    "accounts.confirm_claims": confirms_claims_at,
    "accounts.assign_roles": administers,
}.items():
    add_perm(name, predicate(check))  # type: ignore[no-untyped-call]  # rules ships no types
