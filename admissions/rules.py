"""A season's rules as data: what a class is, how many choices, which groups. Free of Django."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import asin, ceil, cos, radians, sin, sqrt
from typing import Any

HOME, NEIGHBOUR = "home", "neighbour"
PERMANENT, PRESENT = "permanent", "present"
_EARTH_METRES = 6_371_000
#: a place that is not on the map lies behind all that are: no unknown may be an advantage
UNKNOWN_BAND = 1_000


class RulesRefusedError(ValueError):
    """Rules that contradict themselves; the message is a Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is published before the window opens and binds the allocation.

    ``sibling_class`` is the class of a child whose brother or sister studies at the school; None where
    that does not count. ``band_metres`` 0: distance does not count.
    """

    choices: int = 3
    band_metres: int = 100
    permanent_class: int = 1
    present_class: int = 2
    neighbour_class: int = 3
    other_class: int = 4
    sibling_class: int | None = None
    groups: tuple[str, ...] = ("disability",)
    siblings_share_draw: bool = True
    #: schools that the department appends after the family's choices, nearest first
    duty_schools: int = 2
    class_size: int = 35
    birth_years: tuple[int, ...] = field(default_factory=tuple)

    def to_json(self) -> dict[str, Any]:
        """As it is published and hashed."""
        return {**asdict(self), "groups": list(self.groups), "birth_years": list(self.birth_years)}

    def class_at(self, zone: str, basis: str, *, sibling: bool) -> int:
        """Give the class of a child at a school: ``zone`` of its home there, ``basis`` of living there."""
        if zone == HOME:
            found = self.permanent_class if basis == PERMANENT else self.present_class
        else:
            found = self.neighbour_class if zone == NEIGHBOUR else self.other_class
        return min(found, self.sibling_class) if sibling and self.sibling_class is not None else found

    def band(self, metres: int | None) -> int:
        """Give the distance band: 1 up to ``band_metres`` metres, 2 up to twice that."""
        if not self.band_metres:
            return 0
        return UNKNOWN_BAND if metres is None else ceil(metres / self.band_metres)


def read_rules(raw: Mapping[str, Any]) -> Rules:
    """Read stored or typed rules; raises :class:`RulesRefusedError`."""
    unknown = set(raw) - set(Rules.__dataclass_fields__)
    if unknown:
        raise RulesRefusedError(f"Quy tắc có mục lạ: {', '.join(sorted(unknown))}.")
    values: dict[str, Any] = {
        name: tuple(value) if name in {"groups", "birth_years"} else value for name, value in raw.items()
    }
    rules = Rules(**values)
    numbers = (
        rules.choices,
        rules.permanent_class,
        rules.present_class,
        rules.neighbour_class,
        rules.other_class,
        rules.band_metres,
        rules.duty_schools,
        rules.class_size,
        *([] if rules.sibling_class is None else [rules.sibling_class]),
        *rules.birth_years,
    )
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise RulesRefusedError("Lớp ưu tiên, số nguyện vọng, sĩ số và dải khoảng cách là số nguyên từ 0.")
    if not 1 <= rules.choices <= 3:  # noqa: PLR2004 - the form has three boxes
        raise RulesRefusedError("Mùa tuyển sinh có từ 1 đến 3 nguyện vọng.")
    return rules


def metres_between(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None]
) -> int | None:
    """Give the distance as the crow flies in whole metres; None where a point is not known."""
    if None in one or None in other:
        return None
    north_1, east_1, north_2, east_2 = (radians(float(value or 0)) for value in (*one, *other))
    half = sin((north_2 - north_1) / 2) ** 2 + cos(north_1) * cos(north_2) * sin((east_2 - east_1) / 2) ** 2
    return round(2 * _EARTH_METRES * asin(sqrt(half)))
