"""Where a child stands at a school before any draw: zone, class, distance, and why in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from admissions.models import Catchment, Place, Round, Season
from admissions.rules import HOME, NEIGHBOUR, PERMANENT, Rules, metres_between, read_rules
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.organisations.selectors import Organisation


@dataclass(frozen=True, slots=True)
class Offer:
    """A school as seen from a place; ``metres`` as the crow flies, None where a point is not known."""

    school: Organisation
    zone: str
    metres: int | None
    seats: int = 0

    @property
    def is_home(self) -> bool:
        """Whether the place lies in the school's own catchment."""
        return self.zone == HOME


def zones_of(season: Season, place: Place) -> dict[int, str]:
    """Give zone by school for a place: its own rows, else those of its whole commune. One query."""
    rows = Catchment.objects.filter(season=season, place__commune_id=place.commune_id)
    own: dict[int, str] = {}
    whole: dict[int, str] = {}
    for school_id, zone, place_id, key in rows.values_list(
        "school_id", "zone", "place_id", "place__name_key"
    ):
        if place_id == place.pk:
            own[school_id] = zone
        elif not key:
            whole[school_id] = zone
    return own or whole


def offers_from(round_: Round, place: Place, *, only: Collection[int] | None = None) -> list[Offer]:
    """List the round's schools as seen from a place: its own first, then neighbouring ones, then by distance."""
    zones = zones_of(round_.season, place)
    quotas = round_.quota_rows.select_related("school__commune")
    if only is not None:
        quotas = quotas.filter(school_id__in=only)
    here = point_of(place)
    found = [
        Offer(
            quota.school,
            zones.get(quota.school_id, ""),
            metres_between(here, (quota.school.latitude, quota.school.longitude)),
            quota.seats,
        )
        for quota in quotas
    ]
    order = {HOME: 0, NEIGHBOUR: 1, "": 2}
    far = 10**9
    return sorted(
        found,
        key=lambda offer: (
            order[offer.zone],
            far if offer.metres is None else offer.metres,
            offer.school.name_key,
        ),
    )


def point_of(place: Place) -> tuple[float | None, float | None]:
    """Give a place's point, else its commune's."""
    if place.latitude is not None:
        return place.latitude, place.longitude
    commune = organisations.organisation(place.commune_id)
    return commune.latitude, commune.longitude


def zone_words(zone: str) -> str:
    """Say what a school is to a home."""
    return {HOME: _("đúng tuyến"), NEIGHBOUR: _("tuyến giáp ranh")}.get(zone, _("khác tuyến"))


def class_words(rules: Rules, number: int) -> str:
    """Say which class a number is, in the season's own rules."""
    names: Mapping[int, str] = {
        rules.other_class: _("ở tuyến khác"),
        rules.neighbour_class: _("ở tuyến giáp ranh"),
        rules.present_class: _("ở đúng tuyến, tạm trú hoặc nơi ở hiện tại"),
        rules.permanent_class: _("thường trú đúng tuyến"),
        **({rules.sibling_class: _("có anh, chị đang học ở trường")} if rules.sibling_class else {}),
    }
    return names.get(number, "")


def class_at(round_: Round, zone: str, basis: str, *, sibling: bool = False) -> int:
    """Give the class by the round's rules."""
    return read_rules(round_.rules or round_.season.rules).class_at(
        zone, basis or PERMANENT, sibling=sibling
    )


def metres_words(metres: int | None) -> str:
    """Say a distance: "800 m", "1,2 km"; nothing where it is not known."""
    if metres is None:
        return ""
    if metres < 1_000:  # noqa: PLR2004 - a kilometre
        return f"{round(metres, -1)} m"
    return f"{metres / 1_000:.1f} km".replace(".", ",")
