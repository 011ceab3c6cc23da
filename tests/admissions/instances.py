"""Random instances, and the rule once more in its plainest form to compare with."""

from __future__ import annotations

import random
from itertools import combinations, permutations, product
from typing import Any

from admissions.allocation import Child, Instance, School, parse

GROUPS = ("disability", "policy")


def raw_instance(
    chance: random.Random,
    *,
    schools: int,
    children: int,
    choices: int,
    least: int = 0,
    crowded: float = 0.8,
) -> dict[str, Any]:
    """Make a season in the published format: some groups, some shared draws, few bands, so ties abound."""
    most = max(1, round(2 * children * crowded / schools))
    return {
        "season": "thu-nghiem",
        "seed": f"{chance.getrandbits(256):064x}",
        "schools": [_raw_school(chance, number, most) for number in range(schools)],
        "children": [_raw_child(chance, number, schools, (least, choices)) for number in range(children)],
    }


def _raw_school(chance: random.Random, number: int, most: int) -> dict[str, Any]:
    seats = chance.randint(0, most)
    row: dict[str, Any] = {"code": f"T{number}", "seats": seats}
    if chance.random() < 0.6:
        first = chance.randint(0, seats)
        row["reserves"] = {GROUPS[0]: first, GROUPS[1]: chance.randint(0, seats - first)}
    return row


def _raw_child(
    chance: random.Random, number: int, schools: int, choices: tuple[int, int]
) -> dict[str, Any]:
    wanted = chance.sample(range(schools), chance.randint(*choices))
    return {
        "id": f"c{number}",
        "group": chance.choice([None, None, *GROUPS]),
        # brothers and sisters: about one in eight shares the draw of the child before
        "draw_key": f"c{number - 1 if number and chance.random() < 0.12 else number}",
        "choices": [
            {"school": f"T{school}", "class": chance.randint(1, 3), "distance": chance.randint(0, 2)}
            for school in wanted
        ],
    }


def random_instance(
    number: int,
    *,
    schools: int = 3,
    children: int = 6,
    choices: int = 3,
    least: int = 0,
    crowded: float = 0.8,
) -> Instance:
    """Give the instance of a number: the same one wherever the test runs."""
    chance = random.Random(number)  # noqa: S311  repeatable on purpose
    return parse(
        raw_instance(
            chance,
            schools=schools,
            children=children,
            choices=min(choices, schools),
            least=least,
            crowded=crowded,
        )
    )


def standing(instance: Instance, child: Child, school: str) -> tuple[int, int, str, str]:
    """Rank of a child at a school, as the rule words it."""
    choice = next(choice for choice in child.choices if choice.school == school)
    return choice.priority, choice.distance, instance.draw(child), child.id


def chosen(instance: Instance, school: School, applicants: list[Child]) -> set[str]:
    """Whom a school takes: first the best of each group on its reserve, then the best of the rest."""
    ranked = sorted(applicants, key=lambda child: standing(instance, child, school.code))
    taken: list[Child] = []
    for group, count in school.reserves.items():
        taken += [child for child in ranked if child.group == group][:count]
    rest = [child for child in ranked if child not in taken]
    taken += rest[: school.seats - len(taken)]
    return {child.id for child in taken}


Outcome = dict[str, str | None]


def preference(child: Child, school: str | None) -> int:
    """Place of a school in the child's own order; no school comes last."""
    order = [choice.school for choice in child.choices]
    return len(order) if school is None else order.index(school)


def faults(instance: Instance, outcome: Outcome) -> list[str]:
    """Say what makes an outcome unstable; nothing when it is stable."""
    found = []
    for school in instance.schools:
        seated = [child for child in instance.children if outcome[child.id] == school.code]
        if chosen(instance, school, seated) != {child.id for child in seated}:
            found.append(f"{school.code} holds more than it has seats for")
        for child in instance.children:
            named = any(choice.school == school.code for choice in child.choices)
            if not named or preference(child, school.code) >= preference(child, outcome[child.id]):
                continue
            if child.id in chosen(instance, school, [*seated, child]):
                found.append(f"{child.id} and {school.code} would rather have each other")
    return found


def every_stable_outcome(instance: Instance) -> list[Outcome]:
    """Try all outcomes there are; for small instances only."""
    options = [[None, *(choice.school for choice in child.choices)] for child in instance.children]
    ids = [child.id for child in instance.children]
    outcomes = (dict(zip(ids, places, strict=True)) for places in product(*options))
    return [outcome for outcome in outcomes if not faults(instance, outcome)]


def other_lists(child: Child) -> list[Child]:
    """Every other list that the child could have handed in over the same schools, shorter ones too."""
    lists = [
        order
        for size in range(len(child.choices) + 1)
        for some in combinations(child.choices, size)
        for order in permutations(some)
        if order != child.choices
    ]
    return [Child(child.id, order, child.group, child.draw_key) for order in lists]
