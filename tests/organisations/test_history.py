"""Random histories against a model that a child could check: a list of (day, what was said)."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.organisations import selectors, services
from portal.organisations.models import OrganisationPeriod
from portal.organisations.services import OrganisationRefusedError
from tests.organisations.build import LONG_AGO, SOURCE, commune, department, school

pytestmark = pytest.mark.django_db
SCHOOLS, COMMUNES, DAYS = 3, 3, 20

verbs = st.one_of(
    st.tuples(st.just("rename"), st.integers(0, SCHOOLS - 1), st.integers(0, 99)),
    st.tuples(st.just("move"), st.integers(0, SCHOOLS - 1), st.integers(0, COMMUNES - 1)),
    st.tuples(st.just("merge"), st.integers(0, COMMUNES - 1), st.integers(0, COMMUNES - 1)),
    st.tuples(st.just("close"), st.integers(0, SCHOOLS - 1), st.just(0)),
)
histories = st.lists(st.tuples(st.integers(-5, DAYS), verbs), max_size=12)


def _assert_chain(organisation_id: int) -> None:
    periods = list(
        OrganisationPeriod.objects.filter(organisation_id=organisation_id).order_by("valid_from")
    )
    assert all(period.valid_to is None or period.valid_from < period.valid_to for period in periods)
    for before, after in itertools.pairwise(periods):
        assert before.valid_to == after.valid_from


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(history=histories)
def test_names_and_parents_of_every_day_are_those_last_said(
    history: list[tuple[int, tuple[str, int, int]]],
) -> None:
    with transaction.atomic():
        _play(history)
        transaction.set_rollback(True)


@dataclass
class Told:
    """The model: what was said of each school and from when; None for the name means it ended."""

    wards: list[int]
    places: list[int]
    said: list[list[tuple[date, str | None, int]]]

    def tell(self, on: date, verb: str, first: int, second: int) -> None:
        """Carry the change out, and note it unless it is refused."""
        place, facts = self.places[first], self.said[first]
        _day, name, parent = facts[-1]
        if verb == "rename":
            name = f"Trường tên {second}"
            services.rename(organisation_id=place, name=name, on=on, source=SOURCE)
        elif verb == "move":
            parent = self.wards[second]
            services.move(organisation_id=place, parent_id=parent, on=on, source=SOURCE)
        else:
            name, parent = None, 0
            services.close(organisation_id=place, on=on, source=SOURCE)
        facts.append((on, name, parent))

    def merge(self, on: date, first: int, second: int) -> None:
        """Merge a commune into another; its schools follow."""
        gone, heir = self.wards[first], self.wards[second]
        services.merge(predecessor_ids=[gone], successor_id=heir, on=on, source=SOURCE)
        for facts in self.said:
            _day, name, parent = facts[-1]
            if name is not None and parent == gone:
                facts.append((on, name, heir))


def _play(history: list[tuple[int, tuple[str, int, int]]]) -> None:
    sector = department()
    wards = [commune(sector, f"H99.1{n}", f"Xã {n}") for n in range(COMMUNES)]
    places = [school(wards[0], f"9900{n}", f"Trường {n}") for n in range(SCHOOLS)]
    told = Told(
        [ward.pk for ward in wards],
        [place.pk for place in places],
        [[(LONG_AGO, place.name, wards[0].pk)] for place in places],
    )
    for offset, (verb, first, second) in history:
        on = LONG_AGO + timedelta(days=offset)
        with contextlib.suppress(OrganisationRefusedError):
            if verb == "merge":
                told.merge(on, first, second)
            else:
                told.tell(on, verb, first, second)
    for organisation_id in (*told.wards, *told.places):
        _assert_chain(organisation_id)
    for place, facts in zip(told.places, told.said, strict=True):
        _assert_told(place, facts)


def _assert_told(place: int, facts: list[tuple[date, str | None, int]]) -> None:
    assert [day for day, _name, _parent in facts] == sorted(day for day, _name, _parent in facts)
    for offset in range(-2, DAYS + 2):
        day = LONG_AGO + timedelta(days=offset)
        spoken = [fact for fact in facts if fact[0] <= day]
        name, parent_id = (spoken[-1][1], spoken[-1][2]) if spoken else (None, 0)
        assert selectors.name_on(place, day) == name
        parent = selectors.parent_on(place, day)
        assert (0 if parent is None else parent.pk) == parent_id
        if parent is not None:
            assert parent.opened_on <= day
            assert parent.closed_on is None or day < parent.closed_on
