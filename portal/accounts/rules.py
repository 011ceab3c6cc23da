"""Who may do what, as predicates of ``rules``: ``user.has_perm("accounts.see_pupil", pupil_id)``."""

from __future__ import annotations

import rules

from portal.accounts import selectors
from portal.accounts.models import Citizen, Role, User


def _citizen(user: User) -> Citizen | None:
    return Citizen.objects.filter(user_id=user.pk).first() if user.pk is not None else None


@rules.predicate
def may_see_pupil(user: User, pupil_id: int | None) -> bool:
    """A parent with an open link that lets them see."""
    citizen = _citizen(user)
    return citizen is not None and pupil_id is not None and selectors.may_see(citizen, pupil_id)


@rules.predicate
def may_apply_for_pupil(user: User, pupil_id: int | None) -> bool:
    """A parent with an open link that lets them write dossiers."""
    citizen = _citizen(user)
    return citizen is not None and pupil_id is not None and selectors.may_apply_for(citizen, pupil_id)


@rules.predicate
def confirms_claims_at(user: User, organisation_id: int | None) -> bool:
    """The clerk or the principal of a school."""
    return organisation_id is not None and selectors.has_role(
        user, organisation_id, Role.SCHOOL_CLERK, Role.PRINCIPAL
    )


@rules.predicate
def administers(user: User, organisation_id: int | None) -> bool:
    """The administrator of an organisation."""
    return organisation_id is not None and selectors.has_role(user, organisation_id, Role.ADMINISTRATOR)


rules.add_perm("accounts.see_pupil", may_see_pupil)
rules.add_perm("accounts.apply_for_pupil", may_apply_for_pupil)
rules.add_perm("accounts.confirm_claims", confirms_claims_at)
rules.add_perm("accounts.assign_roles", administers)
