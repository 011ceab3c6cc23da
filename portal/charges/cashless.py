"""How much of the money came without cash: by school, by commune, beside the plans' targets."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Sum

from portal.charges import facts
from portal.charges.models import Area, Charge
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Share:
    """Whole đồng that came, and how much of it without cash; ``target`` in percent, if a plan names one."""

    place_id: int
    name: str
    area: str = Area.RURAL
    came: int = 0
    cashless: int = 0
    target: int | None = None

    @property
    def percent(self) -> int:
        """Give the share in percent, rounded down: a target is reached when it is reached."""
        return self.cashless * 100 // self.came if self.came else 0

    @property
    def reached(self) -> bool:
        """Say whether the target is reached; money must have come at all."""
        return self.target is not None and self.came > 0 and self.percent >= self.target


def _money(school_year: str, school_id: int | None = None) -> dict[int, tuple[int, int]]:
    """Add up what stands as paid, by school: (all, without cash). One query."""
    paid = Charge.objects.filter(state=Charge.State.PAID, charge_list__school_year=school_year)
    if school_id is not None:
        paid = paid.filter(charge_list__school_id=school_id)
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    rows = paid.values_list("charge_list__school_id", "paid_via").annotate(money=Sum("amount"))
    for place_id, way, money in rows:
        sums[place_id][0] += money
        sums[place_id][1] += 0 if way == Charge.Way.CASH else money
    return {place_id: (all_, cashless) for place_id, (all_, cashless) in sums.items()}


def share_of(school: Organisation, school_year: str) -> Share:
    """Give one school's share."""
    came, cashless = _money(school_year, school.pk).get(school.pk, (0, 0))
    return Share(school.pk, school.name, came=came, cashless=cashless)


def by_school(
    school_year: str, plan: facts.Plan | None, day: dt.date, commune_id: int | None = None
) -> list[Share]:
    """List the schools that collected anything, the lowest share first. Three queries."""
    money, areas = _money(school_year), facts.areas(day)
    shares = []
    for school in organisations.schools(commune=commune_id):
        if school.pk not in money:
            continue
        area = _area(school.commune, areas)
        came, cashless = money[school.pk]
        shares.append(Share(school.pk, school.name, area, came, cashless, _target(plan, area)))
    return sorted(shares, key=lambda share: (share.percent, share.name))


def by_commune(school_year: str, plan: facts.Plan | None, day: dt.date) -> list[Share]:
    """List the communes whose schools collected anything, the lowest share first. Three queries."""
    money, areas = _money(school_year), facts.areas(day)
    found: dict[int, Share] = {}
    for school in organisations.schools():
        place = school.commune
        if place is None or school.pk not in money:
            continue
        area = _area(place, areas)
        known = found.get(place.pk, Share(place.pk, place.name, area, target=_target(plan, area)))
        came, cashless = money[school.pk]
        found[place.pk] = replace(known, came=known.came + came, cashless=known.cashless + cashless)
    return sorted(found.values(), key=lambda share: (share.percent, share.name))


def _area(commune: Organisation | None, areas: dict[int, str]) -> str:
    if commune is None:
        return Area.RURAL
    return areas.get(commune.pk) or facts.area_by_name(commune.name)


def _target(plan: facts.Plan | None, area: str) -> int | None:
    return plan.percents.get(area) if plan else None
