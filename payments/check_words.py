"""The word that, with an order's code, opens it to whoever pays for somebody: easy to say on the telephone."""

from __future__ import annotations

import hmac
import secrets

from portal.common.text import fold

_WORDS = (
    "sen", "lúa", "ngô", "tre", "trúc", "nghé", "cam", "bưởi", "dừa", "đào", "mận", "lê", "ổi", "na", "khế",
    "suối", "đồi", "núi", "ruộng", "mây", "nắng", "gió", "trăng", "sao", "chim", "cá", "ong", "bướm", "thỏ",
    "hươu", "thuyền", "cầu",
)  # fmt: skip


def new_check_word() -> str:
    """Draw "sen trăng 42": two words and two digits, one of 92.160."""
    first, second = secrets.choice(_WORDS), secrets.choice(_WORDS)
    return f"{first} {second} {10 + secrets.randbelow(90)}"


def _key(word: str) -> str:
    return "".join(sign for sign in fold(word) if sign.isalnum())


def matches(said: str, kept: str) -> bool:
    """Compare as people write it, marks, case, blanks and hyphens aside, in the same time for any answer."""
    key = _key(kept)
    same = hmac.compare_digest(_key(said).encode(), key.encode())
    return same and bool(key)
