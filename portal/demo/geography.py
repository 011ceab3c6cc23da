"""Tỉnh Hoa Ban, which does not exist: districts that were, communes, hamlets, schools. Plain data.

Two scales: "demo" (20 communes, 60 schools) and "full" (130 communes, 612 schools, about as many of each
level as one real province of this size counts). The full province is the demo's with more around it, so
that one in use can grow. The same scale gives the same province every time.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Literal

Scale = Literal["demo", "full"]

DEPARTMENT_CODE, DEPARTMENT_NAME = "H99", "Sở Giáo dục và Đào tạo tỉnh Hoa Ban"
FOUNDED = date(1991, 10, 1)
# districts ended on 30/06/2025; from the next day there are two levels
TWO_LEVELS = date(2025, 7, 1)
# somewhere in the mountains; the grid is made up
_NORTH, _EAST, _STEP = 21.55, 103.05, 0.085
_COLUMNS = 13

_FIRST = (
    "Hoa",
    "Nậm",
    "Mường",
    "Chiềng",
    "Tà",
    "Pha",
    "Noong",
    "Huổi",
    "Sín",
    "Bản",
    "Lùng",
    "Phiêng",
    "Thẳm",
)
_SECOND = ("Lay", "Pheo", "Chim", "Sáng", "Hịa", "Tở", "Bay", "Ngà", "Khoang", "Đán", "Xuân", "Mây")
_STORY = ("Hoa Ban", "Nậm Ban", "Ban Trắng", "Bản Trang", "Mường Ban")
_HAMLETS = ("Nà Lếch", "Pá Sáng", "Huổi Mây", "Nà Ban", "Co Muông", "Thẳm Hoa", "Noong Bay", "Phiêng Lanh")
_DISTRICTS = (
    "Hoa Ban",
    "Mường Ban",
    "Nậm Khe",
    "Pha Đán",
    "Sín Mây",
    "Tà Lay",
    "Huổi Ngà",
    "Chiềng Xuân",
    "Noong Tở",
)

MERGED_NAME = "Xã Nậm Ban"
MERGED_FROM = ("Xã Nậm Ban Thượng", "Xã Nậm Ban Hạ")


@dataclass(frozen=True, slots=True)
class District:
    """A district of former times."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune or ward of today, with its hamlets (for addresses and catchments)."""

    code: str
    name: str
    district_code: str
    latitude: float
    longitude: float
    hamlets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class School:
    """A school; ``under_department`` schools stand in a commune, too. Levels are SchoolLevel values."""

    code: str
    name: str
    levels: tuple[str, ...]
    commune_code: str
    under_department: bool
    address: str
    latitude: float
    longitude: float
    opened_on: date


