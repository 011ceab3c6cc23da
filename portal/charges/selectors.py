"""Reads: a school's lists, a family's charges, the share of money that came without cash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from payments import selectors as payments
from portal.accounts import selectors as accounts
from portal.charges import paying
from portal.charges.cashless import Share, by_commune, by_school, share_of
from portal.charges.facts import Plan, area_of, kinds_for, plans, title_of
from portal.charges.models import Area, Charge, ChargeEvent, ChargeKind, ChargeList, Reminder
from portal.common.clock import local_day

if TYPE_CHECKING:
    from payments.selectors import Order
    from portal.accounts.models import Citizen
    from portal.pupils.models import Pupil

__all__ = (
    "Area",
    "Charge",
    "ChargeEvent",
    "ChargeKind",
    "ChargeList",
    "FamilyCharge",
    "Parcel",
    "Plan",
    "Reminder",
    "Share",
    "Tally",
    "area_of",
    "by_commune",
    "by_school",
    "charge_list",
    "charge_of",
    "charges_in",
    "done_of_family",
    "due_of_family",
    "events_of",
    "family_charge",
    "find_charge_list",
    "kinds_for",
    "lists_of",
    "parcels",
    "plans",
    "share_of",
    "tallies",
    "title_of",
    "unpaid_of_family",
    "way_of",
)

State = Charge.State


def charge_list(public_id: UUID) -> ChargeList:
    """Give one list; raises ChargeList.DoesNotExist. One query."""
    return ChargeList.objects.select_related("school__commune", "kind", "made_by__officer").get(
        public_id=public_id
    )


def find_charge_list(public_id: UUID) -> ChargeList | None:
    """Give one list, if there is such a one. One query."""
    return ChargeList.objects.filter(public_id=public_id).first()


def lists_of(school_id: int) -> QuerySet[ChargeList]:
    """List a school's lists, newest first."""
    return ChargeList.objects.filter(school_id=school_id).select_related("kind").order_by("-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class Tally:
    """How a list stands: pupils and đồng. ``asked`` counts what living rows cost, ``came`` what is here."""

    rows: int = 0
    paid: int = 0
    due: int = 0
    exempt: int = 0
    cancelled: int = 0
    asked: int = 0
    came: int = 0

    @property
    def percent(self) -> int:
        """Say how much of the money is here, rounded down."""
        return self.came * 100 // self.asked if self.asked else 0


def tallies(list_ids: Sequence[int]) -> dict[int, Tally]:
    """Count lists at once. One query."""
    paid, due = Q(state=State.PAID), Q(state=State.DUE)
    rows = (
        Charge.objects.filter(charge_list_id__in=list(list_ids))
        .exclude(state=State.CORRECTED)
        .values("charge_list_id")
        .annotate(
            all=Count("pk"),
            paid_rows=Count("pk", filter=paid),
            due_rows=Count("pk", filter=due),
            exempt_rows=Count("pk", filter=Q(state=State.EXEMPT) | ~Q(exemption="")),
            cancelled_rows=Count("pk", filter=Q(state=State.CANCELLED)),
            draft_money=Sum("amount", filter=Q(state=State.DRAFT, exemption="")),
            paid_money=Sum("amount", filter=paid),
            due_money=Sum("amount", filter=due),
            carried_money=Sum("carried", filter=due),
        )
    )
    return {
        row["charge_list_id"]: Tally(
            rows=row["all"],
            paid=row["paid_rows"],
            due=row["due_rows"],
            exempt=row["exempt_rows"],
            cancelled=row["cancelled_rows"],
            asked=(row["draft_money"] or 0) + (row["paid_money"] or 0) + (row["due_money"] or 0),
            came=(row["paid_money"] or 0) + (row["carried_money"] or 0),
        )
        for row in rows
    }


def charges_in(listed: ChargeList, state: str = "") -> QuerySet[Charge]:
    """List a list's rows by class and name, those that were replaced left out; of one state if told."""
    rows = Charge.objects.filter(charge_list=listed).exclude(state=State.CORRECTED)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("pupil").order_by("number", "pk")


def charge_of(listed: ChargeList, public_id: UUID) -> Charge | None:
    """Give one row of a list, if it is in it. One query."""
    return (
        Charge.objects.filter(charge_list=listed, public_id=public_id)
        .select_related("pupil", "charge_list__kind", "charge_list__school")
        .first()
    )


def way_of(charge: Charge) -> list[ChargeEvent]:
    """Tell what happened to a charge and to the rows in whose place it stands, newest first, each once."""
    found = ChargeEvent.objects.filter(charge_id__in=paying.chain(charge)).select_related("actor__officer")
    seen: set[tuple[str, dt.datetime]] = set()
    told = []
    for event in found:
        if (event.action, event.at) not in seen:
            seen.add((event.action, event.at))
            told.append(event)
    return told


def events_of(listed: ChargeList) -> QuerySet[ChargeEvent]:
    """List what happened to a list itself, newest first."""
    return ChargeEvent.objects.filter(charge_list=listed, charge=None).select_related("actor__officer")


@dataclass(frozen=True, slots=True)
class FamilyCharge:
    """A charge as a parent sees it: ``standing`` is due, overdue, waiting, paid, exempt, corrected, cancelled.

    ``order`` is the reader's own newest order for it, if there is one.
    """

    charge: Charge
    standing: str
    order: Order | None = None

    @property
    def payable(self) -> bool:
        """Say whether it can be chosen to be paid."""
        return self.standing in {"due", "overdue"}


def _family(citizen: Citizen) -> QuerySet[Charge]:
    children = [link.pupil_id for link in accounts.children_of(citizen)]
    return (
        Charge.objects.filter(pupil_id__in=children)
        .exclude(state=State.DRAFT)
        .select_related("pupil", "charge_list__school", "charge_list__kind")
    )


def due_of_family(citizen: Citizen, day: dt.date | None = None) -> list[FamilyCharge]:
    """List what the citizen's children still owe, by child, the nearest day first. Five queries."""
    rows = _family(citizen).filter(state=State.DUE)
    return _told(
        citizen,
        list(rows.order_by("pupil__birth_date", "pupil_id", "charge_list__due_on", "pk")),
        day,
    )


def done_of_family(citizen: Citizen) -> QuerySet[Charge]:
    """List what is over: paid, exempt, cancelled; newest first. Rows that were replaced are left out."""
    return (
        _family(citizen)
        .exclude(state__in=[State.DUE, State.CORRECTED])
        .order_by("-charge_list__published_at", "-pk")
    )


def unpaid_of_family(citizen: Citizen) -> tuple[int, int]:
    """Count what the children still owe: charges, whole đồng. Two queries."""
    found = _family(citizen).filter(state=State.DUE).aggregate(count=Count("pk"), money=Sum("to_pay"))
    return found["count"], found["money"] or 0


def family_charge(citizen: Citizen, public_id: UUID) -> FamilyCharge | None:
    """Give one charge of the citizen's children; None for anybody else's, as for none."""
    found = _family(citizen).filter(public_id=public_id).first()
    return None if found is None else _told(citizen, [found], None)[0]


def _told(citizen: Citizen, charges: list[Charge], day: dt.date | None) -> list[FamilyCharge]:
    today = day or local_day(timezone.now())
    orders = payments.orders_with(
        paying.PURPOSE, paying.SUBJECT, [str(charge.pk) for charge in charges], citizen.user_id
    )
    told = []
    for charge in charges:
        order = next(iter(orders.get(str(charge.pk), [])), None)
        standing = str(charge.state)
        if charge.state == State.DUE:
            at_bank = order is not None and payments.standing(order).state in {"waiting", "held", "paid"}
            late = charge.charge_list.due_on < today
            standing = "waiting" if at_bank else "overdue" if late else "due"
        told.append(FamilyCharge(charge, standing, order))
    return told


@dataclass(slots=True)
class Parcel:
    """Charges that can be paid in one order: their schools share a terminal. ``online`` if there is one."""

    online: bool
    charges: list[FamilyCharge] = field(default_factory=list)

    @property
    def amount(self) -> int:
        """Add up what is to be paid, whole đồng."""
        return sum(each.charge.to_pay for each in self.charges)

    @property
    def schools(self) -> list[str]:
        """Name the schools, each once."""
        return list(dict.fromkeys(each.charge.charge_list.school.name for each in self.charges))

    @property
    def children(self) -> list[Pupil]:
        """Name the children, each once."""
        return list({each.charge.pupil_id: each.charge.pupil for each in self.charges}.values())


def parcels(charges: Sequence[FamilyCharge]) -> list[Parcel]:
    """Sort charges into as few orders as the schools' terminals allow. Two queries."""
    terminals = payments.terminals_of({each.charge.charge_list.school_id for each in charges})
    found: dict[int | None, Parcel] = {}
    for each in charges:
        terminal = terminals[each.charge.charge_list.school_id]
        found.setdefault(terminal, Parcel(terminal is not None)).charges.append(each)
    return sorted(found.values(), key=lambda parcel: not parcel.online)
