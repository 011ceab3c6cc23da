"""The table of bad input at the address that the bank calls, all middleware included: codes, rows, log lines."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from payments.models import Attempt, BankMessage, LedgerEntry, Order
from portal.outbox.models import Duty
from tests.accounts.people import undone
from tests.payments.shop import SECRET, Shop, build, notice, owning, state_of
from tests.payments.test_ipn import BAD

IPN = "/thanh-toan/ipn/"
CARD = "9704198526191432198"

MORE: list[tuple[str, Callable[[Attempt], str], str]] = [
    ("fractional", lambda a: notice(a, vnp_Amount=f"{a.amount}.5"), "04"),
    ("with exponent", lambda a: notice(a, vnp_Amount="3e6"), "04"),
    ("Arabic digits", lambda a: notice(a, vnp_Amount="٣٠٠٠٠٠٠"), "04"),
    ("blank around", lambda a: notice(a, vnp_Amount=f" {a.amount * 100}"), "04"),
    ("thirteen digits", lambda a: notice(a, vnp_Amount="1" * 13), "04"),
    ("NUL in the reference", lambda a: notice(a, vnp_TxnRef=f"{a.reference}\x00"), "01"),
    ("NUL in the terminal", lambda a: notice(a, vnp_TmnCode="SOGD\x00TEST"), "97"),
    ("another case of the reference", lambda a: notice(a, vnp_TxnRef=a.reference.lower()), "01"),
    ("a reference as long as a page", lambda a: notice(a, vnp_TxnRef="A" * 3_000), "01"),
    ("another name's hash", lambda a: notice(a).replace("vnp_SecureHash", "vnp_securehash"), "97"),
    ("two hashes", lambda a: f"{notice(a)}&vnp_SecureHash=00", "97"),
    ("a card's number beside", lambda a: f"{notice(a)}&vnp_CardNumber={CARD}", "97"),
    ("semicolons", lambda a: notice(a).replace("&", ";"), "97"),
    ("only a fragment of itself", lambda a: notice(a)[:60], "97"),
]
ALL = [*BAD, *MORE]


@pytest.fixture
def shop(db: None) -> Iterator[Shop]:
    with owning():
        yield build()


def _call(query: str) -> dict[str, str]:
    answer = Client(REMOTE_ADDR="198.51.100.7").get(IPN, QUERY_STRING=query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert set(said) == {"RspCode", "Message"}
    return dict(said)


@pytest.mark.parametrize(("query", "code"), [row[1:] for row in ALL], ids=[row[0] for row in ALL])
def test_the_documented_code_a_line_without_secrets_and_nothing_changed(
    shop: Shop, caplog: pytest.LogCaptureFixture, query: Callable[[Attempt], str], code: str
) -> None:
    caplog.set_level(logging.DEBUG)
    attempt = shop.attempt()
    sent = query(attempt)
    # the test client sends no NUL of its own; the wire carries it encoded
    assert _call(sent.replace("\x00", "%00"))["RspCode"] == code
    assert state_of(attempt) == "pending"
    assert Order.objects.get().state == "open"
    assert not LedgerEntry.objects.exists()
    assert not Duty.objects.filter(kind__startswith="payments.").exists()
    hashes = parse_qs(sent).get("vnp_SecureHash", [])
    kept = BankMessage.objects.get()
    for secret in [SECRET, *hashes]:
        if len(secret) > 8:
            assert secret not in caplog.text
            assert secret not in kept.raw
    assert CARD not in caplog.text + kept.raw
    assert "vnp_" not in caplog.text
    if code not in {"00", "02"}:
        assert f"bank message {kept.pk}" in caplog.text
    assert _call(notice(attempt))["RspCode"] == "00"


def test_last_years_notice_again_is_the_one_of_last_year(shop: Shop) -> None:
    attempt = shop.attempt()
    said = notice(attempt)
    assert _call(said)["RspCode"] == "00"
    Attempt.objects.update(created_at="2025-01-01T00:00:00Z", settled_at="2025-01-01T00:00:00Z")
    before = list(LedgerEntry.objects.values())
    assert [_call(said)["RspCode"] for _time in range(3)] == ["02"] * 3
    assert list(LedgerEntry.objects.values()) == before


@given(
    query=st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
)
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_is_answered_in_the_banks_language(shop: Shop, query: str) -> None:
    with undone():
        wire = query.encode("utf-8", "surrogatepass").decode("latin-1")
        assert _call(wire)["RspCode"] in {"97", "99"}
        assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_do_nothing(shop: Shop, method: str) -> None:
    attempt = shop.attempt()
    assert getattr(Client(), method)(f"{IPN}?{notice(attempt)}").status_code == 405
    assert state_of(attempt) == "pending"
