"""The merchant interface: querydr, refund, bank list, settlement file."""

from __future__ import annotations

import csv
import io
import json
import secrets
import sqlite3
import time
from collections.abc import Mapping
from typing import Any

from payments.gateways.vnpay import fields, signature, wire
from payments.sandbox import cards, faults, notices
from payments.sandbox.books import Books, Row, rows
from payments.sandbox.counter import now
from payments.sandbox.faults import Fault

_ORDERS = {
    "querydr": (fields.QUERY_REQUEST, fields.QUERY_ANSWER),
    "refund": (fields.REFUND_REQUEST, fields.REFUND_ANSWER),
}
_FULL, _PARTIAL = "02", "03"


class BrokenOnPurposeError(Exception):
    """Somebody ordered an error 500."""


def answer(books: Books, body: bytes, refund_seconds: float) -> dict[str, str]:
    """Answer a querydr or refund message; sleeps, breaks or forgets to sign when told to."""
    message = _read(body)
    orders = _ORDERS.get(message.get("vnp_Command", ""))
    terminal = books.row("SELECT * FROM terminal WHERE code = ?", message.get("vnp_TmnCode", ""))
    if orders is None:
        return _unsigned("03", "Invalid data format")
    if terminal is None:
        return _unsigned("02", "Invalid TmnCode")
    if not signature.verify_fields(message, orders[0], terminal["secret"]):
        return _unsigned("97", "Invalid checksum")
    with books.writing() as connection:
        slow = faults.take(connection, Fault.SLOW, message.get("vnp_TxnRef", ""))
        broken = faults.take(connection, Fault.ERROR, message.get("vnp_TxnRef", "")) is not None
        unsigned = faults.take(connection, Fault.UNSIGNED, message.get("vnp_TxnRef", "")) is not None
        # an answer that is lost on its way back was still given: what was ordered has been done
        said = _handle(connection, message, refund_seconds)
    if slow is not None:
        time.sleep(slow)
    if broken:
        raise BrokenOnPurposeError
    return (
        said
        if unsigned
        else {**said, signature.HASH: signature.sign_fields(said, orders[1], terminal["secret"])}
    )


def bank_list() -> list[dict[str, Any]]:
    """List the banks as VNPAY does."""
    return [
        {"bank_code": code, "bank_name": name, "logo_link": "", "bank_type": kind, "display_order": place}
        for place, (code, name, kind) in enumerate(cards.BANKS, 1)
    ]