@dataclass(frozen=True, slots=True)
class Province:
    """Everything that a scale has."""

    districts: tuple[District, ...]
    communes: tuple[Commune, ...]
    schools: tuple[School, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    prefix: str
    levels: tuple[str, ...]
    under_department: bool = False


_PRESCHOOL = _Kind("Trường Mầm non", ("preschool",))
_PRIMARY = _Kind("Trường Tiểu học", ("primary",))
_JOINED = _Kind("Trường TH&THCS", ("primary", "lower_secondary"))
_LOWER = _Kind("Trường THCS", ("lower_secondary",))
_UPPER = _Kind("Trường THPT", ("upper_secondary",), under_department=True)
_CONTINUING = _Kind("Trung tâm GDNN-GDTX", ("continuing",), under_department=True)

_DEMO_DISTRICTS, _DEMO_COMMUNES, _ALL_COMMUNES = 3, 20, 130
_DEMO_SCHOOLS = {_PRESCHOOL: 20, _PRIMARY: 19, _JOINED: 2, _LOWER: 14, _UPPER: 4, _CONTINUING: 1}
_ALL_SCHOOLS = {_PRESCHOOL: 193, _PRIMARY: 185, _JOINED: 2, _LOWER: 186, _UPPER: 36, _CONTINUING: 10}
# the story's communes have these schools whatever the scale
_STORY_SCHOOLS = (
    (_PRIMARY, "Ban Trắng"),
    (_PRIMARY, "Nậm Ban"),
    (_JOINED, "Bản Trang"),
    (_LOWER, "Hoa Ban"),
    (_UPPER, "Hoa Ban"),
)


def _commune_names(rng: random.Random) -> list[str]:
    made = [f"{first} {second}" for first, second in product(_FIRST, _SECOND)]
    rng.shuffle(made)
    return [*_STORY, *(name for name in made if name not in _STORY)]


def _communes(
    named: Iterable[tuple[int, str]], districts: tuple[District, ...], rng: random.Random
) -> Iterator[Commune]:
    for position, name in named:
        ward = position % 10 == 0
        yield Commune(
            code=f"{DEPARTMENT_CODE}.{20 + position}",
            name=f"{'Phường' if ward else 'Xã'} {name}",
            district_code=districts[position % len(districts)].code,
            latitude=round(_NORTH + (position // _COLUMNS) * _STEP + rng.uniform(-0.02, 0.02), 5),
            longitude=round(_EAST + (position % _COLUMNS) * _STEP + rng.uniform(-0.02, 0.02), 5),
            hamlets=tuple(
                f"{'Tổ dân phố' if ward else 'Bản'} {hamlet}" for hamlet in rng.sample(_HAMLETS, 4)
            ),
        )


def _kinds(counts: dict[_Kind, int], story: tuple[tuple[_Kind, str], ...]) -> Iterator[tuple[_Kind, int]]:
    """Give each school's kind and the commune's position: round by round, the story's first."""
    left = dict(counts)
    taken: set[tuple[_Kind, int]] = set()
    for kind, place in story:
        left[kind] -= 1
        taken.add((kind, _STORY.index(place)))
        yield kind, _STORY.index(place)
    for kind, count in left.items():
        position = 0
        while count > 0:
            if (kind, position) not in taken:
                yield kind, position
                count -= 1  # noqa: PLW2901 - counts down what is left of this kind
            position += 1


def _schools(
    counts: dict[_Kind, int],
    communes: tuple[Commune, ...],
    rng: random.Random,
    story: tuple[tuple[_Kind, str], ...] = (),
) -> Iterator[School]:
    numbers: dict[str, int] = {}
    for kind, position in _kinds(counts, story):
        commune = communes[position % len(communes)]
        turn = position // len(communes) + 1
        place = commune.name.partition(" ")[2]
        number = numbers[commune.code] = numbers.get(commune.code, 0) + 1
        yield School(
            code=f"{commune.code}.{number}",
            name=f"{kind.prefix} {'' if turn == 1 else f'Số {turn} '}{place}",
            levels=kind.levels,
            commune_code=commune.code,
            under_department=kind.under_department,
            address=f"{rng.choice(commune.hamlets)}, {commune.name[0].lower()}{commune.name[1:]}, tỉnh Hoa Ban",
            latitude=round(commune.latitude + rng.uniform(-0.015, 0.015), 5),
            longitude=round(commune.longitude + rng.uniform(-0.015, 0.015), 5),
            opened_on=date(rng.randrange(1992, 2019), 8, 15),
        )


def province(scale: Scale) -> Province:
    """Lay out the province; the same every time."""
    demo = _demo()
    return demo if scale == "demo" else _grown(demo)


def _demo() -> Province:
    rng = random.Random("Hoa Ban demo")  # noqa: S311 - made-up geography, nothing secret
    districts = _districts(0, _DEMO_DISTRICTS)
    named = list(enumerate(_commune_names(rng)[:_DEMO_COMMUNES]))
    communes = tuple(_communes(named, districts, rng))
    return Province(districts, communes, tuple(_schools(_DEMO_SCHOOLS, communes, rng, _STORY_SCHOOLS)))


def _grown(demo: Province) -> Province:
    """Add districts, their communes and schools; what the demo has stays as it is."""
    rng = random.Random("Hoa Ban full")  # noqa: S311 - made-up geography, nothing secret
    districts = _districts(_DEMO_DISTRICTS, len(_DISTRICTS))
    taken = {commune.name.partition(" ")[2] for commune in demo.communes}
    free = [name for name in _commune_names(rng) if name not in taken]
    named = zip(range(_DEMO_COMMUNES, _ALL_COMMUNES), free, strict=False)
    communes = tuple(_communes(named, districts, rng))
    more = {kind: count - _DEMO_SCHOOLS[kind] for kind, count in _ALL_SCHOOLS.items()}
    schools = tuple(_schools(more, communes, rng))
    return Province(demo.districts + districts, demo.communes + communes, demo.schools + schools)


def _districts(first: int, last: int) -> tuple[District, ...]:
    return tuple(
        District(f"{DEPARTMENT_CODE}.{number}", f"Huyện {name}")
        for number, name in enumerate(_DISTRICTS[first:last], start=first + 1)
    )
