"""HMAC-SHA-512 as VNPAY's PAY 2.1.0 wants it ("Hướng dẫn tích hợp", Checksum; "Chuyển đổi thuật toán mã hóa").

Two schemes: query strings (pay, return, IPN) sign the sorted, encoded query; JSON messages (querydr,
refund) sign their raw values between pipes, in an order of their own.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus

PREFIX = "vnp_"
HASH = "vnp_SecureHash"
HASH_TYPE = "vnp_SecureHashType"


def sign(params: Mapping[str, str], secret: str) -> str:
    """Give the hash of a query's parameters, 128 lower-case hex digits.

    ``params`` are decoded values, with or without their hash. Counted are names that begin with
    ``vnp_``, without ``vnp_SecureHash`` and ``vnp_SecureHashType``; empty values do not count.
    """
    return sign_text(encoded(params), secret)


def verify(params: Mapping[str, str], secret: str) -> bool:
    """Compare ``vnp_SecureHash`` with what it must be: in constant time, whatever its case."""
    given = params.get(HASH)
    if not isinstance(given, str) or not given:
        return False
    try:
        return _same(sign(params, secret), given)
    except UnicodeEncodeError:
        # half a surrogate pair: no bank sent that
        return False


def signed_query(params: Mapping[str, str], secret: str) -> str:
    """Give the query string for the redirect: exactly the signed text, then the hash."""
    return f"{encoded(params)}&{HASH}={sign(params, secret)}"


def encoded(params: Mapping[str, str]) -> str:
    """Give the text that is signed: sorted by name, form-encoded in UTF-8, blanks as ``+``."""
    return "&".join(
        f"{_encode(name)}={_encode(params[name])}"
        for name in sorted(params)
        if name.startswith(PREFIX) and name not in (HASH, HASH_TYPE) and params[name]
    )


def sign_fields(params: Mapping[str, str], order: Iterable[str], secret: str) -> str:
    """Give the hash of a JSON message: its raw values between pipes; what is missing is empty."""
    return sign_text("|".join(params.get(name, "") for name in order), secret)


def verify_fields(params: Mapping[str, str], order: Iterable[str], secret: str) -> bool:
    """Compare a JSON message's ``vnp_SecureHash`` with what it must be; an unsigned one is refused.

    So is a value with a pipe in it: shifted to its neighbour it would make the same hash.
    """
    given, names = params.get(HASH, ""), tuple(order)
    if not given or any("|" in params.get(name, "") for name in names):
        return False
    try:
        return _same(sign_fields(params, names, secret), given)
    except UnicodeEncodeError:
        return False


def sign_text(text: str, secret: str) -> str:
    """HMAC-SHA-512 of a text as lower-case hex."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha512).hexdigest()


def _encode(value: str) -> str:
    # the one encoding on which browsers' URLSearchParams, Java and VNPAY agree for every character
    return quote_plus(value, safe="*").replace("~", "%7E")


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.lower().encode())
