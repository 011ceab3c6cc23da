"""Writing duties down."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from portal import broker
from portal.common.discretion import holds_personal_id
from portal.outbox import payloads
from portal.outbox.models import Duty
from portal.outbox.services import TransactionError, owe

pytestmark = pytest.mark.django_db

broker.register()
DEAF_REDIS = Celery("deaf", broker="redis://127.0.0.1:8299/0", set_as_current=False)
DEAF_FILE = Celery("deaf", broker="embedded:///no/such/folder/broker.sqlite3", set_as_current=False)


def test_outside_a_transaction_owing_is_refused_and_says_what_to_do() -> None:
    with pytest.raises(TransactionError, match=r"Open transaction\.atomic\(\) around the cause"):
        owe(kind="test.cook", key="one")
    assert not Duty.objects.exists()


def test_a_duty_goes_away_with_its_cause() -> None:
    with transaction.atomic():
        owe(kind="test.cook", key="one")
        transaction.set_rollback(True)
    assert not Duty.objects.exists()


def test_the_same_key_is_written_once() -> None:
    with transaction.atomic():
        first = owe(kind="test.cook", key="one", payload={"dossier": 1})
        again = owe(kind="test.cook", key="one", payload={"dossier": 2})
    assert first == again
    assert Duty.objects.get().payload == {"dossier": 1}


def test_a_key_belongs_to_one_kind() -> None:
    with transaction.atomic():
        owe(kind="test.cook", key="one")
    with pytest.raises(ValueError, match=r"of the kind 'test\.cook'"), transaction.atomic():
        owe(kind="test.note", key="one")


@pytest.mark.parametrize(("kind", "key"), [("", "k"), ("k", ""), ("k" * 61, "k"), ("k", "k" * 161)])
def test_kind_and_key_must_fit(kind: str, key: str) -> None:
    with pytest.raises(ValueError, match="characters"), transaction.atomic():
        owe(kind=kind, key=key)


@pytest.mark.parametrize(
    "payload",
    [
        {"answers": {"name": "An"}},
        {"note": "x" * 201},
        {"pupil": "999318004512"},
        {"pupils": [1, "001318004512"]},
        {"pupil": 999318004512},
        {"text": "số 999318004512."},
        {"amount": 1.5},
    ],
)
def test_a_payload_holds_ids_only(payload: dict[str, Any]) -> None:
    with pytest.raises(payloads.PayloadError), transaction.atomic():
        owe(kind="test.cook", key="one", payload=payload)


@given(st.text(alphabet="0123456789 abc", max_size=40))
def test_only_twelve_digits_alone_look_like_a_personal_id(text: str) -> None:
    runs = "".join(letter if letter.isdigit() else " " for letter in text).split()
    expected = any(len(run) == 12 and (run[0] == "0" or run.startswith("999")) for run in runs)
    assert holds_personal_id(text) is expected


def test_the_worker_is_woken_by_the_commit_and_not_before_a_later_time(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        owe(kind="test.cook", key="now")
        owe(kind="test.cook", key="later", not_before=timezone.now() + timedelta(days=3))
    assert len(callbacks) == 1


@pytest.mark.parametrize("name", ["DEAF_REDIS", "DEAF_FILE"])
def test_a_broker_that_is_away_breaks_no_request_and_is_left_alone_for_a_while(
    name: str,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.TASK_APPLICATION = f"tests.outbox.test_owing.{name}"
    started = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        for number in range(20):
            owe(kind="test.cook", key=f"duty {number}")
    assert time.monotonic() - started < 5
    assert Duty.objects.filter(state=Duty.State.WAITING).count() == 20
    assert [
        record.getMessage().split(" waits")[1]
        for record in caplog.records
        if "waits" in record.getMessage()
    ] == [" for the sweep: no broker (OperationalError)"]
