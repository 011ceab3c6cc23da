from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from portal.common.clock import ZONE, due_day
from portal.organisations import selectors, services
from portal.organisations.models import CalendarDay
from tests.organisations.build import department

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    for year in selectors.years_on_file():
        services.load_calendar(year)


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        ((2026, 4, 23), 5, date(2026, 5, 5)),
        ((2026, 2, 14), 5, date(2026, 3, 2)),
        ((2026, 8, 20), 5, date(2026, 8, 26)),
        ((2026, 8, 22), 1, date(2026, 8, 24)),
        ((2026, 8, 28), 1, date(2026, 9, 3)),
        ((2026, 11, 20), 5, date(2026, 11, 27)),
        ((2027, 2, 3), 8, date(2027, 2, 22)),
    ],
)
def test_deadlines_over_the_stored_days(received: tuple[int, int, int], days: int, due: date) -> None:
    at = datetime(*received, 10, tzinfo=ZONE)
    assert due_day(at, days, selectors.calendar()) == due


def test_the_day_of_culture_counts_once_its_row_is_on() -> None:
    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(enabled=True)
    at = datetime(2026, 11, 20, 10, tzinfo=ZONE)
    assert due_day(at, 5, selectors.calendar()) == date(2026, 11, 30)


def test_loading_again_keeps_what_an_officer_edited() -> None:
    CalendarDay.objects.filter(day=date(2026, 11, 24)).update(enabled=True)
    CalendarDay.objects.filter(day=date(2026, 9, 1)).delete()
    assert services.load_calendar(2026) == 1
    assert services.load_calendar(2026) == 0
    assert CalendarDay.objects.get(day=date(2026, 11, 24)).enabled
    assert selectors.calendar_years() == [2026, 2027]
    with pytest.raises(FileNotFoundError):
        services.load_calendar(1999)


def test_an_office_with_days_of_its_own() -> None:
    office = department()
    CalendarDay.objects.create(
        day=date(2026, 11, 28), working=True, name="Trực thứ Bảy", source="Lịch của Sở", organisation=office
    )
    CalendarDay.objects.create(
        day=date(2026, 8, 31), working=True, name="Trực", source="Lịch của Sở", organisation=office
    )
    own, everybody = selectors.calendar(office.pk), selectors.calendar()
    assert own.is_working(date(2026, 11, 28))
    assert own.is_working(date(2026, 8, 31))
    assert not everybody.is_working(date(2026, 11, 28))
    assert not everybody.is_working(date(2026, 8, 31))


def test_a_calendar_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert selectors.calendar().off
