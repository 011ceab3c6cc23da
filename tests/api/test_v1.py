"""API version 1: procedures for everybody, a dossier's status for code *and* phone number."""

from __future__ import annotations

import json
import logging
import unicodedata
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.common.clock import local_day
from portal.procedures import selectors as procedures
from portal.procedures import services
from portal.procedures.models import Dossier, FeeRow
from tests.accounts import people
from tests.procedures import town as towns

pytestmark = pytest.mark.django_db

STATUS = "/api/v1/dossiers/status"
PHONE = "0900 000 118"


@pytest.fixture
def town() -> towns.Town:
    return towns.build()


def ask(client: Client, code: object, phone: object, **more: object) -> Any:
    return client.post(STATUS, {"code": code, "phone": phone, **more}, "application/json")


def test_every_offered_procedure_is_listed_with_its_facts(client: Client) -> None:
    listed = client.get("/api/v1/procedures").json()
    assert [item["code"] for item in listed] == [
        item.code for item in procedures.offered(local_day(timezone.now()))
    ]
    transfer = next(item for item in listed if item["code"] == towns.TRANSFER)
    assert transfer["fee"] == 0
    assert {limit["working_days"] for limit in transfer["limits"]} == {5, 8}
    assert transfer["start_url"] == f"http://testserver/nop/{towns.TRANSFER}/"


def test_one_procedure_is_what_the_list_says(client: Client) -> None:
    for item in client.get("/api/v1/procedures").json():
        assert client.get(f"/api/v1/procedures/{item['code']}").json() == item


def test_a_procedure_of_which_no_fee_is_in_force_is_left_out_and_takes_nothing_down(client: Client) -> None:
    before = [item["code"] for item in client.get("/api/v1/procedures").json()]
    FeeRow.objects.filter(procedure_code=towns.TRANSFER).update(valid_to="2026-01-01")
    after = [item["code"] for item in client.get("/api/v1/procedures").json()]
    assert after == [code for code in before if code != towns.TRANSFER]
    assert client.get(f"/api/v1/procedures/{towns.TRANSFER}").status_code == 404


@pytest.mark.parametrize(
    "code", ["9.999999", "x" * 40, "%00", "Đ", unicodedata.normalize("NFD", "Đặng"), "2.002854%00"]
)
def test_a_code_that_nobody_has_is_not_found(client: Client, code: str) -> None:
    answer = client.get(f"/api/v1/procedures/{code}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Không có thủ tục nào mang mã này."}


def test_a_code_of_ten_thousand_characters_is_refused_unread(client: Client) -> None:
    answer = client.get(f"/api/v1/procedures/{'x' * 10_000}")
    assert answer.status_code == 422
    assert len(answer.content) < 200


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/pupils", "/api/v1/procedures/a/b"])
def test_an_address_that_is_none_is_told_in_json(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json; charset=utf-8")


def test_the_status_follows_the_dossier(client: Client, town: towns.Town) -> None:
    dossier = towns.submitted(town)
    before = ask(client, dossier.temporary_code, PHONE).json()
    assert (before["status"], before["code"], before["due_on"]) == (1, dossier.temporary_code, None)
    assert before["office"] == town.receiving.name
    accepted = services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=1)
    after = ask(client, accepted.code, PHONE).json()
    assert (after["status"], after["code"]) == (2, accepted.code)
    assert after["due_on"] == Dossier.objects.get().due_on.isoformat()  # type: ignore[union-attr]  # set by acceptance
    assert ask(client, dossier.temporary_code, "+84900000118").json() == after


def test_the_status_names_nobody(client: Client, town: towns.Town) -> None:
    dossier = towns.submitted(town)
    told = ask(client, dossier.temporary_code, PHONE).content.decode()
    for secret in (town.minh.full_name, town.lan.full_name, people.MINH_ID, "900000118", "Tổ 5"):
        assert secret not in told


def _seen(client: Client, code: str, phone: str) -> tuple[Any, ...]:
    with CaptureQueriesContext(connection) as sent:
        answer = ask(client, code, phone)
    headers = {name: value for name, value in answer.items() if name != "X-Request-ID"}
    return answer.status_code, answer.content, headers, len(sent)


