"""From an address as people write it to places of today: two levels, and the three of former times."""

from __future__ import annotations

import re
from dataclasses import dataclass

from admissions.models import Place
from portal.common.text import fold, tidy
from portal.organisations import selectors as organisations

_COMMUNE = ("xa", "phuong", "thi tran", "dac khu", "tt", "p", "x")
_NOT_BELOW = ("tinh", "huyen", "quan", "thi xa", "thanh pho", "tp", "nuoc")
_KINDS = (
    "to dan pho", "khu pho", "khoi pho", "duong pho", "ap", "ban", "thon", "xom", "buon", "lang", "khu",
    "to", "duong", "pho", "ngo", "doi",
)  # fmt: skip
_BEFORE_COMMUNE = re.compile(r"\s(?=(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố)\s)", re.IGNORECASE)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What an address leads to; ``former`` names the commune as it was called, where it was an old one."""

    places: tuple[Place, ...]
    communes: tuple[organisations.Organisation, ...]
    former: str = ""

    @property
    def place(self) -> Place | None:
        """The one place, where there is exactly one."""
        return self.places[0] if len(self.places) == 1 else None


def place_key(name: str) -> str:
    """Give the key of a hamlet or street: folded, without its kind: "Tổ dân phố 5" and "Tổ 5" are one."""
    key = " ".join(re.findall(r"[0-9a-z]+", fold(name)))
    for kind in _KINDS:
        if key.startswith(f"{kind} "):
            return key.removeprefix(f"{kind} ").removeprefix("so ")
    return key


def _commune_key(name: str) -> str:
    key = " ".join(re.findall(r"[0-9a-z]+", fold(name)))
    for kind in _COMMUNE:
        if key.startswith(f"{kind} "):
            return key.removeprefix(f"{kind} ")
    return key


def find_places(address: str) -> Found:
    """Find the places of today that an address may mean. An unknown hamlet gives its commune's places."""
    pieces = [piece for part in address[:_LONGEST].split(",") for piece in _BEFORE_COMMUNE.split(part)]
    pieces = [tidy(piece) for piece in pieces if tidy(piece)]
    today = {commune.pk: commune for commune in organisations.communes()}
    for position in range(len(pieces) - 1, -1, -1):
        if fold(pieces[position]).startswith(tuple(f"{kind} " for kind in _NOT_BELOW)):
            continue
        communes, former = _communes(pieces[position], list(today.values()))
        if communes:
            return _within(pieces[:position], communes, former)
    return _anywhere(pieces)


def _communes(
    piece: str, today: list[organisations.Organisation]
) -> tuple[tuple[organisations.Organisation, ...], str]:
    key = _commune_key(piece)
    same = tuple(commune for commune in today if _commune_key(commune.name) == key)
    if same or not key:
        return same, ""
    heirs: dict[int, organisations.Organisation] = {}
    for old in organisations.find_organisations(piece).filter(kind=organisations.Kind.COMMUNE)[:5]:
        names = {_commune_key(period.name) for period in organisations.periods_of(old.pk)}
        if key in names:
            heirs |= {heir.pk: heir for heir in organisations.successor_of(old.code)}
    return tuple(heirs.values()), piece if heirs else ""


def _within(pieces: list[str], communes: tuple[organisations.Organisation, ...], former: str) -> Found:
    places = list(
        Place.objects.filter(commune_id__in=[commune.pk for commune in communes]).select_related("commune")
    )
    keys = {place_key(piece) for piece in pieces}
    named = tuple(place for place in places if place.name_key and place.name_key in keys)
    if named:
        return Found(named, communes, former)
    whole = tuple(place for place in places if not place.name_key)
    if whole and len(places) == len(whole):
        return Found(whole, communes, former)
    return Found(tuple(places), communes, former)


def _anywhere(pieces: list[str]) -> Found:
    """Without a commune: every place of that name, for the reader to choose."""
    keys = {place_key(piece) for piece in pieces} - {""}
    return Found(tuple(Place.objects.filter(name_key__in=keys).select_related("commune")[:40]), ())
