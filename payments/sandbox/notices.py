"""Telling the payee (IPN): rows with attempts, sent by one thread, with VNPAY's retry policy."""

from __future__ import annotations

import sqlite3
import threading
import time

import httpx

from payments.gateways.vnpay import signature
from payments.sandbox import faults
from payments.sandbox.books import Books, Row
from payments.sandbox.faults import Fault

MOST_ATTEMPTS = 10
ENDS = ("00", "02")
"""Answers after which VNPAY does not call again."""

_LONG = 3_600.0
_TIMEOUT = httpx.Timeout(15.0, connect=5.0)


def message(payment: Row) -> dict[str, str]:
    """Give what return page and notice say of a finished payment, unsigned."""
    took = payment["state"] in ("paid", "held")
    params = {
        "vnp_Amount": str(payment["amount"] * 100),
        "vnp_BankCode": payment["bank"] or "VNPAY",
        "vnp_CardType": payment["card_type"],
        "vnp_OrderInfo": payment["info"],
        "vnp_PayDate": payment["pay_date"],
        "vnp_ResponseCode": payment["code"],
        "vnp_TmnCode": payment["terminal"],
        "vnp_TransactionNo": transaction(payment) if took else "0",
        "vnp_TransactionStatus": payment["status"],
        "vnp_TxnRef": payment["reference"],
    }
    return {**params, "vnp_BankTranNo": f"VNP{transaction(payment)}"} if took else params


def transaction(payment: Row) -> str:
    """Give the bank's number of a payment."""
    return str(14_000_000 + payment["id"])


def queue(connection: sqlite3.Connection, payment: Row, secret: str, now: float) -> None:
    """Write down what must be told of a payment that has just ended, with the faults ordered for it."""
    reference, said = payment["reference"], message(payment)
    if faults.take(connection, Fault.FORGE, reference) is not None:
        forged = {**said, "vnp_ResponseCode": "00", "vnp_TransactionStatus": "00"}
        _add(connection, payment, signature.signed_query(forged, f"{secret}-guessed"), now)
    if faults.take(connection, Fault.LOSE, reference) is not None:
        return
    if faults.take(connection, Fault.AMOUNT, reference) is not None:
        said["vnp_Amount"] = str(payment["amount"] * 100 + 100)
    delay = faults.take(connection, Fault.DELAY, reference) or 0.0
    waits = faults.take(connection, Fault.REORDER, reference)
    query = signature.signed_query(said, secret)
    next_at = now + (delay if waits is None else waits or _LONG)
    _add(connection, payment, query, next_at, waits_for_another=waits is not None)
    if faults.take(connection, Fault.REPEAT, reference) is not None:
        _add(connection, payment, query, now + delay)


def _add(
    connection: sqlite3.Connection,
    payment: Row,
    query: str,
    next_at: float,
    *,
    waits_for_another: bool = False,
) -> None:
    connection.execute(
        "INSERT INTO notice (payment, query, next_at, waits_for_another) VALUES (?, ?, ?, ?)",
        (payment["id"], query, next_at, int(waits_for_another)),
    )


class Sender(threading.Thread):
    """Sends what is due; what it did not send before an end it sends after the next start."""

    def __init__(self, books: Books, retry_seconds: float, pause: float = 0.2) -> None:
        super().__init__(name="notices", daemon=True)
        self._books, self._retry_seconds, self._pause = books, retry_seconds, pause
        self._ended = threading.Event()

    def run(self) -> None:
        """Send until told to end."""
        while not self._ended.wait(self._pause):
            self.send_due()

    def end(self) -> None:
        """Stop after the notice under way."""
        self._ended.set()

    def send_due(self) -> int:
        """Send every notice that is due; say how many that were."""
        due = self._books.rows(
            "SELECT notice.id, query, attempts, ipn_url FROM notice JOIN payment ON payment.id = notice.payment"
            " JOIN terminal ON terminal.code = payment.terminal WHERE done = 0 AND next_at <= ? ORDER BY notice.id",
            time.time(),
        )
        for notice in due:
            answer = _call(notice["ipn_url"], notice["query"])
            self._record(notice, answer)
        return len(due)

    def _record(self, notice: Row, answer: str) -> None:
        attempts = notice["attempts"] + 1
        ended = answer in ENDS or attempts >= MOST_ATTEMPTS
        with self._books.writing() as connection:
            connection.execute(
                "UPDATE notice SET attempts = ?, done = ?, last_answer = ?, next_at = ? WHERE id = ?",
                (attempts, int(ended), answer, time.time() + self._retry_seconds, notice["id"]),
            )
            # those told to wait for another go now
            connection.execute(
                "UPDATE notice SET waits_for_another = 0, next_at = 0 WHERE waits_for_another = 1 AND done = 0"
            )


def _call(address: str, query: str) -> str:
    """GET the payee's IPN address; give its RspCode, or what went wrong."""
    joint = "&" if "?" in address else "?"
    try:
        response = httpx.get(f"{address}{joint}{query}", timeout=_TIMEOUT, follow_redirects=False)
        if response.status_code != httpx.codes.OK:
            return f"HTTP {response.status_code}"
        code = response.json()["RspCode"]
    except httpx.HTTPError as error:
        return type(error).__name__
    except (ValueError, KeyError, TypeError):
        return "no answer that can be read"
    return str(code)[:20]
