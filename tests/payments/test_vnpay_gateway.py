"""VNPAY behind the small interface: what is sent, what is believed, what is not."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.gateways.base import Gateway, GatewayError, Method, Outcome, PaymentOffError, Trouble, Verdict
from payments.gateways.null import NullGateway
from payments.gateways.vnpay import codes, fields, messages, signature
from payments.gateways.vnpay.client import NoAnswerError
from payments.gateways.vnpay.messages import Terminal
from tests.payments.bank import LoopbackBank, Reply, loopback_bank
from tests.payments.build import EIGHT, gateway, payment, question, refund
from tests.payments.vectors import PIPED, QUERIES, SECRET

GATEWAYS: list[Gateway] = [gateway(), NullGateway()]


@pytest.fixture
def bank() -> Iterator[LoopbackBank]:
    with loopback_bank() as server:
        yield server


def notice(**changes: str) -> str:
    params = {
        "vnp_Amount": "3000000", "vnp_BankCode": "NCB", "vnp_OrderInfo": "Nop le phi",
        "vnp_PayDate": "20261122080312", "vnp_ResponseCode": "00", "vnp_TmnCode": "SOGDTEST",
        "vnp_TransactionNo": "14422574", "vnp_TransactionStatus": "00", "vnp_TxnRef": "HS000001", **changes,
    }  # fmt: skip
    return signature.signed_query(params, SECRET)


def answer(name: str = "12", **changes: Any) -> bytes:
    vector = next(text for key, (text, _) in PIPED.items() if key.startswith(name))
    order = fields.QUERY_ANSWER if name == "12" else fields.REFUND_ANSWER
    values = {**dict(zip(order, vector.split("|"), strict=True)), **changes}
    as_text = {key: "" if value is None else str(value) for key, value in values.items()}
    return json.dumps({**values, "vnp_SecureHash": signature.sign_fields(as_text, order, SECRET)}).encode()


# --- the payment page


def test_the_redirect_equals_the_vector() -> None:
    described = payment(
        description="Nộp lệ phí cấp bản sao bằng tốt nghiệp THPT hồ sơ 000.00.05.H38-261122-0001"
    )
    _, query, expected = QUERIES["1 ordinary fee"]
    url = gateway("https://sandbox.vnpayment.vn").start(described)
    assert url == f"https://sandbox.vnpayment.vn/paymentv2/vpcpay.html?{query}&vnp_SecureHash={expected}"


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"language": "en"}, "vnp_Locale", "en"),
        ({"language": "vi"}, "vnp_Locale", "vn"),
        ({"method": Method.QR}, "vnp_BankCode", "VNPAYQR"),
        ({"method": Method.DOMESTIC}, "vnp_BankCode", "VNBANK"),
        ({"method": Method.INTERNATIONAL}, "vnp_BankCode", "INTCARD"),
        ({"bank_code": "NCB"}, "vnp_BankCode", "NCB"),
        ({"customer_ip": "2001:db8::1"}, "vnp_IpAddr", "2001:db8::1"),
        ({"expires_at": EIGHT + timedelta(hours=16)}, "vnp_ExpireDate", "20261123000000"),
    ],
)
def test_what_a_payment_may_ask_for(changes: dict[str, Any], field: str, value: str) -> None:
    sent = parse_qs(urlsplit(gateway().start(payment(**changes))).query)
    assert sent[field] == [value]
    assert "vnp_SecureHashType" not in sent


def test_the_customer_chooses_unless_told_otherwise() -> None:
    assert "vnp_BankCode" not in gateway().start(payment())


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": -1}, {"amount": 0}, {"amount": 0.5}, {"expires_at": EIGHT}, {"reference": "a|b"},
        {"description": "???"}, {"customer_ip": "1.2.3.4, 5.6.7.8"}, {"bank_code": "N C B"},
        {"return_url": "javascript:alert(1)"}, {"created_at": EIGHT.replace(tzinfo=None), "expires_at": EIGHT.replace(tzinfo=None, hour=9)},
    ],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_before_anybody_is_redirected(changes: dict[str, Any]) -> None:
    with pytest.raises(GatewayError):
        gateway().start(payment(**changes))


@pytest.mark.parametrize("secret", ["", " x", "x\n"])
def test_a_secret_with_blanks_is_refused_at_once(secret: str) -> None:
    with pytest.raises(GatewayError):
        Terminal("SOGDTEST", secret)


def test_a_secret_is_never_printed() -> None:
    assert SECRET not in repr(Terminal("SOGDTEST", SECRET))


# --- notices and the way back


def test_a_notice_of_success() -> None:
    _, query, given_hash = QUERIES["7 IPN success"]
    read = gateway().read(f"{query}&vnp_SecureHash={given_hash}&utm_source=mail")
    assert (read.trouble, read.outcome, read.amount, read.reference) == (
        None,
        Outcome.PAID,
        30_000,
        "HS000001",
    )
    assert read.paid_at == EIGHT + timedelta(minutes=3, seconds=12)
    assert (read.bank, read.bank_transaction, read.card_type) == ("NCB", "VNP14422574", "ATM")
    assert "vnp_SecureHash" not in read.raw
    assert "utm_source" not in read.raw


def test_a_notice_of_a_cancelled_payment() -> None:
    _, query, given_hash = QUERIES["8 IPN cancelled"]
    read = gateway().read(f"{query}&vnp_SecureHash={given_hash}")
    assert (read.trouble, read.outcome, read.transaction) == (None, Outcome.FAILED, "0")
    assert codes.sentence(codes.Kind.PAYMENT, read.code) == "Anh/chị đã hủy thanh toán."


@pytest.mark.parametrize(
    ("code", "status", "outcome"),
    [
        ("00", "00", Outcome.PAID), ("00", "01", Outcome.PENDING), ("00", "02", Outcome.FAILED),
        ("24", "00", Outcome.FAILED), ("07", "00", Outcome.HELD), ("00", "07", Outcome.HELD),
        ("00", "04", Outcome.HELD), ("00", "", Outcome.UNKNOWN), ("", "00", Outcome.FAILED),
        ("00", "77", Outcome.UNKNOWN), ("99", "02", Outcome.FAILED),
    ],
)  # fmt: skip
def test_success_needs_both_codes_and_suspicion_waits(code: str, status: str, outcome: Outcome) -> None:
    read = gateway().read(notice(vnp_ResponseCode=code, vnp_TransactionStatus=status))
    assert (read.trouble, read.outcome) == (None, outcome)


def test_new_fields_are_signed_over_and_do_not_disturb() -> None:
    assert gateway().read(notice(vnp_Newest="x", vnp_Another="Đ ~*!'()")).outcome is Outcome.PAID


@pytest.mark.parametrize("amount", ["-3000000", "30000.00", "3000050", "1e9", "", "9" * 13])
def test_amounts_that_are_no_whole_dong_equal_no_order(amount: str) -> None:
    assert gateway().read(notice(vnp_Amount=amount)).amount is None


@pytest.mark.parametrize(
    ("query", "trouble"),
    [
        ("", Trouble.EMPTY),
        ("utm_source=mail", Trouble.EMPTY),
        (urlencode({"vnp_TxnRef": "HS000001", "vnp_ResponseCode": "00"}), Trouble.SIGNATURE),
        (notice().replace("3000000", "3000100"), Trouble.SIGNATURE),
        (notice()[:-1], Trouble.SIGNATURE),
        (notice() + "&vnp_TxnRef=HS000001", Trouble.REPEATED),
        (notice() + "&vnp_SecureHash=" + "0" * 128, Trouble.REPEATED),
        (notice() + "&vnp_X=" + "x" * 9_000, Trouble.UNREADABLE),
        (notice() + "&a=1" * 200, Trouble.UNREADABLE),
        (notice() + "&vnp_X=%FF", Trouble.UNREADABLE),
        (notice(vnp_TmnCode="OTHER001"), Trouble.TERMINAL),
    ],
)
def test_what_cannot_be_believed(query: str, trouble: Trouble) -> None:
    read = gateway().read(query)
    assert (read.trouble, read.outcome) == (trouble, Outcome.UNKNOWN)


def test_decomposed_text_is_verified_as_it_came() -> None:
    assert gateway().read(notice(vnp_OrderInfo="Nộp lệ phi\u0301")).trouble is None


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: "vnp_TxnRef=" + data.hex("%")))
def test_no_query_is_an_error(query: str) -> None:
    assert gateway().read(query).trouble is not None
    assert isinstance(messages.terminal_named(query), str)


wire_values = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.dictionaries(st.from_regex(r"vnp_[A-Z][a-z]{0,9}", fullmatch=True), wire_values, max_size=5))
def test_whatever_the_bank_adds_is_read_back(more: dict[str, str]) -> None:
    changes = {name: value for name, value in more.items() if name not in ("vnp_TmnCode", signature.HASH)}
    read = gateway().read(notice(**changes))
    assert read.trouble is None
    assert {name: read.raw[name] for name, value in changes.items() if value} == {
        name: value for name, value in changes.items() if value
    }


def test_the_terminal_is_named_before_anything_is_verified() -> None:
    assert messages.terminal_named(notice(vnp_TmnCode="TERM0002")) == "TERM0002"
    assert messages.terminal_named("") == ""


@pytest.mark.parametrize(
    ("verdict", "code"),
    [
        (Verdict.RECORDED, "00"), (Verdict.ALREADY_RECORDED, "02"), (Verdict.UNKNOWN_ORDER, "01"),
        (Verdict.WRONG_AMOUNT, "04"), (Verdict.BAD_SIGNATURE, "97"), (Verdict.ERROR, "99"),
    ],
)  # fmt: skip
def test_every_verdict_has_the_documented_code(verdict: Verdict, code: str) -> None:
    assert gateway().reply(verdict)["RspCode"] == code


# --- questions and refunds


@pytest.mark.parametrize(
    ("vector", "sent"),
    [
        ("9", lambda: messages.question(Terminal("SOGDTEST", SECRET), question(), "203.0.113.5")),
        ("10", lambda: messages.refund(Terminal("SOGDTEST", SECRET), refund(), "203.0.113.5")),
        (
            "11",
            lambda: messages.refund(
                Terminal("SOGDTEST", SECRET),
                refund(
                    amount=10_000,
                    full=False,
                    transaction="",
                    description="Hoàn một phần",
                    request_id="REQ0000000003",
                ),
                "203.0.113.5",
            ),
        ),
    ],
)
def test_requests_equal_the_vectors(vector: str, sent: Any) -> None:
    expected = next(digest for name, (_, digest) in PIPED.items() if name.startswith(vector))
    assert sent()["vnp_SecureHash"] == expected


def test_a_partial_refund_says_zero_where_the_transaction_is_unknown(bank: LoopbackBank) -> None:
    gateway(bank.host).give_back(refund(transaction="", full=False))
    sent = json.loads(bank.bodies[0])
    assert (sent["vnp_TransactionNo"], sent["vnp_TransactionType"]) == ("0", "03")


@pytest.mark.parametrize(
    "changes", [{"ordered_by": "Nguyễn"}, {"ordered_by": ""}, {"transaction": "x"}, {"request_id": "a b"}]
)
def test_refunds_that_cannot_be_sent(changes: dict[str, str]) -> None:
    with pytest.raises(GatewayError):
        gateway().give_back(refund(**changes))


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PAID),
        ({"vnp_TransactionStatus": "01"}, Outcome.PENDING),
        ({"vnp_TransactionStatus": "02"}, Outcome.FAILED),
        ({"vnp_TransactionStatus": "07"}, Outcome.HELD),
        ({"vnp_TransactionStatus": "05", "vnp_TransactionType": "02"}, Outcome.REFUNDING),
        ({"vnp_TransactionStatus": "00", "vnp_TransactionType": "02"}, Outcome.REFUNDED),
        ({"vnp_TransactionStatus": "09", "vnp_TransactionType": "03"}, Outcome.REFUND_REFUSED),
        ({"vnp_TransactionStatus": "??"}, Outcome.UNKNOWN),
        ({"vnp_ResponseCode": "91"}, Outcome.NOT_FOUND),
        ({"vnp_ResponseCode": "99"}, Outcome.UNKNOWN),
        ({"vnp_TxnRef": "HS000002"}, Outcome.UNKNOWN),
        ({"vnp_TmnCode": "OTHER001"}, Outcome.UNKNOWN),
        ({"vnp_Command": "refund"}, Outcome.UNKNOWN),
        ({"vnp_Message": "QueryDR|Success"}, Outcome.UNKNOWN),
    ],
)
def test_answers_to_questions(bank: LoopbackBank, changes: dict[str, str], outcome: Outcome) -> None:
    bank.answer = lambda _body: Reply(answer("12", **changes))
    got = gateway(bank.host).ask(question())
    assert got.outcome is outcome
    assert bool(got.problem) == (
        outcome is Outcome.UNKNOWN and changes.get("vnp_TransactionStatus") != "??"
    )


def test_numbers_are_hashed_as_their_text_and_only_then_converted(bank: LoopbackBank) -> None:
    bank.answer = lambda _body: Reply(
        answer("12", vnp_Amount=3_000_000, vnp_TransactionNo=14422574, vnp_PromotionCode=None)
    )
    got = gateway(bank.host).ask(question())
    assert (got.outcome, got.amount, got.transaction) == (Outcome.PAID, 30_000, "14422574")
    assert got.paid_at == EIGHT + timedelta(minutes=3, seconds=12)


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.REFUNDING),
        ({"vnp_ResponseCode": "94"}, Outcome.UNKNOWN),
        ({"vnp_ResponseCode": "98"}, Outcome.UNKNOWN),
        ({"vnp_ResponseCode": "95"}, Outcome.REFUND_REFUSED),
        ({"vnp_ResponseCode": "93"}, Outcome.REFUND_REFUSED),
    ],
)
def test_answers_to_refunds(bank: LoopbackBank, changes: dict[str, str], outcome: Outcome) -> None:
    bank.answer = lambda _body: Reply(answer("13", **changes))
    assert gateway(bank.host).give_back(refund()).outcome is outcome


def _unsigned(**changes: Any) -> bytes:
    values = json.loads(answer("12", **changes))
    return json.dumps({name: value for name, value in values.items() if name != "vnp_SecureHash"}).encode()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(_unsigned()),
        Reply(_unsigned(vnp_ResponseCode="91")),
        Reply(json.dumps({"vnp_ResponseCode": "97", "vnp_Message": "Invalid Checksum"}).encode()),
        Reply(answer("12").replace(b"3000000", b"9000000")),
        Reply(answer("12"), 500),
        Reply(answer("12"), 302, (("Location", "/elsewhere"),)),
        Reply(b""),
        Reply(b"<html>"),
        Reply(b"[]"),
        Reply(b"[" * 50_000),
        Reply(b'{"vnp_ResponseCode": {"a": 1}}'),
        Reply(b'{"vnp_Amount": 1, "vnp_Amount": 2}'),
        Reply(b'{"a": "' + b"x" * 70_000 + b'"}'),
        Reply(b"\xff\xfe\x00"),
    ],
)
def test_answers_that_prove_nothing_are_unknown(bank: LoopbackBank, reply: Reply) -> None:
    bank.answer = lambda _body: reply
    got = gateway(bank.host).ask(question())
    assert got.outcome is Outcome.UNKNOWN
    assert got.problem
    assert SECRET not in got.problem


def test_silence_is_unknown() -> None:
    got = gateway("http://127.0.0.1:1").give_back(refund())
    assert (got.outcome, got.problem) == (Outcome.UNKNOWN, "ConnectError")


def test_the_bank_list(bank: LoopbackBank) -> None:
    rows: list[Mapping[str, Any]] = [
        {"bank_code": "NCB", "bank_name": "Ngân hàng Quốc Dân", "bank_type": 1, "display_order": 1}
    ]
    bank.answer = lambda _body: Reply(json.dumps(rows).encode())
    assert gateway(bank.host).banks() == [("NCB", "Ngân hàng Quốc Dân", "1")]
    assert bank.bodies == [b"tmn_code=SOGDTEST"]
    bank.answer = lambda _body: Reply(b"{}")
    with pytest.raises(NoAnswerError):
        gateway(bank.host).banks()


# --- all gateways, all codes


@pytest.mark.parametrize("way", GATEWAYS, ids=lambda way: way.name)
def test_no_gateway_believes_what_it_cannot_verify(way: Gateway) -> None:
    assert way.read("").trouble is Trouble.EMPTY
    assert way.read("vnp_TxnRef=1").trouble is Trouble.SIGNATURE
    assert way.ask(question()).outcome is Outcome.UNKNOWN
    assert way.give_back(refund()).outcome is Outcome.UNKNOWN
    assert all(way.reply(verdict) for verdict in Verdict)


def test_the_null_gateway_says_where_to_pay() -> None:
    with pytest.raises(PaymentOffError, match="một cửa"):
        NullGateway().start(payment())


@pytest.mark.parametrize("kind", codes.Kind)
def test_every_code_is_told_in_both_languages(kind: codes.Kind) -> None:
    for code in [*codes.TABLES[kind], "55", ""]:
        vietnamese, english = codes.sentence(kind, code), codes.sentence(kind, code, "en")
        assert vietnamese.endswith(".")
        assert english.endswith(".")
        assert english.isascii()
        assert vietnamese != english


def test_the_documented_codes_are_all_there() -> None:
    documented = {
        codes.Kind.PAYMENT: "00 07 09 10 11 12 13 24 51 65 75 79 99 01 02 03 04 05 06 08",
        codes.Kind.STATUS: "00 01 02 04 05 06 07 09 08",
        codes.Kind.QUERY: "00 02 03 91 94 97 99",
        codes.Kind.REFUND: "00 02 03 04 13 91 93 94 95 97 98 99",
        codes.Kind.PAGE: "70 03 15 71 72",
        codes.Kind.REPLY: "00 02 01 04 97 99 03",
    }
    assert {kind: set(table) for kind, table in codes.TABLES.items()} == {
        kind: set(listed.split()) for kind, listed in documented.items()
    }
