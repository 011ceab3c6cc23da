"""What we answer to the bank's own call, and what it does: the documented table, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from payments import services
from payments.models import Attempt, BankMessage, LedgerEntry, Order, Refund
from portal.outbox.models import Duty
from portal.outbox.services import perform_due_duties
from tests.payments.shop import (
    Owner,
    Shop,
    books,
    build,
    failure,
    notice,
    owning,
    state_of,
    tell,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Iterator[Owner]:
    with owning() as owner:
        yield owner


@pytest.fixture
def shop(owner: Owner) -> Shop:
    return build()


BAD: list[tuple[str, Callable[[Attempt], str], str]] = [
    ("nothing at all", lambda _a: "", "99"),
    ("no bank's words", lambda _a: "a=1&b=2", "97"),
    ("huge", lambda a: notice(a) + "&x=" + "9" * 9_000, "99"),
    ("a thousand parameters", lambda a: notice(a) + "&a=1" * 1_000, "97"),
    ("not UTF-8", lambda a: notice(a) + "&vnp_Note=%ff", "97"),
    ("unsigned", lambda a: notice(a).partition("&vnp_SecureHash")[0], "97"),
    ("another secret", lambda a: notice(a, secret="GUESSED0123456789ABCDEFGHIJKLMN"), "97"),
    ("changed after signing", lambda a: notice(a).replace("vnp_CardType=ATM", "vnp_CardType=QRCODE"), "97"),
    ("repeated parameter", lambda a: notice(a) + "&vnp_Amount=100", "97"),
    ("unknown terminal", lambda a: notice(a, vnp_TmnCode="NOBODY01"), "97"),
    ("NFD where it was signed NFC", lambda a: notice(a, vnp_Note="phí").replace("%C3%AD", "i%CC%81"), "97"),
    ("unknown order", lambda a: notice(a, vnp_TxnRef="HS-UNKNOWN-1"), "01"),
    ("last year's", lambda a: notice(a, vnp_TxnRef="23456789AB-1"), "01"),
    ("more money", lambda a: notice(a, vnp_Amount=str(a.amount * 100 + 100)), "04"),
    ("less money", lambda a: notice(a, vnp_Amount="100"), "04"),
    ("no whole đồng", lambda a: notice(a, vnp_Amount=str(a.amount * 100 + 1)), "04"),
    ("negative", lambda a: notice(a, vnp_Amount=f"-{a.amount * 100}"), "04"),
    ("no amount", lambda a: notice(a, vnp_Amount=""), "04"),
    ("not finished", lambda a: notice(a, vnp_TransactionStatus="01"), "99"),
]


@pytest.mark.parametrize(("query", "answer"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_what_cannot_be_recorded_changes_nothing(
    shop: Shop, query: Callable[[Attempt], str], answer: str
) -> None:
    attempt = shop.attempt()
    assert tell(query(attempt)) == answer
    assert state_of(attempt) == "pending"
    assert not LedgerEntry.objects.exists()
    assert not Duty.objects.filter(kind="payments.deliver").exists()
    stored = BankMessage.objects.get()
    assert "SecureHash" not in stored.raw
    assert len(stored.raw) <= 8_192
    # it may have been garbage; the right one still settles
    assert tell(notice(attempt)) == "00"


def test_a_payment_is_settled_once_and_its_owner_told_once(shop: Shop, owner: Owner) -> None:
    attempt = shop.attempt(shop.order(20_000, 10_000))
    assert [tell(notice(attempt)) for _time in range(3)] == ["00", "02", "02"]
    assert state_of(attempt) == "settled"
    assert books() == [("bank", "payee", 20_000), ("bank", "payee", 10_000)]
    order = Order.objects.get()
    assert order.state == Order.State.PAID
    for line in order.lines.all():
        services.deliver_line(line_id=line.pk)
        services.deliver_line(line_id=line.pk)
    assert [line.amount for line in owner.told] == [20_000, 10_000]


@pytest.mark.parametrize("code", ["24", "11", "51", "99", "zz"])
def test_a_failure_is_noted_and_money_after_it_is_money(shop: Shop, code: str) -> None:
    attempt = shop.attempt()
    assert tell(failure(attempt, code)) == "00"
    assert state_of(attempt) == "failed"
    assert tell(failure(attempt, code)) == "02"
    assert not LedgerEntry.objects.exists()
    assert tell(notice(attempt)) == "00"
    assert state_of(attempt) == "settled"
    assert books() == [("bank", "payee", 30_000)]


def test_a_failure_after_the_money_changes_nothing(shop: Shop) -> None:
    attempt = shop.attempt()
    assert tell(notice(attempt)) == "00"
    assert tell(failure(attempt)) == "02"
    assert state_of(attempt) == "settled"


def test_money_after_expiry_settles(shop: Shop) -> None:
    attempt = shop.attempt()
    Attempt.objects.filter(pk=attempt.pk).update(state="expired")
    assert tell(notice(attempt)) == "00"
    assert state_of(attempt) == "settled"


@pytest.mark.parametrize(("code", "status"), [("07", "07"), ("07", "00"), ("00", "07"), ("00", "04")])
def test_suspected_money_is_held_for_a_person(shop: Shop, code: str, status: str) -> None:
    attempt = shop.attempt()
    said = notice(attempt, vnp_ResponseCode=code, vnp_TransactionStatus=status)
    assert [tell(said), tell(said)] == ["00", "02"]
    assert state_of(attempt) == "held"
    assert not LedgerEntry.objects.exists()
    with pytest.raises(services.PaymentRefusedError, match="đừng trả lại"):
        shop.attempt(attempt.order)
    assert tell(failure(attempt)) == "02"
    assert state_of(attempt) == "held"
    assert tell(notice(attempt)) == "00"
    assert state_of(attempt) == "settled"


def test_money_that_comes_twice_is_recorded_and_proposed_for_refund(shop: Shop) -> None:
    order = shop.order()
    first = shop.attempt(order)
    tell(failure(first))
    second = shop.attempt(order)
    assert tell(notice(second)) == "00"
    assert tell(notice(first)) == "00"
    assert books() == [("bank", "payee", 30_000), ("bank", "returns", 30_000)]
    refund = Refund.objects.get()
    assert (refund.attempt, refund.amount, refund.state, refund.maker) == (first, 30_000, "proposed", None)


def test_money_for_a_closed_order_goes_back(shop: Shop) -> None:
    attempt = shop.attempt()
    assert services.close_order(order_id=attempt.order_id)
    assert tell(notice(attempt)) == "00"
    assert books() == [("bank", "returns", 30_000)]
    assert Refund.objects.get().amount == 30_000


def test_an_error_of_ours_is_99_and_rolls_everything_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    attempt = shop.attempt()

    def broken(**_of: object) -> None:
        raise RuntimeError("vnp_SecureHash=abc")

    with monkeypatch.context() as patch:
        patch.setattr("payments.accounts.post", broken)
        assert tell(notice(attempt)) == "99"
    assert state_of(attempt) == "pending"
    assert BankMessage.objects.get().verdict == ""
    assert "RuntimeError" in caplog.text
    assert "SecureHash" not in caplog.text
    assert tell(notice(attempt)) == "00"


def test_what_an_owner_refuses_is_proposed_for_refund(shop: Shop, owner: Owner) -> None:
    owner.refusal = "Hồ sơ đã rút."
    attempt = shop.attempt()
    tell(notice(attempt))
    line = attempt.order.lines.get()
    services.deliver_line(line_id=line.pk)
    services.deliver_line(line_id=line.pk)
    assert Refund.objects.get().reason == "Hồ sơ đã rút."


def test_the_bank_calls_the_address_without_session_or_token(shop: Shop) -> None:
    attempt = shop.attempt()
    bank = Client(enforce_csrf_checks=True, REMOTE_ADDR="198.51.100.7")
    answer = bank.get(f"/thanh-toan/ipn/?{notice(attempt)}")
    assert answer.status_code == 200
    assert answer.json() == {"RspCode": "00", "Message": "Confirm Success"}
    assert bank.post("/thanh-toan/ipn/").status_code == 405
    assert bank.get("/thanh-toan/ipn/").json()["RspCode"] == "99"


@pytest.mark.django_db(transaction=True)
def test_a_dead_worker_between_settlement_and_delivery_loses_nothing(shop: Shop, owner: Owner) -> None:
    owner.broken = True
    attempt = shop.attempt()
    tell(notice(attempt))
    perform_due_duties()
    assert owner.told == []
    owner.broken = False
    Duty.objects.update(next_attempt_at=attempt.created_at)
    perform_due_duties()
    assert len(owner.told) == 1
