"""The working calendar at the desk: what is switched, what that does, who may."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.organisations import selectors, services
from portal.organisations.models import CalendarDay, CalendarEvent
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words

pytestmark = pytest.mark.django_db
LIST = f"{DESK}lich-lam-viec/"
CULTURE_DAY = date(2026, 11, 24)
ADDED = {
    "day-day": "26", "day-month": "4", "day-year": "2027",
    "working": "off", "name": "Nghỉ bù", "source": "Thông báo 1/TB",
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    made = build()
    services.load_calendar(2026)
    return made


def row() -> CalendarDay:
    return CalendarDay.objects.get(day=CULTURE_DAY)


def test_a_year_is_listed_with_what_is_in_force_and_what_is_not(office: Office) -> None:
    page = sign_in(office.ngoc).get(LIST, {"nam": "2026"}).content.decode()
    assert "Ngày Văn hóa Việt Nam" in page
    assert page.count("Chưa áp dụng") == 1
    assert "Làm bù" in page


def test_24_november_is_put_into_force_and_the_effect_is_told(office: Office) -> None:
    client = sign_in(office.ngoc)
    assert selectors.calendar().is_working(CULTURE_DAY)
    ask = words(client, f"{LIST}{row().pk}/")
    assert "hạn chỉ được tính lại khi một lần tạm dừng" in ask
    done = client.post(f"{LIST}{row().pk}/", {"enable": "1", "source": "Luật 5/2026"}, follow=True)
    assert "hồ sơ đang chạy giữ hạn đã báo" in done.content.decode()
    assert "Luật 5/2026" in done.content.decode()
    assert not selectors.calendar().is_working(CULTURE_DAY)
    event = CalendarEvent.objects.get()
    assert (event.action, event.actor) == ("enabled", office.ngoc.user)


def test_who_comes_second_is_told_and_changes_nothing(office: Office) -> None:
    client = sign_in(office.ngoc)
    said = {"enable": "1", "source": "Luật 5/2026"}
    client.post(f"{LIST}{row().pk}/", said)
    answer = client.post(f"{LIST}{row().pk}/", said, follow=True)
    assert "vừa được người khác đổi" in answer.content.decode()
    assert CalendarEvent.objects.count() == 1
    assert row().enabled


def test_a_day_is_added_with_its_source(office: Office) -> None:
    client = sign_in(office.quan)
    assert client.post(f"{LIST}them/", ADDED).status_code == 302
    added = CalendarDay.objects.get(day=date(2027, 4, 26))
    assert (added.working, added.enabled, added.source) == (False, True, "Thông báo 1/TB")
    assert CalendarEvent.objects.get().actor == office.quan.user


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"day-day": "24"}, "Ngày này là cuối tuần"),
        ({"working": "worked"}, "vốn là ngày làm việc"),
        ({"working": "maybe"}, "Chọn nghỉ hay làm bù."),
        ({"name": " "}, "Ghi tên ngày."),
        ({"source": ""}, "Ghi văn bản làm căn cứ."),
        ({"day-day": "31"}, "Tháng 4 chỉ có 30 ngày"),
        ({"day-day": "2", "day-month": "9", "day-year": "2026"}, "Ngày này đã có trong lịch"),
    ],
)
def test_a_day_that_changes_nothing_or_is_wrong_is_refused(
    office: Office, said: dict[str, str], sentence: str
) -> None:
    before = CalendarDay.objects.count()
    answer = sign_in(office.ngoc).post(f"{LIST}them/", {**ADDED, **said})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CalendarDay.objects.count() == before
    assert not CalendarEvent.objects.exists()


def test_a_switch_needs_its_source(office: Office) -> None:
    answer = sign_in(office.ngoc).post(f"{LIST}{row().pk}/", {"enable": "1", "source": ""})
    assert answer.status_code == 422
    assert not row().enabled


@pytest.mark.parametrize("name", ["thu", "hanh", "son", "lan", "local"])
def test_others_neither_read_nor_change(office: Office, name: str) -> None:
    who = (
        people.officer("local", "administrator", office.province.primary)
        if name == "local"
        else getattr(office, name)
    )
    client = sign_in(who)
    assert client.get(LIST).status_code in {403, 404}
    assert client.post(f"{LIST}{row().pk}/", {"enable": "1", "source": "x"}).status_code in {403, 404}
    assert client.post(f"{LIST}them/", ADDED).status_code in {403, 404}
    assert not CalendarEvent.objects.exists()
    assert not row().enabled


@pytest.mark.parametrize("year", ["", "0000", "9999", "abc", "-1", "٢٠٢٦"])
def test_any_year_can_be_asked_for(office: Office, year: str) -> None:
    assert sign_in(office.ngoc).get(LIST, {"nam": year}).status_code == 200


def test_the_number_of_queries_does_not_grow(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(office.ngoc)
    for day in CalendarDay.objects.filter(enabled=True)[:8]:
        client.post(f"{LIST}{day.pk}/", {"enable": "0", "source": "x"})
    with django_assert_max_num_queries(14):
        client.get(LIST, {"nam": "2026"})