def test_a_wrong_code_and_a_wrong_number_look_alike(client: Client, town: towns.Town) -> None:
    code = towns.submitted(town).temporary_code
    wrong_number = _seen(client, code, "0912345678")
    assert wrong_number[0] == 404
    assert _seen(client, "T-7Q4K-22", PHONE) == wrong_number
    assert _seen(client, "T-7Q4K-22", "0912345678") == wrong_number
    assert _seen(client, code, "không phải số") == wrong_number


@pytest.mark.parametrize(
    ("code", "phone"),
    [("T-7Q4K-22\x00", PHONE), ("\x00", "\x00"), ("Ｔ－７Ｑ４Ｋ", "٠٩٠٠٠٠٠١١٨"), ("H99'; --", "'")],
)
def test_strange_signs_find_nothing(client: Client, town: towns.Town, code: str, phone: str) -> None:
    towns.submitted(town)
    assert ask(client, code, phone).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"code": "x" * 10_000, "phone": PHONE}, 422),
        ({"code": "T-7Q4K-22", "phone": "0" * 10_000}, 422),
        ({"code": "", "phone": ""}, 422),
        ({"code": 7, "phone": 900000118}, 422),
        ({"code": None, "phone": PHONE}, 422),
        ({"code": "T-7Q4K-22"}, 422),
        ({"code": "T-7Q4K-22", "phone": PHONE, "0900000118": 1}, 422),
        ([], 422),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_and_not_repeated(
    client: Client, body: object, status: int
) -> None:
    answer = client.post(STATUS, json.dumps(body), "application/json")
    assert answer.status_code == status
    assert set(answer.json()) == {"detail"}
    assert len(answer.content) < 300
    assert "0900000118" not in answer.content.decode()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"code": NaN}', b'{"code": "\xed\xa0\x80"}', b"[" * 20_000]
)
def test_a_body_that_is_no_json_is_refused_in_a_sentence(client: Client, body: bytes) -> None:
    answer = client.generic("POST", STATUS, body, "application/json")
    assert answer.status_code in {400, 422}
    assert "yêu cầu" in answer.json()["detail"]


@pytest.mark.parametrize("key", ["\ud800", "\x00", "Đ" * 5_000])
def test_names_of_fields_that_we_do_not_know_are_not_said_back(client: Client, key: str) -> None:
    answer = ask(client, "T-7Q4K-22", PHONE, **{key: 1})
    assert answer.status_code == 422
    assert len(answer.content) < 300


def test_a_lone_half_of_a_sign_is_refused(client: Client) -> None:
    assert ask(client, "\ud800", PHONE).status_code == 422


def test_the_thirty_first_try_of_an_hour_has_to_wait(client: Client) -> None:
    answers = [ask(client, "T-7Q4K-22", PHONE) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 3_600
    assert "Thử lại" in answers[-1].json()["detail"]
    assert ask(Client(REMOTE_ADDR="10.0.0.7"), "T-7Q4K-22", PHONE).status_code == 404


def test_the_proof_stands_in_no_log(
    client: Client, town: towns.Town, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    code = towns.submitted(town).temporary_code
    caplog.clear()
    ask(client, code, PHONE)
    ask(client, code, "0912345678")
    ask(client, code, PHONE, more="H99.12.034-261124-0007")
    client.generic("POST", STATUS, b'{"code": "T-7Q4K-22", "phone"', "application/json")
    said = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert STATUS in said
    for secret in (code, PHONE, "0912345678", "H99.12.034-261124-0007", "T-7Q4K-22", "900000118"):
        assert secret not in said


def test_nobody_keeps_an_answer_about_a_dossier(client: Client, town: towns.Town) -> None:
    answer = ask(client, towns.submitted(town).temporary_code, PHONE)
    assert "no-store" in answer["Cache-Control"]


def test_the_list_asks_as_much_of_the_database_for_one_procedure_as_for_all(client: Client) -> None:
    with CaptureQueriesContext(connection) as all_of_them:
        client.get("/api/v1/procedures")
    with CaptureQueriesContext(connection) as one:
        client.get(f"/api/v1/procedures/{towns.TRANSFER}")
    assert len(all_of_them) == len(one)
