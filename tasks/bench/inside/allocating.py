"""Allocates a made-up season once, by our core or by the package `matching`; prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from typing import Any

from admissions.allocation import Instance, School, allocate
from admissions.allocation.bench import season

#: what the other package may take before we call it too large
MEMORY = 6 * 2**30


def made(children: int, schools: int, choices: int) -> Instance:
    """Make a season without reserves, which the other package does not know."""
    raw = season(children, schools, choices)
    plain = tuple(School(school.code, school.seats) for school in raw.schools)
    return Instance(raw.season, raw.seed, plain, raw.children)


def ours(instance: Instance) -> dict[str, str | None]:
    """Allocate by deferred acceptance."""
    placements = allocate(instance).placements
    return {child: None if place is None else place.school for child, place in placements.items()}


def theirs(instance: Instance) -> dict[str, str | None]:
    """Let the package solve the same as its hospital-resident game."""
    from matching.games import HospitalResident

    draws = {child.id: instance.draw(child) for child in instance.children}
    standing: dict[str, list[tuple[int, int, str, str]]] = defaultdict(list)
    for child in instance.children:
        for choice in child.choices:
            standing[choice.school].append((choice.priority, choice.distance, draws[child.id], child.id))
    ranked = {school: [row[3] for row in sorted(rows)] for school, rows in standing.items()}
    game = HospitalResident.create_from_dictionaries(
        {child.id: [choice.school for choice in child.choices] for child in instance.children},
        ranked,
        {school.code: school.seats for school in instance.schools if school.code in ranked},
    )
    found: dict[str, str | None] = {child.id: None for child in instance.children}
    for hospital, residents in game.solve().items():
        found |= {resident.name: hospital.name for resident in residents}
    return found


def main(whose: str, children: int, schools: int, choices: int) -> None:
    """Measure one run; memory is the process's peak."""
    if whose == "theirs":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    instance = made(children, schools, choices)
    began = time.perf_counter()
    found = ours(instance) if whose == "ours" else theirs(instance)
    seconds = time.perf_counter() - began
    told: dict[str, Any] = {
        "seconds": seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "placed": sum(school is not None for school in found.values()),
        "same": whose == "ours" or found == ours(instance),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
