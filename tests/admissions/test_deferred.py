"""The allocation on thousands of random seasons: stable, best for children, nothing gained by tricks."""

import random
from dataclasses import replace

import pytest

from admissions.allocation import Instance, Result, allocate
from tests.admissions.instances import (
    Outcome,
    chosen,
    every_stable_outcome,
    faults,
    other_lists,
    preference,
    random_instance,
    standing,
)


def outcome_of(result: Result) -> Outcome:
    return {child: placed and placed.school for child, placed in result.placements.items()}


def shuffled(instance: Instance, seed: int) -> Instance:
    chance = random.Random(seed)  # noqa: S311  repeatable on purpose
    return replace(
        instance,
        schools=tuple(chance.sample(instance.schools, len(instance.schools))),
        children=tuple(chance.sample(instance.children, len(instance.children))),
    )


@pytest.mark.parametrize("block", range(10))
def test_no_child_and_school_would_rather_have_each_other(block: int) -> None:
    for number in range(block * 200, block * 200 + 200):
        instance = random_instance(number, schools=5, children=16, choices=4, crowded=0.5 + number % 7 / 10)
        assert faults(instance, outcome_of(allocate(instance))) == []


@pytest.mark.parametrize("block", range(10))
def test_best_for_every_child_among_all_stable_outcomes(block: int) -> None:
    several = 0
    for number in range(block * 80, block * 80 + 80):
        instance = random_instance(number, schools=4, children=4, choices=4, least=3, crowded=0.4)
        ours = outcome_of(allocate(instance))
        stable = every_stable_outcome(instance)
        assert ours in stable
        several += len(stable) > 1
        for other in stable:
            for child in instance.children:
                assert preference(child, ours[child.id]) <= preference(child, other[child.id])
    assert several, "every instance had one stable outcome only: the test proves nothing"


@pytest.mark.parametrize("block", range(10))
def test_seats_and_reserves_are_kept(block: int) -> None:
    for number in range(block * 100, block * 100 + 100):
        instance = random_instance(number, schools=4, children=20, choices=4)
        result = allocate(instance)
        outcome = outcome_of(result)
        for school in instance.schools:
            seated = [child for child in instance.children if outcome[child.id] == school.code]
            assert len(seated) == result.schools[school.code].filled <= school.seats
            for group, count in school.reserves.items():
                on_reserve = [
                    child for child in seated if child.group == group and child.id in result.reserved
                ]
                members = sorted(
                    (child for child in seated if child.group == group),
                    key=lambda child: standing(instance, child, school.code),
                )
                assert on_reserve == sorted(members[:count], key=instance.children.index)
            left_out = [
                child
                for child in instance.children
                if any(choice.school == school.code for choice in child.choices)
                and preference(child, school.code) < preference(child, outcome[child.id])
            ]
            assert chosen(instance, school, seated + left_out) == {child.id for child in seated}


@pytest.mark.parametrize("block", range(10))
def test_naming_another_order_never_helps(block: int) -> None:
    for number in range(block * 40, block * 40 + 40):
        instance = random_instance(number, schools=4, children=8, choices=3, least=2, crowded=0.5)
        truth = outcome_of(allocate(instance))
        for index, child in enumerate(instance.children[:4]):
            for lie in other_lists(child):
                children = (*instance.children[:index], lie, *instance.children[index + 1 :])
                got = outcome_of(allocate(replace(instance, children=children)))[child.id]
                assert preference(child, truth[child.id]) <= preference(child, got)


@pytest.mark.parametrize("block", range(10))
def test_the_order_of_the_input_does_not_matter(block: int) -> None:
    for number in range(block * 100, block * 100 + 100):
        instance = random_instance(number, schools=5, children=15, choices=5)
        assert allocate(instance).to_bytes() == allocate(shuffled(instance, number)).to_bytes()


def test_a_second_choice_never_costs_the_first() -> None:
    for number in range(300):
        instance = random_instance(number, schools=4, children=12, choices=4)
        placed = allocate(instance).placements
        for index, child in enumerate(instance.children):
            alone = replace(child, choices=child.choices[:1])
            children = (*instance.children[:index], alone, *instance.children[index + 1 :])
            with_one = allocate(replace(instance, children=children)).placements[child.id]
            assert (with_one is not None) == ((got := placed[child.id]) is not None and got.choice == 1)


def test_cutoffs_say_who_got_the_last_open_seat() -> None:
    for number in range(500):
        instance = random_instance(number, schools=4, children=16, choices=4, crowded=0.4)
        result = allocate(instance)
        outcome = outcome_of(result)
        for school in instance.schools:
            on_open = [
                standing(instance, child, school.code)
                for child in instance.children
                if outcome[child.id] == school.code and child.id not in result.reserved
            ]
            cutoff = result.schools[school.code].cutoff
            if result.schools[school.code].filled < school.seats or not on_open:
                assert cutoff is None
            else:
                assert cutoff == max(on_open)[:3]


def test_empty_seasons_have_empty_results() -> None:
    nobody = random_instance(1, schools=2, children=3)
    assert allocate(replace(nobody, children=())).placements == {}
    no_school = replace(
        nobody, schools=(), children=tuple(replace(child, choices=()) for child in nobody.children)
    )
    assert set(allocate(no_school).placements.values()) == {None}
