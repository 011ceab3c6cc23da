"""How long a province's largest season takes: ``python -m admissions.allocation.bench``."""

from __future__ import annotations

import random
import resource
import sys
import time
from typing import NamedTuple

from admissions.allocation.deferred import allocate
from admissions.allocation.instance import Child, Choice, Instance, School

_MACOS_UNIT = 1024 * 1024


class Figures(NamedTuple):
    """Seconds for allocating, peak memory of the process in MB, children without a place."""

    seconds: float
    peak_mb: float
    unplaced: int


def season(children: int, schools: int, choices: int, number: int = 1) -> Instance:
    """Make a season with a few seats too few, so that many children are displaced; repeatable."""
    chance = random.Random(number)  # noqa: S311  repeatable on purpose
    seats = children * 98 // 100 // schools
    codes = [f"TH{index:03}" for index in range(schools)]
    return Instance(
        season=f"thu-{number}",
        seed=f"{chance.getrandbits(256):064x}",
        schools=tuple(School(code, seats, {"disability": min(2, seats)}) for code in codes),
        children=tuple(_child(chance, f"c{index}", codes, choices) for index in range(children)),
    )


def measure(children: int = 200_000, schools: int = 700, choices: int = 3) -> Figures:
    """Allocate one season and say what it took; memory counts everything that the process ever held."""
    instance = season(children, schools, choices)
    started = time.perf_counter()
    result = allocate(instance)
    seconds = time.perf_counter() - started
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = used / _MACOS_UNIT if sys.platform == "darwin" else used / 1024
    unplaced = sum(1 for placed in result.placements.values() if placed is None)
    return Figures(seconds, peak, unplaced)


def _child(chance: random.Random, key: str, codes: list[str], choices: int) -> Child:
    """Choices lie near each other, as homes do: neighbouring schools compete for the same children."""
    home = chance.randrange(len(codes))
    near = chance.sample(range(2 * choices + 2), choices)
    wanted = [codes[(home + step) % len(codes)] for step in near]
    return Child(
        id=key,
        choices=tuple(Choice(school, chance.randint(1, 4), chance.randint(0, 40)) for school in wanted),
        group="disability" if chance.random() < 0.01 else None,  # noqa: PLR2004  one in a hundred
        draw_key=key,
    )


if __name__ == "__main__":
    figures = measure()
    sys.stdout.write(
        f"200,000 children × 700 schools × 3 choices: {figures.seconds:.2f} s, "
        f"{figures.peak_mb:.0f} MB, {figures.unplaced} without a place\n"
    )
