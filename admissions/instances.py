"""From a round's verified registrations to what the allocation takes, under pseudonyms."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from admissions import selectors
from admissions.allocation import Child, Choice, Instance, School, parse
from admissions.allocation.canonical import canonical
from admissions.allocation.instance import DUTY
from admissions.allocation.proof import pseudonym
from admissions.models import Catchment, Registration, Round
from admissions.rules import HOME, Rules, metres_between, read_rules
from portal.accounts import selectors as accounts
from portal.pupils import selectors as pupils

FOLDER = "admissions"


def quota_schools(round_: Round) -> list[School]:
    """Give the round's schools as the allocation takes them, by code."""
    rows = round_.quota_rows.select_related("school").order_by("school__code")
    return [School(row.school.code, row.seats, dict(row.reserves)) for row in rows]


class Builder:
    """Reads the plan once, then turns registrations into children one by one."""

    def __init__(self, round_: Round) -> None:
        self.round, self.rules = round_, read_rules(round_.rules or round_.season.rules)
        self._key = bytes.fromhex(round_.season_key)
        quotas = round_.quota_rows.select_related("school")
        self._schools = {row.school_id: row.school for row in quotas}
        self._zones: dict[int, dict[int, str]] = {}
        self._whole: dict[int, dict[int, str]] = {}
        for row in Catchment.objects.filter(season=round_.season).select_related("place"):
            self._zones.setdefault(row.place_id, {})[row.school_id] = row.zone
            if not row.place.name_key:
                self._whole.setdefault(row.place.commune_id, {})[row.school_id] = row.zone
        self._metres: dict[tuple[int, int], int | None] = {}
        self._siblings = _siblings(round_, self.rules)

    def pseudonym(self, registration: Registration) -> str:
        """Give the child's name in this round's lists."""
        return pseudonym(self._key, f"pupil:{registration.pupil_id}")

    def child(self, registration: Registration) -> Child:
        """Give one registration as the allocation takes it: the family's choices, then those of duty."""
        draw = f"pupil:{registration.pupil_id}"
        if self.rules.siblings_share_draw:
            draw = f"family:{registration.dossier.applicant_id}"
        wanted = [pk for pk in registration.choices if pk in self._schools]
        family = [self._choice(registration, pk) for pk in wanted]
        duty = [self._choice(registration, pk, DUTY) for pk in self._duty(registration, wanted)]
        return Child(
            id=self.pseudonym(registration),
            choices=(*family, *duty),
            group=registration.group or None,
            draw_key=pseudonym(self._key, draw),
        )

    def _choice(self, registration: Registration, school_id: int, origin: str = "family") -> Choice:
        zone = self._zone(registration).get(school_id, "")
        sibling = (registration.pupil_id, school_id) in self._siblings
        return Choice(
            self._schools[school_id].code,
            self.rules.class_at(zone, registration.basis, sibling=sibling),
            self.rules.band(self._distance(registration, school_id)),
            origin,
        )

    def _zone(self, registration: Registration) -> dict[int, str]:
        place = registration.place
        return self._zones.get(place.pk) or self._whole.get(place.commune_id, {})

    def _distance(self, registration: Registration, school_id: int) -> int | None:
        key = (registration.place_id, school_id)
        if key not in self._metres:
            place, school = registration.place, self._schools[school_id]
            here = (place.latitude, place.longitude)
            if place.latitude is None:
                here = (place.commune.latitude, place.commune.longitude)
            self._metres[key] = metres_between(here, (school.latitude, school.longitude))
        return self._metres[key]

    def _duty(self, registration: Registration, wanted: list[int]) -> list[int]:
        """Own school first, then the nearest ones, so that every resident child is seated somewhere."""
        zones, far = self._zone(registration), 10**9
        left = [pk for pk in self._schools if pk not in wanted]
        left.sort(
            key=lambda pk: (
                zones.get(pk) != HOME,
                far if (metres := self._distance(registration, pk)) is None else metres,
                self._schools[pk].code,
            )
        )
        return left[: self.rules.duty_schools]


def _siblings(round_: Round, rules: Rules) -> set[tuple[int, int]]:
    """Pairs (child, school) where a child of the same family studies; empty where that does not count."""
    if rules.sibling_class is None:
        return set()
    found: set[tuple[int, int]] = set()
    for registration in registrations(round_):
        citizen = registration.dossier.applicant
        for link in accounts.children_of(citizen):
            enrolment = pupils.open_enrolment(link.pupil_id)
            if link.pupil_id != registration.pupil_id and enrolment is not None:
                found.add((registration.pupil_id, enrolment.school_id))
    return found


def registrations(round_: Round) -> Iterable[Registration]:
    """Walk over what enters the list, with all that building needs."""
    found = selectors.valid_registrations(round_)
    return found.select_related("place__commune", "dossier__applicant").iterator(chunk_size=2_000)


def build(round_: Round, seed: str) -> tuple[Instance, dict[str, int]]:
    """Give the instance of what is verified now, and the registrations' row ids by pseudonym."""
    builder = Builder(round_)
    children: list[Child] = []
    rows: dict[str, int] = {}
    for registration in registrations(round_):
        child = builder.child(registration)
        children.append(child)
        rows[child.id] = registration.pk
    children.sort(key=lambda child: child.id)
    schools = tuple(quota_schools(round_))
    return Instance(round_.name_in_proofs, seed, schools, tuple(children)), rows


def keep(name: str, value: Any) -> str:
    """Store JSON compressed in the private store; give the name under which it lies."""
    return storages["private"].save(
        f"{FOLDER}/{name}.json.gz", ContentFile(gzip.compress(canonical(value), mtime=0))
    )


def fetch(name: str) -> bytes:
    """Give stored JSON as bytes."""
    with storages["private"].open(name) as file:
        return gzip.decompress(file.read())


def frozen_instance(round_: Round, seed: str) -> Instance:
    """Give the instance of the frozen list and the committed quotas, checked as any instance is."""
    return parse(
        {
            "season": round_.name_in_proofs,
            "seed": seed,
            "schools": round_.quotas,
            "children": json.loads(fetch(round_.entries_name)),
        }
    )
