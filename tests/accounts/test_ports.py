"""Who may come to a page, how often: the guards as other rooms use them."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings

from portal.accounts import services
from portal.accounts.models import Role, RoleAssignment, User
from portal.accounts.selectors import today
from portal.accounts.sessions import SECOND_FACTOR
from tests.accounts import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def guarded(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.accounts.guarded_urls"


def _as(user: User, *, second_factor: bool = False) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    if second_factor:
        session = client.session
        session[SECOND_FACTOR] = user.pk
        session.save()
    return client


def test_a_citizen_sees_the_citizens_page_and_no_cache_keeps_it() -> None:
    answer = _as(people.citizen(people.LAN).user).get("/citizens/")
    assert answer.content.decode() == "Lò Thị Lan"
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_a_stranger_is_led_to_the_sign_in_and_back() -> None:
    answer = Client().get("/citizens/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/dang-nhap/?next=%2Fcitizens%2F%3Fa%3D1")
    assert Client().get("/officers/")["Location"] == "/can-bo/dang-nhap/?next=%2Fofficers%2F"


def test_a_form_sent_after_the_session_ended_keeps_its_page() -> None:
    client = Client()
    client.cookies["sessionid"] = "gone"
    answer = client.post("/citizens/", headers={"Referer": "http://testserver/nop/x/?trang=2"})
    assert answer["Location"] == "/dang-nhap/?next=%2Fnop%2Fx%2F%3Ftrang%3D2&het-phien=1"
    page = client.get(answer["Location"]).content.decode()
    assert "Phiên đã hết" in page
    assert "next=%2Fnop%2Fx%2F%3Ftrang%3D2" in page
    elsewhere = client.post("/citizens/", headers={"Referer": "https://xau.example/nop/"})
    assert elsewhere["Location"] == "/dang-nhap/?next=%2F&het-phien=1"


def test_htmx_is_told_to_leave_the_page() -> None:
    answer = Client().get(
        "/citizens/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/ho-so/"}
    )
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/dang-nhap/?next=%2Fho-so%2F"


def test_an_officer_without_the_second_factor_is_not_in() -> None:
    thu = people.officer("thu", Role.SCHOOL_CLERK, people.school())
    assert _as(thu.user).get("/officers/").status_code == 302
    assert _as(thu.user, second_factor=True).get("/officers/").content.decode() == "Thu"


def test_anothers_second_factor_does_not_count() -> None:
    thu = people.officer("thu", Role.SCHOOL_CLERK, people.school())
    client = _as(thu.user)
    session = client.session
    session[SECOND_FACTOR] = thu.user_id + 1
    session.save()
    assert client.get("/officers/").status_code == 302


def test_the_role_decides_and_only_on_its_days() -> None:
    school = people.school()
    clerk, principal = (
        people.officer("thu", Role.SCHOOL_CLERK, school),
        people.officer("mai", Role.PRINCIPAL, school),
    )
    refused = _as(clerk.user, second_factor=True).get("/principals/")
    assert refused.status_code == 403
    assert "chưa được giao vai trò" in refused.content.decode()
    client = _as(principal.user, second_factor=True)
    assert client.get("/principals/").status_code == 200
    services.end_role(assignment_id=RoleAssignment.objects.get(officer=principal).pk, on=today())
    assert client.get("/principals/").status_code == 403


def test_each_side_is_told_which_side_it_is_on() -> None:
    thu = people.officer("thu", Role.SCHOOL_CLERK, people.school())
    as_officer = _as(thu.user, second_factor=True).get("/citizens/")
    assert (as_officer.status_code, "tài khoản cán bộ" in as_officer.content.decode()) == (403, True)
    as_citizen = _as(people.citizen(people.LAN).user).get("/officers/")
    assert (as_citizen.status_code, "dành cho cán bộ" in as_citizen.content.decode()) == (403, True)


def test_a_page_is_given_so_often_and_then_says_when_to_come_back() -> None:
    lan, tuan = _as(people.citizen(people.LAN).user), _as(people.citizen(people.TUAN).user)
    assert [lan.get("/twice/").status_code for _ in range(3)] == [200, 200, 429]
    refused = lan.get("/twice/")
    assert 0 < int(refused["Retry-After"]) <= 600
    assert "Anh/chị chờ một lát" in refused.content.decode()
    assert tuan.get("/twice/").status_code == 200
    assert Client().get("/twice/").status_code == 200
    assert Client(REMOTE_ADDR="10.0.0.7").get("/twice/").status_code == 200


def test_showing_a_form_is_free_where_only_the_sending_counts() -> None:
    client = Client()
    assert [client.get("/sent-once/").status_code for _ in range(3)] == [200] * 3
    assert [client.post("/sent-once/").status_code for _ in range(2)] == [200, 429]
