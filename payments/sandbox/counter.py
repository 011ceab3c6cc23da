"""What happens at the bank between the citizen's arrival and the way back."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from datetime import datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

from payments.gateways.vnpay import signature, wire
from payments.sandbox import cards, faults, notices
from payments.sandbox.books import Books, Row, rows
from payments.sandbox.faults import Fault
from portal.common.clock import ZONE

_REQUIRED = {
    "vnp_Version": r"2\.1\.0",
    "vnp_Command": "pay",
    "vnp_TmnCode": r"[A-Za-z0-9_]{1,20}",
    "vnp_Amount": r"[0-9]{1,12}",
    "vnp_CurrCode": "VND",
    "vnp_CreateDate": r"[0-9]{14}",
    "vnp_ExpireDate": r"[0-9]{14}",
    "vnp_IpAddr": r"[A-Za-z0-9.:]{7,45}",
    "vnp_Locale": "vn|en",
    "vnp_OrderInfo": r"[A-Za-z0-9 .,:-]{1,255}",
    "vnp_OrderType": r"[A-Za-z0-9]{1,100}",
    "vnp_ReturnUrl": r"https?://[!-~]{3,247}",
    "vnp_TxnRef": r"[A-Za-z0-9._-]{1,100}",
}
_CANCELLED, _EXPIRED, _WRONG_PASSWORD = "24", "11", "13"
_INSERT = (
    "INSERT INTO payment (token, terminal, reference, amount, info, locale, return_url, wanted_bank, create_date,"
    " expire_date) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class RefusedError(Exception):
    """The payment page shows an error; ``code`` is what VNPAY's page has in its address."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Ending(NamedTuple):
    """How a payment ends: state in the books, response code, transaction status."""

    state: str
    code: str
    status: str


def now() -> datetime:
    """Give the bank's clock."""
    return datetime.now(ZONE)


def arrive(books: Books, query: str) -> str:
    """Check a redirect and open the payment; give its token. Raises :class:`RefusedError`."""
    pairs = [
        pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0].startswith(signature.PREFIX)
    ]
    params = dict(pairs)
    terminal = books.row("SELECT * FROM terminal WHERE code = ?", params.get("vnp_TmnCode", ""))
    if terminal is None:
        raise RefusedError("72")
    if len(pairs) != len(params) or not signature.verify(params, terminal["secret"]):
        raise RefusedError("70")
    amount = wire.from_wire(params.get("vnp_Amount", ""))
    begun = wire.parse_moment(params.get("vnp_CreateDate", ""))
    expires = wire.parse_moment(params.get("vnp_ExpireDate", ""))
    in_form = all(re.fullmatch(form, params.get(name, "")) for name, form in _REQUIRED.items())
    if not in_form or not amount or begun is None or expires is None or signature.HASH_TYPE in params:
        raise RefusedError("03")
    if expires <= now():
        raise RefusedError("15")
    return _open(books, params, amount)


def _open(books: Books, params: dict[str, str], amount: int) -> str:
    """Open a payment once; the same redirect again (reload, back) leads to the same one while it is open."""
    with books.writing() as connection:
        known = rows(
            connection,
            "SELECT * FROM payment WHERE terminal = ? AND reference = ? AND substr(create_date, 1, 8) = ?",
            params["vnp_TmnCode"],
            params["vnp_TxnRef"],
            params["vnp_CreateDate"][:8],
        )
        if known:
            payment = known[0]
            same = (payment["amount"], payment["create_date"]) == (amount, params["vnp_CreateDate"])
            if same and payment["state"] == "open":
                return str(payment["token"])
            raise RefusedError("01")
        token = secrets.token_urlsafe(24)
        names = (
            "TmnCode",
            "TxnRef",
            "Amount",
            "OrderInfo",
            "Locale",
            "ReturnUrl",
            "BankCode",
            "CreateDate",
            "ExpireDate",
        )
        values = [amount if name == "Amount" else params.get(f"vnp_{name}", "") for name in names]
        connection.execute(_INSERT, (token, *values))
        return token


def payment(books: Books, token: str) -> Row | None:
    """Find a payment by its token; one whose time ran out ends now."""
    found = books.row("SELECT * FROM payment WHERE token = ?", token)
    if found and found["state"] == "open" and found["expire_date"] <= wire.moment(now()):
        end(books, token, _EXPIRED)
        return books.row("SELECT * FROM payment WHERE token = ?", token)
    return found


def pay_by_card(books: Books, token: str, number: str) -> str:
    """Take a card's number; say ``unknown``, ``password`` (it comes next) or ``ended``."""
    card = cards.card(number)
    if card is None:
        return "unknown"
    if card.asks_password:
        with books.writing() as connection:
            connection.execute(
                "UPDATE payment SET card = ? WHERE token = ? AND state = 'open'",
                ("".join(number.split()), token),
            )
        return "password"
    end(books, token, card.code, card.bank, card.card_type)
    return "ended"


def give_password(books: Books, token: str, password: str) -> str:
    """Take a one-time password; say ``wrong`` or ``ended``. The third wrong one ends the payment."""
    with books.writing() as connection:
        found = rows(connection, "SELECT * FROM payment WHERE token = ? AND state = 'open'", token)
        card = cards.card(found[0]["card"]) if found else None
        if card is None:
            return "ended"
        if password.strip().lower() in cards.PASSWORDS:
            _end(connection, found[0], card.code, card.bank, card.card_type)
            return "ended"
        wrong = found[0]["wrong_passwords"] + 1
        connection.execute("UPDATE payment SET wrong_passwords = ? WHERE token = ?", (wrong, token))
        if wrong < cards.MOST_WRONG_PASSWORDS:
            return "wrong"
        _end(connection, found[0], _WRONG_PASSWORD, card.bank, card.card_type)
        return "ended"


def end(books: Books, token: str, code: str, bank: str = "", card_type: str = "") -> None:
    """End an open payment and write down what must be told; one that has ended stays as it is."""
    with books.writing() as connection:
        for found in rows(connection, "SELECT * FROM payment WHERE token = ? AND state = 'open'", token):
            _end(connection, found, code, bank, card_type)


def cancel(books: Books, token: str) -> None:
    """End a payment as its customer's wish."""
    end(books, token, _CANCELLED)


def way_back(books: Books, ended: Row) -> str:
    """Give the address to which the browser returns, signed."""
    terminal = books.row("SELECT secret FROM terminal WHERE code = ?", ended["terminal"])
    if terminal is None:
        raise RefusedError("72")
    joint = "&" if "?" in ended["return_url"] else "?"
    return (
        f"{ended['return_url']}{joint}{signature.signed_query(notices.message(ended), terminal['secret'])}"
    )


def _end(connection: sqlite3.Connection, found: Row, code: str, bank: str, card_type: str) -> None:
    ending = Ending("paid", "00", "00") if code == "00" else Ending("failed", code, "02")
    if code == "00" and faults.take(connection, Fault.SUSPECT, found["reference"]) is not None:
        ending = Ending("held", "07", "07")
    changed = connection.execute(
        "UPDATE payment SET state = ?, code = ?, status = ?, bank = ?, card_type = ?, pay_date = ?, card = ''"
        " WHERE id = ? AND state = 'open'",
        (*ending, bank, card_type, wire.moment(now()), found["id"]),
    )
    if changed.rowcount != 1:
        return
    terminal = rows(connection, "SELECT secret FROM terminal WHERE code = ?", found["terminal"])[0]
    ended = rows(connection, "SELECT * FROM payment WHERE id = ?", found["id"])[0]
    notices.queue(connection, ended, terminal["secret"], time.time())
