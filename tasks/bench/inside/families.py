"""Prepares families for the opening morning, or counts what came of it; prints JSON."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

import django

#: beyond the running numbers of the demo's own people
FIRST = 700_000


def prepare(count: int, per_minute: int) -> list[dict[str, Any]]:
    """Make parents with one child of six each, signed in as the sign-in pages do; set the waiting room."""
    from admissions import selectors, services
    from portal.accounts import services as accounts
    from portal.organisations import selectors as organisations
    from portal.pupils.services import register_pupil
    from tasks.bench.inside.readers import TOKEN, session

    season = next(each for each in selectors.seasons() if each.level == "grade-1")
    born = season.rules["birth_years"][0]
    places = list(selectors.places_of(season))
    window = selectors.phase(season, "window")
    if window is not None:
        services.set_rate(phase=window, per_minute=per_minute)
    told = []
    for number in range(count):
        place = places[number % len(places)]
        commune = organisations.organisation(place.commune_id)
        citizen = accounts.citizen_from_claims(
            {
                "sub": f"bench-{number}",
                "citizen_id": f"999190{FIRST + number:06d}",
                "name": "Phụ Huynh Thử",
                "birthdate": "1990-01-01",
                "phone_number": f"0900{number:06d}",
                "address": f"{place.name}, {commune.name}",
            }
        )
        child = register_pupil(
            personal_id=f"9993{born % 100:02d}{FIRST + number:06d}",
            full_name="Bé Thử",
            birth_date=date(born, 1 + number % 12, 1 + number % 28),
            gender="female",
            ethnicity="Kinh",
            status_on=date(born + 3, 9, 5),
        )
        accounts.confirm_link(citizen_id=citizen.pk, pupil_id=child.pk, relation="mother", basis="register")
        told.append(
            {"cookie": session(citizen.user), "pupil": child.pk, "token": TOKEN, "season": season.code}
        )
    return told


def count(codes: list[str]) -> dict[str, int]:
    """Say how many of the receipts' codes have their registration, and how many children have two."""
    from admissions.models import Registration

    found = Registration.objects.filter(
        pupil__personal_id_index__isnull=False, pupil__full_name__startswith="Bé Thử"
    )
    there = set(found.values_list("dossier__temporary_code", flat=True))
    children = list(found.values_list("pupil_id", flat=True))
    return {
        "registrations": len(children),
        "double": len(children) - len(set(children)),
        "lost": len(set(codes) - there),
    }


def main() -> None:
    """``prepare COUNT PER_MINUTE`` or ``count`` with codes, a line each, on standard input."""
    django.setup()
    if sys.argv[1] == "prepare":
        print(json.dumps(prepare(int(sys.argv[2]), int(sys.argv[3]))))
    else:
        print(json.dumps(count(sys.stdin.read().split())))


if __name__ == "__main__":
    main()
