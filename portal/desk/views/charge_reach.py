"""Which lists an officer may open: those of the own school, nobody else's."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from portal.accounts.ports import Role, current_officer
from portal.accounts.services import record_look
from portal.charges import selectors
from portal.desk.reach import places_with
from portal.organisations import selectors as organisations

AT_CHARGES = (Role.SCHOOL_CLERK, Role.FINANCE, Role.PRINCIPAL)


def charging_schools(request: HttpRequest) -> list[organisations.Organisation]:
    """Give the schools for which the officer charges; 404 where there is none (accountants of the department)."""
    places = organisations.by_ids(places_with(request, *AT_CHARGES))
    schools = [place for place in places if place.kind == organisations.Kind.SCHOOL]
    if not schools:
        raise Http404
    return schools


def own_list(request: HttpRequest, public_id: UUID) -> selectors.ChargeList:
    """Give a list of the officer's own school; 404 for any other, as for none."""
    try:
        listed = selectors.charge_list(public_id)
    except selectors.ChargeList.DoesNotExist as error:
        raise Http404 from error
    if listed.school_id not in places_with(request, *AT_CHARGES):
        raise Http404
    return listed


def own_charge(
    request: HttpRequest, public_id: UUID, charge_id: UUID
) -> tuple[selectors.ChargeList, selectors.Charge]:
    """Give a row of a list of the officer's own school; 404 for any other, as for none."""
    listed = own_list(request, public_id)
    charge = selectors.charge_of(listed, charge_id)
    if charge is None:
        raise Http404
    return listed, charge


def note_look(request: HttpRequest, listed: selectors.ChargeList, purpose: str) -> None:
    """Record that the officer saw who owes what."""
    record_look(
        actor=current_officer(request).user,
        subject_kind="charge-list",
        subject_id=listed.pk,
        purpose=purpose,
        organisation_id=listed.school_id,
    )
