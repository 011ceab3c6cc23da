"""VNPAY's messages, built and read; field names and orders from the documents of PAY 2.1.0.

Requests are mappings of strings, signed. What comes in keeps its raw values: the hash is taken over
exactly what was received, never over something cleaned or converted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl

from payments.gateways.base import GatewayError, Method, Notice, Outcome, Payment, Question, Refund, Trouble
from payments.gateways.vnpay import signature, wire
from payments.gateways.vnpay.fields import QUERY_REQUEST, REFUND_REQUEST

VERSION = "2.1.0"
CURRENCY = "VND"
LIFETIME = timedelta(minutes=15)
"""What VNPAY's samples give an attempt."""
LONGEST_QUERY = 8_192
MOST_PARAMETERS = 100

_METHODS = {Method.QR: "VNPAYQR", Method.DOMESTIC: "VNBANK", Method.INTERNATIONAL: "INTCARD"}
_LOCALES = {"vi": "vn", "en": "en"}
_BANK_CODE = re.compile(r"[A-Za-z0-9]{3,20}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_TRANSACTION = re.compile(r"[0-9]{1,15}")
_STATUSES = {
    "00": Outcome.PAID,
    "01": Outcome.PENDING,
    "02": Outcome.FAILED,
    "04": Outcome.HELD,
    "05": Outcome.REFUNDING,
    # the last step that VNPAY shows: the money is on its way to the citizen's bank
    "06": Outcome.REFUNDED,
    "07": Outcome.HELD,
    "08": Outcome.FAILED,
    "09": Outcome.REFUND_REFUSED,
}
_CREATED_BY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,244}")


@dataclass(frozen=True, slots=True)
class Terminal:
    """One payee's terminal: its code, its secret (never printed), the goods category of its payments."""

    code: str
    secret: str = field(repr=False)
    order_type: str = "other"

    def __post_init__(self) -> None:
        if re.fullmatch(r"[A-Za-z0-9_]{1,20}", self.code) is None:
            message = "a terminal code is letters and digits"
            raise GatewayError(message)
        if not self.secret or self.secret != self.secret.strip():
            # a trailing blank from copying makes every signature wrong, and VNPAY only says "70"
            message = f"the secret of terminal {self.code} is empty or has blanks around it"
            raise GatewayError(message)


def pay(terminal: Terminal, payment: Payment) -> dict[str, str]:
    """Build the payment request (section "Thanh toán PAY"), unsigned: signing makes the query string."""
    if payment.expires_at <= payment.created_at:
        message = "an attempt must expire after it began"
        raise GatewayError(message)
    bank = payment.bank_code or (_METHODS[payment.method] if payment.method else "")
    if bank and _BANK_CODE.fullmatch(bank) is None:
        message = "a bank code is 3 to 20 letters and digits"
        raise GatewayError(message)
    params = {
        "vnp_Version": VERSION,
        "vnp_Command": "pay",
        "vnp_TmnCode": terminal.code,
        "vnp_Amount": wire.to_wire(payment.amount),
        "vnp_CurrCode": CURRENCY,
        "vnp_CreateDate": wire.moment(payment.created_at),
        "vnp_ExpireDate": wire.moment(payment.expires_at),
        "vnp_IpAddr": wire.address(payment.customer_ip),
        "vnp_Locale": _LOCALES.get(payment.language, "vn"),
        "vnp_OrderInfo": wire.order_info(payment.description),
        "vnp_OrderType": terminal.order_type,
        "vnp_ReturnUrl": wire.return_url(payment.return_url),
        "vnp_TxnRef": wire.reference(payment.reference),
    }
    return {**params, "vnp_BankCode": bank} if bank else params


def question(terminal: Terminal, asked: Question, own_ip: str) -> dict[str, str]:
    """Build and sign a ``querydr`` request (section "Truy vấn giao dịch")."""
    params = {
        "vnp_RequestId": _request_id(asked.request_id),
        "vnp_Version": VERSION,
        "vnp_Command": "querydr",
        "vnp_TmnCode": terminal.code,
        "vnp_TxnRef": wire.reference(asked.reference),
        "vnp_OrderInfo": wire.order_info(asked.description),
        # of the attempt, not of the payment: VNPAY finds nothing otherwise
        "vnp_TransactionDate": wire.moment(asked.paid_for_at),
        "vnp_CreateDate": wire.moment(asked.asked_at),
        "vnp_IpAddr": wire.address(own_ip),
    }
    if asked.transaction:
        params["vnp_TransactionNo"] = _transaction(asked.transaction)  # not part of the hash
    return {**params, signature.HASH: signature.sign_fields(params, QUERY_REQUEST, terminal.secret)}


