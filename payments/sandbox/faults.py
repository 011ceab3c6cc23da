"""Faults on demand: what real networks and banks do now and then, done on purpose."""

from __future__ import annotations

import sqlite3
from enum import StrEnum

from payments.sandbox.books import rows


class Fault(StrEnum):
    """What goes wrong."""

    LOSE = "lose"
    DELAY = "delay"
    REPEAT = "repeat"
    REORDER = "reorder"
    FORGE = "forge"
    AMOUNT = "amount"
    SUSPECT = "suspect"
    SLOW = "slow"
    ERROR = "error"
    UNSIGNED = "unsigned"


TOLD = {
    Fault.LOSE: "không gửi thông báo (IPN)",
    Fault.DELAY: "gửi thông báo chậm",
    Fault.REPEAT: "gửi thông báo hai lần",
    Fault.REORDER: "gửi thông báo sau một thông báo khác",
    Fault.FORGE: "có kẻ giả mạo thông báo thành công",
    Fault.AMOUNT: "thông báo sai số tiền",
    Fault.SUSPECT: "trừ tiền nhưng nghi ngờ (mã 07)",
    Fault.SLOW: "trả lời truy vấn chậm",
    Fault.ERROR: "trả lời truy vấn bằng lỗi 500",
    Fault.UNSIGNED: "trả lời truy vấn không ký",
}


def order(connection: sqlite3.Connection, kind: Fault, reference: str, times: int, seconds: float) -> None:
    """Let a fault happen ``times`` times, to one reference or (empty) to whichever comes next."""
    connection.execute(
        "INSERT INTO fault (kind, reference, times, seconds) VALUES (?, ?, ?, ?)",
        (kind.value, reference, times, seconds),
    )


def take(connection: sqlite3.Connection, kind: Fault, reference: str) -> float | None:
    """Use up one ordered fault that is meant for ``reference``; give its seconds, ``None`` if there is none."""
    found = rows(
        connection,
        "SELECT id, seconds FROM fault WHERE kind = ? AND reference IN (?, '') AND times > 0"
        " ORDER BY reference DESC, id LIMIT 1",
        kind.value,
        reference,
    )
    if not found:
        return None
    connection.execute("UPDATE fault SET times = times - 1 WHERE id = ?", (found[0]["id"],))
    return float(found[0]["seconds"])
