"""Officers' sign-in through HTTP: password, app, recovery codes, lock-out."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from portal.accounts.models import Officer, Role, User
from portal.accounts.services import second_factor as factor
from tests.accounts import people

pytestmark = pytest.mark.django_db
PASSWORD = "hoa-ban-trang-2026"
SIGN_IN, CODE, ENROL = "/can-bo/dang-nhap/", "/can-bo/dang-nhap/ma/", "/can-bo/dang-nhap/thiet-lap/"


@pytest.fixture
def thu() -> Officer:
    return people.officer("thu", Role.SCHOOL_CLERK, people.school())


def _password(client: Client, password: str = PASSWORD, username: str = "thu", next_path: str = "") -> Any:
    query = f"?next={next_path}" if next_path else ""
    return client.post(f"{SIGN_IN}{query}", {"username": username, "password": password})


def _code_of(secret: str, ahead: int = 0) -> str:
    return factor.code_at(secret, int(time.time()) // factor.PERIOD + ahead)


def _enrolled(client: Client) -> tuple[str, list[str]]:
    _password(client)
    page = client.get(ENROL).content.decode()
    match = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)
    assert match is not None
    secret = match[1].replace(" ", "")
    answer = client.post(ENROL, {"code": _code_of(secret)}, follow=True)
    return secret, re.findall(r"<code[^>]*>(\d+)</code>", answer.content.decode())


def _signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_first_sign_in_ties_an_app_and_shows_recovery_codes_once(client: Client, thu: Officer) -> None:
    assert _password(client)["Location"] == ENROL
    assert not _signed_in(client)
    secret, codes = _enrolled(client)
    assert len(codes) == 10
    assert client.session["second_factor"] == thu.user_id
    assert client.get("/can-bo/ma-du-phong/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
    assert secret not in stored
    assert not any(code in stored for code in codes)


def test_password_alone_opens_nothing(client: Client, thu: Officer) -> None:
    _enrolled(client)
    other = Client()
    assert _password(other, next_path="/ban-lam-viec/hang-doi/")["Location"] == CODE
    assert not _signed_in(other)
    assert other.get("/tai-khoan/gia-dinh/").status_code == 302
    assert other.get(ENROL)["Location"] == CODE


def test_a_code_opens_one_session_under_a_new_key(client: Client, thu: Officer) -> None:
    secret, _codes = _enrolled(client)
    other = Client()
    _password(other, next_path="/ban-lam-viec/hang-doi/")
    before = other.session.session_key
    answer = other.post(CODE, {"code": f"{_code_of(secret, 1)[:3]} {_code_of(secret, 1)[3:]}"})
    assert answer["Location"] == "/ban-lam-viec/hang-doi/"
    assert _signed_in(other)
    assert other.session.session_key != before
    third = Client()
    _password(third)
    again = third.post(CODE, {"code": _code_of(secret, 1)})
    assert again.status_code == 400
    assert "đã dùng" in again.content.decode()
    assert not _signed_in(third)


def test_a_recovery_code_opens_one_session(client: Client, thu: Officer) -> None:
    _secret, codes = _enrolled(client)
    outcome = []
    for _ in range(2):
        other = Client()
        _password(other)
        other.post(CODE, {"code": codes[0]})
        outcome.append(_signed_in(other))
    assert outcome == [True, False]


def test_codes_cannot_be_tried_without_end(client: Client, thu: Officer) -> None:
    _enrolled(client)
    other = Client()
    _password(other)
    answers = [other.post(CODE, {"code": "000000"}).status_code for _ in range(8)]
    assert answers[0] == 400
    assert answers[-1] == 429


def test_the_way_between_password_and_code_ends_after_ten_minutes(
    client: Client, thu: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    _password(client)
    later = time.time() + 11 * 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert client.get(ENROL)["Location"] == SIGN_IN


def test_a_new_password_ends_the_way_too(client: Client, thu: Officer) -> None:
    _password(client)
    user = User.objects.get(username="thu")
    user.set_password("mot-mat-khau-khac-2026")
    user.save()
    assert client.get(ENROL)["Location"] == SIGN_IN


def test_the_qr_code_is_drawn_for_the_one_who_ties_the_app(client: Client, thu: Officer) -> None:
    qr = f"{ENROL}ma-qr.svg"
    assert client.get(qr).status_code == 404
    _password(client)
    page = client.get(ENROL).content.decode()
    assert "data:" not in page
    answer = client.get(qr)
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert "no-store" in answer["Cache-Control"]


def test_wrong_name_and_wrong_password_read_alike(client: Client, thu: Officer) -> None:
    people.citizen(people.LAN)
    said = set()
    for username, password in (("thu", "sai"), ("khong-co", PASSWORD)):
        answer = Client().post(SIGN_IN, {"username": username, "password": password})
        assert answer.status_code == 400
        said.add(re.sub(r"value=\"[^\"]*\"", "", answer.content.decode()))
    assert len(said) == 1


def test_five_wrong_passwords_lock_out_with_a_page(client: Client, thu: Officer) -> None:
    answers = [_password(client, "sai") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert "Tạm khóa đăng nhập" in answers[-1].content.decode()
    assert answers[-1]["Retry-After"] == "900"
    assert _password(client).status_code == 429
    assert not _signed_in(client)


def test_a_citizen_has_no_password_and_no_personal_id_is_stored_at_this_door(client: Client) -> None:
    lan = people.citizen(people.LAN)
    answer = _password(client, "", lan.user.username)
    assert answer.status_code == 400
    wrong_door = _password(client, PASSWORD, people.LAN["citizen_id"])
    assert "Người dân đăng nhập bằng VNeID" in wrong_door.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SELECT username FROM axes_accessattempt")
        assert people.LAN["citizen_id"] not in str(cursor.fetchall())


def test_wagtail_and_allauth_offer_no_other_way_in(client: Client) -> None:
    assert client.get("/quan-tri/login/?next=/quan-tri/")["Location"] == f"{SIGN_IN}?next=/quan-tri/"
    assert client.get("/quan-tri/")["Location"].startswith(SIGN_IN)
    for name in ("account_login", "account_signup", "account_reset_password", "mfa_index"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("/tai-khoan/login/", "/tai-khoan/signup/", "/quan-tri/password_reset/"):
        assert client.get(path).status_code in {302, 404}


def test_the_demo_prints_codes_that_work_one_after_the_other(thu: Officer) -> None:
    for _ in range(3):
        client = Client()
        _password(client)
        client.post(CODE, {"code": factor.demo_way_in("thu").code})
        assert _signed_in(client)


def test_the_command_prints_the_code_in_the_demo_only(
    thu: Officer, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    call_command("officer_code", "thu")
    assert re.match(r"\d{6}\b", capsys.readouterr().out)
    settings.DEMO = False
    with pytest.raises(RuntimeError, match="demo"):
        factor.demo_way_in("thu")


def test_a_lost_phone_is_forgotten_and_the_next_sign_in_sets_up_anew(client: Client, thu: Officer) -> None:
    _enrolled(client)
    factor.reset_second_factor(user=thu.user)
    assert not Authenticator.objects.exists()
    other = Client()
    assert _password(other)["Location"] == ENROL