def refund(terminal: Terminal, order: Refund, own_ip: str) -> dict[str, str]:
    """Build and sign a ``refund`` request (section "Hoàn tiền")."""
    if _CREATED_BY.fullmatch(order.ordered_by) is None:
        message = "who orders a refund is told by a user name of ASCII letters and digits"
        raise GatewayError(message)
    params = {
        "vnp_RequestId": _request_id(order.request_id),
        "vnp_Version": VERSION,
        "vnp_Command": "refund",
        "vnp_TmnCode": terminal.code,
        "vnp_TransactionType": "02" if order.full else "03",
        "vnp_TxnRef": wire.reference(order.reference),
        "vnp_Amount": wire.to_wire(order.amount),
        "vnp_OrderInfo": wire.order_info(order.description),
        # said even when unknown: what is hashed is what is sent
        "vnp_TransactionNo": _transaction(order.transaction or "0"),
        "vnp_TransactionDate": wire.moment(order.paid_for_at),
        "vnp_CreateBy": order.ordered_by,
        "vnp_CreateDate": wire.moment(order.ordered_at),
        "vnp_IpAddr": wire.address(own_ip),
    }
    return {**params, signature.HASH: signature.sign_fields(params, REFUND_REQUEST, terminal.secret)}


def read_notice(terminal: Terminal, query: str) -> Notice:
    """Read an IPN or return query (sections "IPN URL", "Return URL") as it arrived, and verify it.

    New ``vnp_`` fields may appear at any time: everything received is signed over, nothing is required
    but what is used. Names without the prefix are ignored.
    """
    if not query:
        return Notice(Trouble.EMPTY)
    pairs = _pairs(query)
    if pairs is None:
        return Notice(Trouble.UNREADABLE)
    params = dict(pairs)
    raw = {name: value for name, value in params.items() if name != signature.HASH}
    if not params:
        return Notice(Trouble.EMPTY)
    if len(params) != len(pairs):
        return Notice(Trouble.REPEATED, raw=raw)
    if not signature.verify(params, terminal.secret):
        return Notice(Trouble.SIGNATURE, reference=params.get("vnp_TxnRef", ""), raw=raw)
    wrong_terminal = params.get("vnp_TmnCode") != terminal.code
    code, status = params.get("vnp_ResponseCode", ""), params.get("vnp_TransactionStatus", "")
    return Notice(
        trouble=Trouble.TERMINAL if wrong_terminal else None,
        reference=params.get("vnp_TxnRef", ""),
        amount=wire.from_wire(params.get("vnp_Amount", "")),
        outcome=Outcome.UNKNOWN if wrong_terminal else outcome_of_notice(code, status),
        code=code,
        status=status,
        transaction=params.get("vnp_TransactionNo", ""),
        bank=params.get("vnp_BankCode", ""),
        bank_transaction=params.get("vnp_BankTranNo", ""),
        card_type=params.get("vnp_CardType", ""),
        paid_at=wire.parse_moment(params.get("vnp_PayDate", "")),
        raw=raw,
    )


def terminal_named(query: str) -> str:
    """Say which terminal a query claims to be for, unverified: it chooses the secret to verify with."""
    return dict(_pairs(query) or []).get("vnp_TmnCode", "")


def outcome_of_notice(code: str, status: str) -> Outcome:
    """Success needs both codes; money that was taken under suspicion waits for a person."""
    if "07" in (code, status) or status == "04":
        return Outcome.HELD
    if code != "00":
        return Outcome.FAILED
    return outcome_of_status(status)


def outcome_of_status(status: str, kind: str = "01") -> Outcome:
    """Translate ``vnp_TransactionStatus``; a code that nobody knows decides nothing.

    ``kind`` is ``vnp_TransactionType``: 01 a payment, 02 and 03 a refund, whose "00" is no payment.
    """
    statuses = (
        _STATUSES if kind == "01" else {**_STATUSES, "00": Outcome.REFUNDED, "02": Outcome.REFUND_REFUSED}
    )
    return statuses.get(status, Outcome.UNKNOWN)


def _request_id(text: str) -> str:
    if _REQUEST_ID.fullmatch(text) is None:
        message = "a request id is 1 to 32 letters and digits"
        raise GatewayError(message)
    return text


def _transaction(text: str) -> str:
    if _TRANSACTION.fullmatch(text) is None:
        message = "a VNPAY transaction number is 1 to 15 digits"
        raise GatewayError(message)
    return text


def _pairs(query: str) -> list[tuple[str, str]] | None:
    if len(query) > LONGEST_QUERY:
        return None
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except ValueError:
        return None
    return [(name, value) for name, value in pairs if name.startswith(signature.PREFIX)]
