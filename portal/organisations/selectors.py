"""Reads of the register of organisations: today's rows, and what was so on another day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.common.clock import local_day
from portal.common.text import tidy
from portal.organisations.models import (
    CalendarDay,
    Kind,
    Organisation,
    OrganisationEvent,
    OrganisationPeriod,
    SchoolLevel,
    Succession,
)
from portal.organisations.search import find_organisations, find_schools, teaching
from portal.organisations.working_days import (
    calendar,
    calendar_day,
    calendar_rows,
    calendar_years,
    years_on_file,
)

__all__ = (
    "Branch",
    "CalendarDay",
    "Kind",
    "Organisation",
    "SchoolLevel",
    "by_code",
    "by_ids",
    "calendar",
    "calendar_day",
    "calendar_rows",
    "calendar_years",
    "children_of",
    "code_on",
    "communes",
    "communes_with_counts",
    "department",
    "department_or_none",
    "events_of",
    "find_organisations",
    "find_schools",
    "name_on",
    "organisation",
    "parent_on",
    "parents_of",
    "periods_of",
    "schools",
    "successions_of",
    "successor_of",
    "tree",
    "years_on_file",
)


def _today() -> date:
    return local_day(timezone.now())


def organisation(pk: int) -> Organisation:
    """One organisation with today's values; raises Organisation.DoesNotExist."""
    return Organisation.objects.select_related("parent", "commune").get(pk=pk)


def by_ids(pks: Collection[int]) -> list[Organisation]:
    """Give those of ``pks`` that there are, by name; one query."""
    return list(Organisation.objects.filter(pk__in=pks).order_by("name_key", "pk"))


def parents_of(organisation_id: int) -> list[Organisation]:
    """Give whom it belongs to today, the nearest first; empty for the department and for unknown ids."""
    steps = Organisation.objects.select_related("parent__parent__parent").filter(pk=organisation_id).first()
    above: list[Organisation] = []
    while steps is not None and steps.parent is not None:
        steps = steps.parent
        above.append(steps)
    return above


def by_code(code: str) -> Organisation | None:
    """Find by today's code or by any code it ever had."""
    code = tidy(code)
    found = Organisation.objects.select_related("parent", "commune").filter(code=code).first()
    if found is not None:
        return found
    period = OrganisationPeriod.objects.filter(code=code).first()
    return None if period is None else organisation(period.organisation_id)


def department() -> Organisation:
    """Give the province's department; raises Organisation.DoesNotExist on an empty register."""
    return Organisation.objects.get(kind=Kind.DEPARTMENT)


def department_or_none() -> Organisation | None:
    """Give the province's department, if it is entered yet."""
    return Organisation.objects.filter(kind=Kind.DEPARTMENT).first()


def existing(day: date | None = None) -> QuerySet[Organisation]:
    """Organisations that exist on the day (default: today)."""
    day = day or _today()
    return Organisation.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


def schools(level: str | None = None, commune: int | None = None) -> QuerySet[Organisation]:
    """Schools of today by name; ``level`` a SchoolLevel value, ``commune`` the id of where they stand."""
    found = existing().filter(kind=Kind.SCHOOL).select_related("parent", "commune").order_by("name_key")
    if level is not None:
        found = found.filter(teaching(level))
    return found if commune is None else found.filter(commune_id=commune)


def communes() -> QuerySet[Organisation]:
    """Communes and wards of today by name."""
    return existing().filter(kind=Kind.COMMUNE).order_by("name_key")


def communes_with_counts() -> QuerySet[Organisation]:
    """Communes of today by name, each with ``schools``: how many belong to it today."""
    today = _today()
    still = Q(children__closed_on__isnull=True) | Q(children__closed_on__gt=today)
    begun = Q(children__opened_on__lte=today, children__kind=Kind.SCHOOL)
    return communes().annotate(schools=Count("children", filter=still & begun))


def children_of(organisation_id: int, kind: str | None = None) -> QuerySet[Organisation]:
    """List what belongs to an organisation today, by name; of one kind if told."""
    found = existing().filter(parent_id=organisation_id).order_by("name_key")
    return found if kind is None else found.filter(kind=kind)


def successions_of(organisation_id: int) -> QuerySet[Succession]:
    """List who took over from it and from whom it took over, oldest first."""
    found = Succession.objects.filter(Q(predecessor_id=organisation_id) | Q(successor_id=organisation_id))
    return found.select_related("predecessor", "successor").order_by("on", "pk")


def events_of(organisation_id: int) -> QuerySet[OrganisationEvent]:
    """List who entered which change by a form, newest first."""
    return OrganisationEvent.objects.filter(organisation_id=organisation_id).select_related(
        "actor__officer"
    )


def periods_of(organisation_id: int) -> QuerySet[OrganisationPeriod]:
    """List the whole history, oldest first."""
    periods = OrganisationPeriod.objects.filter(organisation_id=organisation_id)
    return periods.select_related("parent").order_by("valid_from")


def _in_force(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _period_on(organisation_id: int, day: date) -> OrganisationPeriod | None:
    return OrganisationPeriod.objects.filter(_in_force(day), organisation_id=organisation_id).first()


def name_on(organisation_id: int, day: date) -> str | None:
    """Give its name on the day; None before it began and from the day on which it ended."""
    period = _period_on(organisation_id, day)
    return None if period is None else period.name


def code_on(organisation_id: int, day: date) -> str | None:
    """Its code on the day; None where it did not exist."""
    period = _period_on(organisation_id, day)
    return None if period is None else period.code


def parent_on(organisation_id: int, day: date) -> Organisation | None:
    """Whom it belonged to on the day; None where it did not exist, and for the department."""
    period = _period_on(organisation_id, day)
    if period is None or period.parent_id is None:
        return None
    return organisation(period.parent_id)


def successor_of(code: str, day: date | None = None) -> list[Organisation]:
    """Who stands on the day in the place of whoever once had ``code``, through mergers and splits.

    Itself while it exists; several after a split; none where it ended without a successor, or where
    nobody ever had the code.
    """
    day = day or _today()
    first = by_code(code)
    heirs: list[Organisation] = []
    seen: set[int] = set()
    waiting = [] if first is None else [first]
    while waiting:
        current = waiting.pop(0)
        if current.pk in seen:
            continue
        seen.add(current.pk)
        if current.closed_on is None or current.closed_on > day:
            heirs.append(current)
            continue
        steps = Succession.objects.filter(predecessor=current, on__lte=day).order_by("on", "pk")
        waiting += [step.successor for step in steps.select_related("successor")]
    return heirs


@dataclass(slots=True)
class Branch:
    """An organisation of a day with what belongs to it."""

    organisation_id: int
    kind: str
    code: str
    name: str
    children: list[Branch] = field(default_factory=list)


def tree(day: date | None = None) -> list[Branch]:
    """Everything that existed on the day, as it was named and subordinated then; one query."""
    periods = OrganisationPeriod.objects.filter(_in_force(day or _today()))
    rows = list(periods.select_related("organisation").order_by("name", "pk"))
    branches = {
        row.organisation_id: Branch(row.organisation_id, row.organisation.kind, row.code, row.name)
        for row in rows
    }
    roots: list[Branch] = []
    for row in rows:
        above = branches.get(row.parent_id) if row.parent_id is not None else None
        (roots if above is None else above.children).append(branches[row.organisation_id])
    return roots
