"""Duties at the desk: counted, the dead named by class of error, revived; nothing personal."""

from __future__ import annotations

import pytest
from django.utils import timezone

from portal.outbox.models import Duty
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words

pytestmark = pytest.mark.django_db
LIST = f"{DESK}viec-nen/"


@pytest.fixture
def office() -> Office:
    return build()


def duty(state: str, number: int = 1) -> Duty:
    return Duty.objects.create(
        kind="notice.deliver",
        key=f"notice.deliver:secret-{number}",
        payload={"delivery": 123_456},
        state=state,
        attempts=20,
        next_attempt_at=timezone.now(),
        last_error="ConnectionRefusedError at smtp.py:12",
    )


def test_the_dead_are_named_by_kind_and_error_and_nothing_else(office: Office) -> None:
    dead = duty("dead")
    duty("done", 2)
    page = words(sign_in(office.quan), LIST)
    assert "notice.deliver" in page
    assert "ConnectionRefusedError" in page
    assert str(dead.pk) in page
    assert "secret-1" not in page
    assert "123456" not in page


def test_a_dead_duty_is_revived_once(office: Office) -> None:
    dead, client = duty("dead"), sign_in(office.quan)
    first = client.post(f"{LIST}{dead.pk}/lam-lai/", follow=True)
    assert "làm lại từ đầu" in first.content.decode()
    second = client.post(f"{LIST}{dead.pk}/lam-lai/", follow=True)
    assert "đã chạy lại hoặc đã xong" in second.content.decode()
    dead.refresh_from_db()
    assert (dead.state, dead.attempts, dead.revision) == ("waiting", 0, 1)
    assert "đã chạy lại hoặc đã xong" in client.post(f"{LIST}999999/lam-lai/", follow=True).content.decode()


@pytest.mark.parametrize("name", ["thu", "hanh", "ngoc", "son", "lan", "local"])
def test_others_neither_see_nor_revive(office: Office, name: str) -> None:
    dead = duty("dead")
    local = people.officer("local", "administrator", office.province.other)
    client = sign_in(local if name == "local" else getattr(office, name))
    assert client.get(LIST).status_code in {403, 404}
    assert client.post(f"{LIST}{dead.pk}/lam-lai/").status_code in {403, 404}
    assert Duty.objects.get().state == "dead"


def test_looking_does_not_revive(office: Office) -> None:
    dead = duty("dead")
    assert sign_in(office.quan).get(f"{LIST}{dead.pk}/lam-lai/").status_code == 405
