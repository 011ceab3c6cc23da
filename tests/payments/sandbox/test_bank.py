"""The sandbox bank behaves as VNPAY does, and as badly as it is told to."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from payments.gateways.base import Method, Outcome, Trouble
from payments.gateways.vnpay import messages, signature, wire
from payments.sandbox.bank import BANK_LIST_PATH, PAYMENT_PATH, Bank
from portal.common.clock import ZONE
from tests.payments.build import question, terminal
from tests.payments.sandbox.house import HOST, House, build
from tests.payments.sandbox.payee import listening_payee
from tests.payments.vectors import SECRET, TERMINAL


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with listening_payee() as payee:
        yield build(Bank(tmp_path / "bank.sqlite3", retry_seconds=0, refund_seconds=0), payee)


# --- paying


def test_a_card_pays_and_everybody_agrees(house: House) -> None:
    attempt = house.attempt("HS1-1")
    page = house.click(house.go(attempt), "card", number="9704198526191432198")
    page = house.click(page, "password", password="123456")
    seen, told, asked = house.returned(page), house.notices(), house.ask(attempt)
    assert seen.outcome is asked.outcome is Outcome.PAID
    assert [notice.outcome for notice in told] == [Outcome.PAID]
    assert {seen.amount, told[0].amount, asked.amount} == {30_000}
    assert seen.transaction == told[0].transaction == asked.transaction
    assert house.books()["notices"][0] | {"id": 1} == {
        "id": 1, "reference": "HS1-1", "attempts": 1, "done": 1, "last_answer": "00",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("9704198526191432198", "00"), ("9704195798459170488", "51"), ("9704192181368742", "09"),
        ("9704193370791314", "12"), ("9704194841945513", "99"), ("9704000000000018", "00"),
        ("9704310005819191", "00"), ("4456530000001005", "00"), ("4456530000001096", "00"),
        ("5200000000001005", "00"), ("5200000000001096", "00"), ("3337000000000008", "00"), ("3337000000200004", "00"),
    ],
)  # fmt: skip
def test_the_published_cards_have_their_outcomes(house: House, card: str, code: str) -> None:
    seen = house.pay("HS1-1", card)
    assert (seen.trouble, seen.code) == (None, code)
    assert (seen.outcome is Outcome.PAID) == (code == "00")


def test_qr_pays_and_may_lack_money(house: House) -> None:
    page = house.go(house.attempt("HS1-1", method=Method.QR))
    assert "Số thẻ" not in page.text
    seen = house.returned(house.click(page, "qr", outcome="00"))
    assert (seen.outcome, seen.bank, seen.card_type) == (Outcome.PAID, "VNPAYQR", "QRCODE")
    short = house.returned(house.click(house.go(house.attempt("HS1-2")), "qr", outcome="51"))
    assert (short.outcome, short.code) == (Outcome.FAILED, "51")


def test_cancelling_and_running_out_of_time(house: House) -> None:
    cancelled = house.returned(house.click(house.go(house.attempt("HS1-1")), "cancel"))
    expired = house.returned(house.click(house.go(house.attempt("HS1-2")), "expire"))
    assert (cancelled.code, cancelled.transaction, cancelled.bank) == ("24", "0", "VNPAY")
    assert expired.code == "11"
    assert [notice.outcome for notice in house.notices()] == [Outcome.FAILED, Outcome.FAILED]


def test_time_runs_out_by_itself(house: House) -> None:
    attempt = house.attempt("HS1-1")
    page = house.go(attempt)
    assert house.ask(attempt).outcome is Outcome.PENDING
    yesterday = wire.moment(datetime.now(ZONE) - timedelta(days=1))
    with house.bank.books.writing() as connection:
        connection.execute("UPDATE payment SET expire_date = ?", (yesterday,))
    assert house.ask(attempt).outcome is Outcome.FAILED
    assert house.returned(house.browser.get(page.url)).code == "11"


def test_wrong_numbers_and_passwords_can_be_mended(house: House) -> None:
    page = house.click(house.go(house.attempt("HS1-1")), "card", number="1234")
    assert "không có trong danh sách thẻ thử nghiệm" in page.text
    page = house.browser.get(page.url)
    assert "không có trong danh sách" not in page.text
    page = house.click(page, "card", number="9704198526191432198")
    for _ in range(2):
        page = house.click(page, "password", password="000000")
        assert "không đúng" in page.text
    assert house.returned(house.click(page, "password", password="000000")).code == "13"


def test_an_ended_payment_stays_as_it_ended(house: House) -> None:
    page = house.go(house.attempt("HS1-1"))
    assert house.returned(house.click(page, "qr", outcome="00")).outcome is Outcome.PAID
    for action in ("cancel", "expire", "qr"):
        assert house.returned(house.click(page, action, outcome="51")).outcome is Outcome.PAID
    assert len(house.notices()) == 1


def test_pages_follow_the_language_and_escape_what_they_show(house: House) -> None:
    page = house.go(house.attempt("HS1-1", language="en"))
    assert '<html lang="en">' in page.text
    assert "30.000 đ" in page.text
    assert not re.search(r"<script|style=|javascript:|data:", page.text)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


# --- refusing


def _error(house: House, url: str) -> tuple[int, str]:
    page = house.browser.get(url)
    found = re.search(r"<strong>(\d+)</strong>", page.text)
    return page.status_code, found[1] if found else ""


def test_badly_signed_requests_are_refused_with_the_right_code(house: House) -> None:
    url = house.gateway.start(house.attempt("HS1-1"))
    assert _error(house, url.replace("3000000", "3000100")) == (400, "70")
    assert _error(house, url[:-1]) == (400, "70")
    assert _error(house, f"{url}&vnp_TxnRef=HS1-1") == (400, "70")
    assert _error(house, url.replace("SOGDTEST", "NOBODY01")) == (400, "72")
    assert _error(house, f"{HOST}{PAYMENT_PATH}") == (400, "72")
    assert house.books()["payments"] == []


@pytest.mark.parametrize(
    "changes",
    [
        {"vnp_OrderInfo": "Nộp lệ phí"}, {"vnp_Amount": "3000050"}, {"vnp_Amount": "0"}, {"vnp_CurrCode": "USD"},
        {"vnp_Version": "2.0.1"}, {"vnp_ExpireDate": "2026"}, {"vnp_IpAddr": "::1"}, {"vnp_ReturnUrl": "/r"},
    ],
)  # fmt: skip
def test_wrong_forms_are_refused(house: House, changes: dict[str, str]) -> None:
    sent = dict(httpx.QueryParams(httpx.URL(house.gateway.start(house.attempt("HS1-1"))).query))
    query = signature.signed_query({**sent, **changes}, SECRET)
    assert _error(house, f"{HOST}{PAYMENT_PATH}?{query}") == (400, "03")


def test_expired_and_repeated_attempts_are_refused(house: House) -> None:
    old = datetime.now(ZONE) - timedelta(hours=1)
    late = house.attempt("HS1-1", created_at=old, expires_at=old + timedelta(minutes=15))
    assert _error(house, house.gateway.start(late)) == (400, "15")
    attempt = house.attempt("HS1-2")
    page = house.go(attempt)
    assert house.go(attempt).url == page.url, "a reload leads to the same payment"
    house.click(page, "cancel")
    assert _error(house, house.gateway.start(attempt)) == (400, "01")
    assert _error(house, house.gateway.start(replace(attempt, amount=40_000))) == (400, "01")


def test_unknown_pages_and_tokens(house: House) -> None:
    assert house.browser.get(f"{HOST}/nowhere").status_code == 404
    assert house.browser.get(f"{HOST}/pay/{'x' * 32}").status_code == 400
    assert house.browser.post(f"{HOST}/sandbox/api/faults", content=b"x" * 70_000).status_code == 413


# --- being told


def test_the_bank_calls_again_until_it_is_understood(house: House) -> None:
    house.payee.answers = ['{"RspCode": "99"}', '{"RspCode": "97"}', "<html>", '{"RspCode": "02"}']
    house.pay("HS1-1")
    for _ in range(6):
        house.bank.sender.send_due()
    assert len(house.payee.told) == 4
    assert len(set(house.payee.told)) == 1
    assert house.books()["notices"][0]["done"] == 1


def test_the_bank_gives_up_after_ten_calls(house: House) -> None:
    house.payee.answers = ['{"RspCode": "01"}']
    house.pay("HS1-1")
    for _ in range(15):
        house.bank.sender.send_due()
    assert len(house.payee.told) == 10


def test_what_was_not_told_before_an_end_is_told_after_the_next_start(house: House, tmp_path: Path) -> None:
    house.pay("HS1-1")
    again = Bank(tmp_path / "bank.sqlite3")
    assert again.sender.send_due() == 1
    assert house.gateway.read(house.payee.told[0]).outcome is Outcome.PAID


def test_a_notice_can_be_ordered_again(house: House) -> None:
    house.pay("HS1-1")
    house.notices()
    assert house.browser.post(f"{HOST}/sandbox/api/notices/HS1-1").json() == {"notices": 1}
    assert len(house.notices()) == 2


# --- faults


def test_a_lost_notice_is_never_sent_but_a_question_tells(house: House) -> None:
    house.fault("lose")
    attempt = house.attempt("HS1-1")
    page = house.click(house.go(attempt), "qr", outcome="00")
    assert house.returned(page).outcome is Outcome.PAID
    assert house.notices() == []
    assert house.ask(attempt).outcome is Outcome.PAID


def test_a_delayed_notice_comes_later(house: House) -> None:
    house.fault("delay", seconds=60)
    house.pay("HS1-1")
    assert house.notices() == []
    with house.bank.books.writing() as connection:
        connection.execute("UPDATE notice SET next_at = next_at - 60")
    assert [notice.outcome for notice in house.notices()] == [Outcome.PAID]


def test_repeated_and_reordered_notices(house: House) -> None:
    house.fault("repeat", reference="HS1-1")
    house.fault("reorder", reference="HS1-2")
    for reference in ("HS1-2", "HS1-1"):
        house.pay(reference)
    house.bank.sender.send_due()
    assert [notice.reference for notice in house.notices()] == ["HS1-1", "HS1-1", "HS1-2"]


def test_a_forged_notice_is_seen_through(house: House) -> None:
    house.fault("forge")
    house.pay("HS1-1", "9704195798459170488")
    assert [(notice.trouble, notice.outcome) for notice in house.notices()] == [
        (Trouble.SIGNATURE, Outcome.UNKNOWN),
        (None, Outcome.FAILED),
    ]


def test_a_changed_amount_and_a_suspected_payment(house: House) -> None:
    house.fault("amount", reference="HS1-1")
    house.fault("suspect", reference="HS1-2")
    assert house.pay("HS1-1").amount == 30_000
    assert house.pay("HS1-2").outcome is Outcome.HELD
    told = {notice.reference: notice for notice in house.notices()}
    assert told["HS1-1"].amount == 30_001
    assert (told["HS1-2"].outcome, told["HS1-2"].code) == (Outcome.HELD, "07")


@pytest.mark.parametrize("kind", ["error", "unsigned"])
def test_answers_that_fail_are_unknown_once(house: House, kind: str) -> None:
    attempt = house.attempt("HS1-1")
    house.click(house.go(attempt), "qr", outcome="00")
    house.fault(kind)
    assert house.ask(attempt).outcome is Outcome.UNKNOWN
    assert house.ask(attempt).outcome is Outcome.PAID


def test_a_slow_answer_comes(house: House) -> None:
    attempt = house.attempt("HS1-1")
    house.click(house.go(attempt), "qr", outcome="00")
    house.fault("slow", seconds=0.2)
    began = datetime.now(ZONE)
    assert house.ask(attempt).outcome is Outcome.PAID
    assert datetime.now(ZONE) - began >= timedelta(seconds=0.2)


@pytest.mark.parametrize(
    "order", [{"kind": "fire"}, {}, {"kind": "lose", "times": 0.1}, {"kind": "slow", "seconds": -1}]
)
def test_faults_that_nobody_knows_are_refused(house: House, order: dict[str, object]) -> None:
    assert house.browser.post(f"{HOST}/sandbox/api/faults", json=order).status_code == 400


def test_faults_can_be_ordered_from_the_page_and_forgotten(house: House) -> None:
    page = house.browser.post(f"{HOST}/sandbox/faults", data={"kind": "lose", "times": "2", "seconds": ""})
    assert "Đang chờ xảy ra" in page.text
    house.browser.delete(f"{HOST}/sandbox/api/faults")
    house.pay("HS1-1")
    assert len(house.notices()) == 1
    assert "HS1-1" in house.browser.get(f"{HOST}/").text


# --- refunds and books


def test_a_full_refund(house: House) -> None:
    attempt = house.attempt("HS1-1")
    house.click(house.go(attempt), "qr", outcome="00")
    ordered = house.give_back(attempt, 30_000, full=True)
    assert (ordered.outcome, ordered.amount) == (Outcome.REFUNDING, 30_000)
    assert house.ask(attempt).outcome is Outcome.REFUNDED
    assert house.give_back(attempt, 30_000, full=True).code == "04"


def test_partial_refunds_never_exceed_the_payment(house: House) -> None:
    attempt = house.attempt("HS1-1")
    house.click(house.go(attempt), "qr", outcome="00")
    codes = [
        house.give_back(attempt, amount, full=False).code for amount in (10_000, 15_000, 10_000, 5_000, 1)
    ]
    assert codes == ["00", "00", "93", "00", "93"]
    assert sum(row["amount"] for row in house.books()["refunds"]) == 30_000


def test_what_was_never_paid_is_never_given_back(house: House) -> None:
    attempt = house.attempt("HS1-1")
    assert house.give_back(attempt, 30_000, full=True).code == "91"
    house.click(house.go(attempt), "cancel")
    assert house.give_back(attempt, 30_000, full=True).code == "95"
    assert house.ask(house.attempt("HS9-9")).outcome is Outcome.NOT_FOUND


def test_the_merchant_interface_refuses_what_is_badly_signed_or_repeated(house: House) -> None:
    address = f"{HOST}/merchant_webapi/api/transaction"
    message = messages.question(terminal(), question(), "203.0.113.5")

    def code(body: object) -> object:
        return house.browser.post(address, json=body).json()["vnp_ResponseCode"]

    assert code({**message, "vnp_TxnRef": "HS2"}) == "97"
    assert code({**message, "vnp_TmnCode": "NOBODY01"}) == "02"
    assert code([]) == code({}) == code({"vnp_Command": "pay"}) == "03"
    assert code(message) == "91"
    assert code(message) == "94"


def test_the_settlement_file_says_what_was_taken_and_given_back(house: House) -> None:
    attempt = house.attempt("HS1-1")
    house.click(house.go(attempt), "qr", outcome="00")
    house.pay("HS1-2", "9704195798459170488")
    house.give_back(attempt, 10_000, full=False)
    day = wire.moment(datetime.now(ZONE))[:8]
    text = house.browser.get(f"{HOST}/settlement/{TERMINAL}/{day}.csv").text
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(line["reference"], line["kind"], line["amount"]) for line in lines] == [
        ("HS1-1", "payment", "30000"),
        ("HS1-1", "refund", "-10000"),
    ]


def test_the_books_show_neither_secrets_nor_cards(house: House) -> None:
    page = house.click(house.go(house.attempt("HS1-1")), "card", number="9704198526191432198")
    shown = house.browser.get(f"{HOST}/sandbox/api/books").text + house.browser.get(f"{HOST}/sandbox/").text
    assert SECRET not in shown
    assert "9704198526191432198" not in shown
    assert page.url.path.split("/")[2] not in shown


def test_the_bank_list(house: House) -> None:
    assert "NCB" in {bank.code for bank in house.gateway.banks()}
    assert house.browser.post(f"{HOST}{BANK_LIST_PATH}").status_code == 200
