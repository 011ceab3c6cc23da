"""Reads: roles, families, looks. Each says in its docstring how many queries it makes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.contacts import Contact, contact_of
from portal.accounts.models import (
    Citizen,
    FamilyClaim,
    FamilyLink,
    Look,
    Officer,
    RoleAssignment,
    User,
)
from portal.common.clock import local_day
from portal.common.fields import blind_index

__all__ = ["Contact", "contact_of"]  # offered here; the rest is public by its name


@dataclass(frozen=True, slots=True)
class ActiveRole:
    """A role that counts on the day asked for."""

    role: str
    organisation_id: int


def citizen(pk: int) -> Citizen:
    """Give a citizen by row id; raises ``Citizen.DoesNotExist``. One query."""
    return Citizen.objects.select_related("user").get(pk=pk)


def today() -> date:
    """Give the day at Asia/Ho_Chi_Minh."""
    return local_day(timezone.now())


def in_force(day: date | None = None) -> Q:
    """Select rows with ``valid_from`` ≤ day < ``valid_to`` (today unless told)."""
    day = day or today()
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _assignments(user_id: int, day: date | None) -> QuerySet[RoleAssignment]:
    # an account that was switched off keeps its rows, and none of them counts
    return RoleAssignment.objects.filter(
        in_force(day), officer__user_id=user_id, officer__user__is_active=True
    )


def active_roles(user: User | AnonymousUser, day: date | None = None) -> frozenset[ActiveRole]:
    """Give what the user is, and where, on a day (today unless told). One query; none for strangers."""
    if user.pk is None:
        return frozenset()
    rows = _assignments(user.pk, day).values_list("role", "organisation_id")
    return frozenset(ActiveRole(role, organisation_id) for role, organisation_id in rows)


def has_role(user: User | AnonymousUser, organisation_id: int, *roles: str) -> bool:
    """Say whether the user holds one of ``roles`` (any, if none is named) there today. One query."""
    if user.pk is None:
        return False
    found = _assignments(user.pk, None).filter(organisation_id=organisation_id)
    return (found.filter(role__in=roles) if roles else found).exists()


def organisations_of(user: User | AnonymousUser) -> frozenset[int]:
    """Give the ids of the organisations for which the user works today. One query."""
    return frozenset(active.organisation_id for active in active_roles(user))


def officers_of(organisation_id: int, *roles: str) -> list[Officer]:
    """Give who holds one of ``roles`` (any, if none is named) there today, by name. One query."""
    held = RoleAssignment.objects.filter(in_force(), organisation_id=organisation_id)
    if roles:
        held = held.filter(role__in=roles)
    return list(
        Officer.objects.filter(pk__in=held.values("officer"), user__is_active=True)
        .select_related("user")
        .order_by("full_name", "pk")
    )


def assignment(pk: int) -> RoleAssignment | None:
    """Give a role that somebody holds or held, if there is such a row. One query."""
    found = RoleAssignment.objects.select_related("officer__user", "organisation", "lent_by")
    return found.filter(pk=pk).first()


def officer_by_username(username: str) -> Officer | None:
    """Find an officer whose account is in use. One query."""
    found = Officer.objects.select_related("user")
    return found.filter(user__username=username, user__is_active=True).first()


def assignments_at(organisation_id: int, *, past: bool = False) -> list[RoleAssignment]:
    """List who is what at an organisation, ended ones too if ``past``. One query."""
    found = RoleAssignment.objects.filter(organisation_id=organisation_id)
    if not past:
        found = found.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today()))
    return list(found.select_related("officer", "lent_by").order_by("officer__full_name", "valid_from"))


def _links(citizen: Citizen, day: date | None) -> QuerySet[FamilyLink]:
    return FamilyLink.objects.filter(in_force(day), citizen=citizen, may_see=True)


def children_of(citizen: Citizen, day: date | None = None) -> list[FamilyLink]:
    """List the links that count on a day and let the citizen see the child, eldest first. One query."""
    return list(
        _links(citizen, day).select_related("pupil").order_by("pupil__birth_date", "pupil__full_name", "pk")
    )


def may_see(citizen: Citizen, pupil_id: int, day: date | None = None) -> bool:
    """Say whether the citizen may see this child's data. One query."""
    return _links(citizen, day).filter(pupil_id=pupil_id).exists()


def may_apply_for(citizen: Citizen, pupil_id: int, day: date | None = None) -> bool:
    """Say whether the citizen may write dossiers for this child. One query."""
    return _links(citizen, day).filter(pupil_id=pupil_id, may_apply=True).exists()


def claims_of(citizen: Citizen) -> list[FamilyClaim]:
    """List what the citizen claimed and still waits, was refused or withdrawn, newest first. One query."""
    done = (FamilyClaim.State.MATCHED, FamilyClaim.State.CONFIRMED)
    return list(citizen.claims.exclude(state__in=done).order_by("-pk"))


def claims_waiting_at(organisation_id: int) -> list[FamilyClaim]:
    """List the claims about pupils now enrolled at a school, oldest first: its clerk's queue. One query."""
    return list(
        FamilyClaim.objects.filter(
            state=FamilyClaim.State.WAITING,
            pupil__enrolments__school_id=organisation_id,
            pupil__enrolments__ends_on__isnull=True,
        )
        .select_related("citizen", "pupil")
        .order_by("pk")
    )


def guardians_of(pupil_id: int, day: date | None = None) -> list[FamilyLink]:
    """List who may see a pupil, for the officers who work on the pupil's files. One query."""
    return list(
        FamilyLink.objects.filter(in_force(day), pupil_id=pupil_id).select_related("citizen").order_by("pk")
    )


def users_who_see(pupil_ids: Collection[int], day: date | None = None) -> set[int]:
    """Give the users who may see any of these pupils: whom to tell. One query."""
    links = FamilyLink.objects.filter(in_force(day), pupil_id__in=list(pupil_ids), may_see=True)
    return set(links.values_list("citizen__user_id", flat=True))


def looks_at(subject_kind: str, subject_id: str | int, limit: int = 100) -> Sequence[Look]:
    """List who opened a record, newest first. One query."""
    return list(
        Look.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
        .select_related("actor", "actor__officer", "organisation")
        .order_by("-at", "-pk")[:limit]
    )


def citizen_by_personal_id(personal_id: str) -> Citizen | None:
    """Find a citizen who has signed in before, by 12 digits. One query."""
    return Citizen.objects.filter(personal_id_index=blind_index("personal-id", personal_id)).first()
