"""The family's pages: the parent, and a stranger who knows everything about a child."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts import services
from portal.accounts.models import Citizen, FamilyClaim
from portal.outbox import services as outbox
from portal.outbox.models import Duty
from tests.accounts import people

pytestmark = pytest.mark.django_db

CLAIM, FAMILY = "/tai-khoan/gia-dinh/khai/", "/tai-khoan/gia-dinh/"
RIGHT = {
    "relation": "mother",
    "child_name": "Lò Văn Minh",
    "child_birth_date-day": "4",
    "child_birth_date-month": "3",
    "child_birth_date-year": "2018",
    "child_personal_id": "999 218 004 512",
}


def _client(citizen: Citizen) -> Client:
    client = Client()
    client.force_login(citizen.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _answer(citizen: Citizen, **other: str) -> tuple[Any, ...]:
    """Claim; give all that a claimant can see, the changing parts taken out, and the number of queries."""
    client = _client(citizen)
    client.get(FAMILY)
    with CaptureQueriesContext(connection) as sent:
        answer = client.post(CLAIM, {**RIGHT, **other})
    with CaptureQueriesContext(connection) as shown:
        page = client.get(answer["Location"])
    body = re.sub(r'(value="[A-Za-z0-9]{64}"|/khai/\d+/)', "", page.content.decode())
    headers = {name: value for name, value in page.items() if name != "Content-Length"}
    return answer.status_code, answer["Location"], body, headers, len(sent), len(shown)


def test_whatever_is_true_of_a_child_the_claimant_sees_the_same() -> None:
    mother, stranger = people.citizen(people.LAN), people.citizen(people.TUAN)
    third = people.citizen({**people.TUAN, "sub": "third", "citizen_id": "999090007777"})
    of_nobody = _answer(third)
    child = people.minh()
    services.record_guardian(
        pupil_id=child.pk, adult_personal_id=people.LAN["citizen_id"], relation="mother", source="test"
    )
    assert _answer(mother) == _answer(stranger) == of_nobody
    assert of_nobody[:2] == (302, f"{FAMILY}?da-khai=1")
    assert "Chờ kiểm tra" in of_nobody[2]
    for claim in FamilyClaim.objects.all():
        services.match_claim(claim_id=claim.pk)
    assert "04/03/2018" in _client(mother).get(FAMILY).content.decode()
    later = _client(stranger).get(FAMILY).content.decode()
    assert "Chờ kiểm tra" in later
    assert "Sinh ngày" not in later


def test_a_slip_is_said_back_and_what_was_typed_stays() -> None:
    client = _client(people.citizen(people.LAN))
    answer = client.post(
        CLAIM, {**RIGHT, "child_birth_date-day": "31", "child_birth_date-month": "9", "relation": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="31"' in page
    assert "Lò Văn Minh" in page
    assert "Tháng 9 chỉ có 30 ngày" in page
    assert not FamilyClaim.objects.exists()


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ({"child_personal_id": "99921800451"}, "12 chữ số"),
        ({"child_name": "  "}, "Anh/chị nhập họ và tên"),
        ({"child_birth_date-year": "1950"}, "không phải của trẻ em"),
        ({"child_birth_date-year": "hai"}, "chỉ gồm chữ số"),
        ({"child_birth_date-year": ""}, "Ghi cả năm"),
    ],
)
def test_each_slip_has_its_sentence(slip: dict[str, str], said: str) -> None:
    answer = _client(people.citizen(people.LAN)).post(CLAIM, {**RIGHT, **slip})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_claim_is_withdrawn_by_its_claimant_alone() -> None:
    mother, stranger = people.citizen(people.LAN), people.citizen(people.TUAN)
    claim = people.claim_minh(mother)
    path = f"{CLAIM}{claim.pk}/rut/"
    assert _client(stranger).post(path).status_code == 404
    assert _client(stranger).post(f"{CLAIM}{claim.pk + 9}/rut/").status_code == 404
    assert _client(mother).get(path).status_code == 405
    assert "Đã rút" in _client(mother).post(path, follow=True).content.decode()
    assert _client(mother).post(path).status_code == 302


def test_too_many_claims_are_stopped_with_a_sentence() -> None:
    client = _client(people.citizen(people.LAN))
    answers = [client.post(CLAIM, {**RIGHT, "child_personal_id": f"99921800100{n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [400]
    assert "ngày mai" in answers[-1].content.decode()


def test_the_childs_particulars_stay_out_of_logs_sessions_and_duties(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    client = _client(people.citizen(people.LAN))
    client.post(CLAIM, {**RIGHT, "child_birth_date-day": "40"})
    client.post(CLAIM, RIGHT)
    outbox.perform_due_duties()
    sessions = str([session.get_decoded() for session in Session.objects.all()])
    duties = str(list(Duty.objects.values()))
    for text in (caplog.text, sessions, duties):
        for secret in (people.MINH_ID, RIGHT["child_personal_id"], RIGHT["child_name"]):
            assert secret not in text


def test_strangers_without_a_session_see_no_family() -> None:
    for path in (FAMILY, CLAIM):
        assert Client().get(path)["Location"].startswith("/dang-nhap/?next=")
