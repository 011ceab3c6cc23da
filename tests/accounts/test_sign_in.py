"""Citizens' sign-in, through HTTP, against the real sample provider."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from portal.accounts.models import Citizen
from portal.accounts.openid import client as openid
from portal.accounts.openid.attempt import Attempt
from tests.accounts import people
from tests.accounts.people import LAN, TUAN
from tests.accounts.providing import Provider

pytestmark = [pytest.mark.django_db, pytest.mark.processes]


def _start(client: Client, next_path: str = "/tai-khoan/gia-dinh/") -> str:
    answer = client.get("/dang-nhap/vneid/", {"next": next_path})
    assert answer.status_code == 302
    return str(answer["Location"])


def _user_id(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def _replaced(address: str, **values: str) -> str:
    url = httpx.URL(address)
    for name, value in values.items():
        url = url.copy_set_param(name, value) if value else url.copy_remove_param(name)
    return str(url)


def _refused(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "không chắc là của VNeID" in answer.content.decode()
    assert _user_id(client) is None
    assert not Citizen.objects.exists()


def test_a_citizen_signs_in_and_lands_where_they_wanted(client: Client, provider: Provider) -> None:
    client.get("/dang-nhap/")
    address = _start(client)
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["nonce"][0]) >= 32
    before = client.session.session_key
    answer = client.get(provider.sign_in(address, LAN["citizen_id"]))
    assert (answer.status_code, answer["Location"]) == (302, "/tai-khoan/gia-dinh/")
    lan = Citizen.objects.get()
    assert (lan.full_name, lan.personal_id, lan.phone) == (LAN["name"], LAN["citizen_id"], "+84912345678")
    assert lan.address == "Bản Mòn, xã Pú Hồng"
    assert _user_id(client) == str(lan.user_id)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get("/tai-khoan/gia-dinh/").status_code == 200


def test_the_personal_id_stays_out_of_session_logs_and_addresses(
    client: Client, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    address = _start(client)
    back = provider.sign_in(address, LAN["citizen_id"])
    client.get(back)
    held = [str(session.get_decoded()) for session in Session.objects.all()]
    assert _user_id(client) is not None
    for text in (*held, caplog.text, address, back, provider.log.read_text()):
        assert LAN["citizen_id"] not in text
        assert "Lò Thị Lan" not in text
    assert parse_qs(urlsplit(back).query)["code"][0] not in caplog.text


def test_the_same_person_again_is_the_same_citizen_and_another_is_another(
    client: Client, provider: Provider
) -> None:
    for personal_id in (LAN["citizen_id"], TUAN["citizen_id"], LAN["citizen_id"]):
        client.get(provider.sign_in(_start(client), personal_id))
    assert Citizen.objects.count() == 2
    assert _user_id(client) == str(Citizen.objects.get(full_name=LAN["name"]).user_id)


def test_a_wrong_password_at_the_provider_leads_nowhere(client: Client, provider: Provider) -> None:
    page = provider.sign_in(_start(client), LAN["citizen_id"], "sai-mat-khau")
    assert "chưa đúng" in page
    assert "không phải VNeID thật" in page


def test_a_wrong_verifier_is_refused(client: Client, provider: Provider) -> None:
    back = provider.sign_in(_start(client), LAN["citizen_id"])
    session = client.session
    session["sign_in_attempts"][0]["verifier"] = "x" * 64
    session.save()
    _refused(client, back)


def test_a_missing_nonce_is_refused(client: Client, provider: Provider) -> None:
    _refused(client, provider.sign_in(_replaced(_start(client), nonce=""), LAN["citizen_id"]))


def test_a_wrong_nonce_is_refused(client: Client, provider: Provider) -> None:
    _refused(client, provider.sign_in(_replaced(_start(client), nonce="another"), LAN["citizen_id"]))


def test_a_code_somebody_used_before_is_refused(client: Client, provider: Provider) -> None:
    back = provider.sign_in(_start(client), LAN["citizen_id"])
    (kept,) = client.session["sign_in_attempts"]
    thief = openid.claims_for(Attempt(**kept), parse_qs(urlsplit(back).query)["code"][0])
    assert thief["citizen_id"] == LAN["citizen_id"]
    _refused(client, back)


def test_an_answer_works_once(client: Client, provider: Provider) -> None:
    back = provider.sign_in(_start(client), LAN["citizen_id"])
    client.get(back)
    again = client.get(back)
    assert again.status_code == 400
    assert "đăng nhập lại từ đầu" in again.content.decode()


def test_an_answer_in_another_browser_signs_nobody_in(client: Client, provider: Provider) -> None:
    back = provider.sign_in(_start(client), LAN["citizen_id"])
    other = Client()
    assert other.get(back).status_code == 400
    assert _user_id(other) is None


def test_two_tabs_both_come_back(client: Client, provider: Provider) -> None:
    first, second = _start(client, "/a/"), _start(client, "/b/")
    assert client.get(provider.sign_in(first, LAN["citizen_id"]))["Location"] == "/a/"
    # the first tab's new session holds nothing of the one before: the second starts over
    assert client.get(provider.sign_in(second, LAN["citizen_id"])).status_code == 400


def test_only_the_issuer_of_the_settings_is_believed(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.OIDC_ISSUER = provider.issuer.replace("127.0.0.1", "localhost")
    answer = client.get("/dang-nhap/vneid/")
    assert answer.status_code == 400
    assert "không chắc là của VNeID" in answer.content.decode()


def test_another_clients_token_is_refused(
    client: Client, provider: Provider, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = provider.sign_in(_start(client), LAN["citizen_id"])
    exchange = openid._exchange  # noqa: SLF001 — the answer is swapped on its way in

    def swapped(*arguments: Any) -> dict[str, Any]:
        answer = exchange(*arguments)
        settings.OIDC_CLIENT_ID = "another-portal"
        return answer

    monkeypatch.setattr(openid, "_exchange", swapped)
    _refused(client, back)


def test_a_silent_provider_gets_a_page_that_says_so(client: Client, settings: Settings) -> None:
    cache.clear()
    settings.OIDC_ISSUER = "http://127.0.0.1:1"
    answer = client.get("/dang-nhap/vneid/", {"next": "/nop/x/"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "VNeID không trả lời" in page
    assert "next=%2Fnop%2Fx%2F" in page


def test_a_person_who_declines_is_asked_whether_to_try_again(client: Client, provider: Provider) -> None:
    state = parse_qs(urlsplit(_start(client)).query)["state"][0]
    answer = client.get("/dang-nhap/vneid/xong/", {"error": "access_denied", "state": state})
    assert answer.status_code == 200
    assert "đã bị dừng" in answer.content.decode()


@pytest.mark.parametrize(
    "target", ["https://xau.example/", "//xau.example/", "\\\\xau.example", "javascript:1"]
)
def test_nobody_is_led_to_another_site(client: Client, provider: Provider, target: str) -> None:
    answer = client.get(provider.sign_in(_start(client, target), LAN["citizen_id"]))
    assert answer["Location"] == "/ho-so/"


def test_a_personal_id_under_another_subject_gets_a_sentence(client: Client, provider: Provider) -> None:
    people.citizen({**LAN, "sub": "made-before"})
    answer = client.get(provider.sign_in(_start(client), LAN["citizen_id"]))
    assert answer.status_code == 403
    assert "tài khoản VNeID khác" in answer.content.decode()
    assert _user_id(client) is None


def test_signing_out_asks_and_then_forgets(client: Client, provider: Provider) -> None:
    client.get(provider.sign_in(_start(client), LAN["citizen_id"]))
    key = client.session.session_key
    assert "Đăng xuất?" in client.get("/dang-xuat/").content.decode()
    assert _user_id(client) is not None
    answer = client.post("/dang-xuat/", follow=True)
    assert "đã đăng xuất" in answer.content.decode()
    assert not Session.objects.filter(session_key=key).exists()


def test_english_speakers_come_back_to_english(client: Client, provider: Provider) -> None:
    answer = client.get(provider.sign_in(_start(client, "/en/tai-khoan/gia-dinh/"), LAN["citizen_id"]))
    assert answer["Location"] == "/en/tai-khoan/gia-dinh/"