def settlement(books: Books, terminal: str, day: str) -> str:
    """Give a day's settlement file as CSV: what was taken and given back, in whole đồng."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow(["terminal", "reference", "transaction", "kind", "amount", "moment", "bank", "status"])
    for paid in books.rows(
        "SELECT * FROM payment WHERE terminal = ? AND substr(pay_date, 1, 8) = ? AND state IN ('paid', 'held')"
        " ORDER BY id",
        terminal,
        day,
    ):
        lines.writerow(
            [terminal, paid["reference"], notices.transaction(paid), "payment", paid["amount"], paid["pay_date"],
             paid["bank"], paid["status"]]
        )  # fmt: skip
    for back in books.rows(
        "SELECT refund.*, payment.reference, payment.bank FROM refund JOIN payment ON payment.id = refund.payment"
        " WHERE terminal = ? AND substr(ordered_at, 1, 8) = ? ORDER BY refund.id",
        terminal,
        day,
    ):
        lines.writerow(
            [terminal, back["reference"], _refund_number(back), "refund", -back["amount"], back["ordered_at"],
             back["bank"], _refund_status(back)]
        )  # fmt: skip
    return out.getvalue()


def _read(body: bytes) -> dict[str, str]:
    try:
        message = json.loads(body, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(message, dict):
        return {}
    return {name: value for name, value in message.items() if isinstance(value, str)}


def _handle(
    connection: sqlite3.Connection, message: Mapping[str, str], refund_seconds: float
) -> dict[str, str]:
    asked = (
        message["vnp_TmnCode"],
        message.get("vnp_CreateDate", "")[:8],
        message.get("vnp_RequestId", ""),
    )
    fresh = connection.execute(
        "INSERT OR IGNORE INTO request (terminal, day, request_id) VALUES (?, ?, ?)", asked
    )
    if fresh.rowcount != 1:
        return _said(message, "94", "Duplicate request")
    found = rows(
        connection,
        "SELECT * FROM payment WHERE terminal = ? AND reference = ? AND create_date = ?",
        message["vnp_TmnCode"],
        message.get("vnp_TxnRef", ""),
        message.get("vnp_TransactionDate", ""),
    )
    if not found:
        return _said(message, "91", "Transaction not found")
    given_back = rows(connection, "SELECT * FROM refund WHERE payment = ? ORDER BY id", found[0]["id"])
    if message["vnp_Command"] == "querydr":
        return _told(message, found[0], given_back)
    return _refund(connection, message, found[0], given_back, refund_seconds)


def _told(message: Mapping[str, str], payment: Row, given_back: list[Row]) -> dict[str, str]:
    """Tell a payment as it stands; once money went back, its latest refund."""
    if given_back:
        return {**_said(message, "00", "QueryDR Success"), **_refund_facts(payment, given_back[-1])}
    expired = payment["state"] == "open" and payment["expire_date"] <= wire.moment(now())
    facts = {
        "vnp_Amount": str(payment["amount"] * 100),
        "vnp_BankCode": payment["bank"] if payment["state"] != "open" else "",
        "vnp_PayDate": payment["pay_date"],
        "vnp_TransactionNo": notices.transaction(payment),
        "vnp_TransactionType": "01",
        "vnp_TransactionStatus": "02" if expired else payment["status"],
        "vnp_OrderInfo": payment["info"],
        "vnp_PromotionCode": "",
        "vnp_PromotionAmount": "",
    }
    return {**_said(message, "00", "QueryDR Success"), **facts}


def _refund(
    connection: sqlite3.Connection,
    message: Mapping[str, str],
    payment: Row,
    given_back: list[Row],
    seconds: float,
) -> dict[str, str]:
    amount, kind = wire.from_wire(message.get("vnp_Amount", "")), message.get("vnp_TransactionType", "")
    before = sum(refund["amount"] for refund in given_back)
    if not amount or kind not in (_FULL, _PARTIAL):
        return _said(message, "03", "Invalid data format")
    if payment["state"] != "paid":
        return _said(message, "95", "Original payment not successful")
    if kind == _FULL and before:
        return _said(message, "04", "Full refund not allowed after a partial one")
    if before + amount > payment["amount"] or (kind == _FULL and amount != payment["amount"]):
        return _said(message, "93", "Refund amount must not exceed the payment")
    moment = wire.moment(now())
    connection.execute(
        "INSERT INTO refund (payment, kind, amount, ordered_by, ordered_at, done_at) VALUES (?, ?, ?, ?, ?, ?)",
        (payment["id"], kind, amount, message.get("vnp_CreateBy", ""), moment, time.time() + seconds),
    )
    made = rows(
        connection, "SELECT * FROM refund WHERE payment = ? ORDER BY id DESC LIMIT 1", payment["id"]
    )[0]
    said = {**_said(message, "00", "Refund Success"), **_refund_facts(payment, made)}
    return {**said, "vnp_OrderInfo": message.get("vnp_OrderInfo", "")}


def _refund_facts(payment: Row, refund: Row) -> dict[str, str]:
    return {
        "vnp_Amount": str(refund["amount"] * 100),
        "vnp_BankCode": payment["bank"],
        "vnp_PayDate": refund["ordered_at"],
        "vnp_TransactionNo": _refund_number(refund),
        "vnp_TransactionType": refund["kind"],
        "vnp_TransactionStatus": _refund_status(refund),
        "vnp_OrderInfo": payment["info"],
    }


def _refund_number(refund: Row) -> str:
    return str(24_000_000 + refund["id"])


def _refund_status(refund: Row) -> str:
    return "06" if refund["done_at"] <= time.time() else "05"


def _said(message: Mapping[str, str], code: str, words: str) -> dict[str, str]:
    return {
        "vnp_ResponseId": secrets.token_hex(16),
        "vnp_Command": message["vnp_Command"],
        "vnp_ResponseCode": code,
        "vnp_Message": words,
        "vnp_TmnCode": message["vnp_TmnCode"],
        "vnp_TxnRef": message.get("vnp_TxnRef", ""),
    }


def _unsigned(code: str, words: str) -> dict[str, str]:
    return {"vnp_ResponseId": secrets.token_hex(16), "vnp_ResponseCode": code, "vnp_Message": words}
