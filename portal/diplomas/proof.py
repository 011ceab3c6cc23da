"""Proof of work, served by ourselves: a second of a browser's time, months of a sweeper's.

The page carries a challenge (random, dated, signed); the browser finds a number whose SHA-256 with it begins
with enough zero bits. Each challenge counts once. Nothing is asked of any other site, nothing is kept of the
visitor.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

from portal.accounts.services import use_once
from portal.common.fields import blind_index

BITS = 16
LIFETIME = 1_800
"""Seconds in which a page's challenge counts."""
_DIGITS = 12


def new_challenge(now: float | None = None) -> str:
    """Make a challenge: salt, end, bits, signature."""
    body = f"{secrets.token_hex(8)}.{int(now or time.time()) + LIFETIME}.{BITS}"
    return f"{body}.{_signature(body)}"


def _signature(body: str) -> str:
    return blind_index("look-up-proof", body)[:32]


def is_proof(challenge: str, number: str) -> bool:
    """Say whether the work was done, for a challenge of ours that is not over and was not used before."""
    body, _dot, signature = challenge[:200].rpartition(".")
    if not hmac.compare_digest(_signature(body).encode(), signature.encode()):
        return False
    salt, end, bits = body.split(".")
    if not number.isascii() or not number.isdecimal() or len(number) > _DIGITS or int(end) < time.time():
        return False
    digest = hashlib.sha256(f"{challenge}:{number}".encode()).digest()
    if int.from_bytes(digest) >> (256 - int(bits)):
        return False
    return use_once(key=f"look-up-proof:{salt}", moment=int(end))
