"""How single values look on VNPAY's wire: đồng × 100, GMT+7, ASCII, one IP address."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime

from payments.gateways.base import GatewayError
from portal.common.clock import ZONE
from portal.common.text import plain

LARGEST_AMOUNT = 9_999_999_999
"""đồng; ×100 it fills the twelve digits that the wire has."""
LONGEST_TEXT = 255
LONGEST_REFERENCE = 100

_WIRE_AMOUNT = re.compile(r"[0-9]{1,12}")
_DATE = "%Y%m%d%H%M%S"
_FORBIDDEN = re.compile(r"[^A-Za-z0-9 .,:-]+")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHORTEST_ADDRESS = 7
# encoders of the world disagree about these: they may never reach a signature
_DISPUTED = re.compile(r"[^\x21-\x7e]|[~*!'()]")
_RETURN_URL = re.compile(r"https?://[^\s]{3,247}")


def to_wire(amount: int) -> str:
    """``30000`` đồng → ``"3000000"``."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        message = f"an amount is a whole number of đồng, not {type(amount).__name__}"
        raise GatewayError(message)
    if not 1 <= amount <= LARGEST_AMOUNT:
        message = f"VNPAY takes 1 to {LARGEST_AMOUNT} đồng, not {amount}"
        raise GatewayError(message)
    return str(amount * 100)


def from_wire(text: str) -> int | None:
    """``"3000000"`` → ``30000``; ``None`` for whatever is not whole đồng."""
    if _WIRE_AMOUNT.fullmatch(text) is None or int(text) % 100:
        return None
    return int(text) // 100


def moment(value: datetime) -> str:
    """Give ``yyyyMMddHHmmss`` in Vietnam, whatever zone the process runs in."""
    if value.tzinfo is None:
        message = "moments must be aware"
        raise GatewayError(message)
    return value.astimezone(ZONE).strftime(_DATE)


def parse_moment(text: str) -> datetime | None:
    """Read ``yyyyMMddHHmmss`` of Vietnam; ``None`` for anything else."""
    if re.fullmatch(r"[0-9]{14}", text) is None:
        return None
    try:
        return datetime.strptime(text, _DATE).replace(tzinfo=ZONE)
    except ValueError:
        return None


def order_info(text: str) -> str:
    """Fold a description to what the field may hold: no marks, ``A–Z a–z 0–9 . , : -``, 255 letters."""
    folded = " ".join(_FORBIDDEN.sub(" ", plain(text)).split())[:LONGEST_TEXT].strip()
    if not folded:
        message = "a description needs at least one letter or digit"
        raise GatewayError(message)
    return folded


def address(text: str) -> str:
    """Give one IP address as VNPAY takes it: 7 to 45 characters, IPv4 where it is one.

    Refuses a proxy's list: which hop is trusted, the caller knows.
    """
    try:
        parsed = ipaddress.ip_address(text.strip().partition("%")[0])
    except ValueError as error:
        message = "the customer's address is not one IP address"
        raise GatewayError(message) from error
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        if parsed.is_loopback:
            return "127.0.0.1"
    short = str(parsed)
    return short if len(short) >= _SHORTEST_ADDRESS else parsed.exploded


def attempt_reference(order_code: str, attempt: int) -> str:
    """``("HS000001", 2)`` → ``"HS000001-2"``: a reference may not come twice, even for a second try."""
    return reference(f"{order_code}-{attempt}")


def reference(text: str) -> str:
    """Check a reference: up to 100 letters, digits, dots, hyphens, underscores."""
    if _REFERENCE.fullmatch(text) is None or len(text) > LONGEST_REFERENCE:
        message = f"not a reference that VNPAY takes: {text[:LONGEST_REFERENCE]!r}"
        raise GatewayError(message)
    return text


def return_url(text: str) -> str:
    """Check an address for the way back: 10 to 255 characters on whose encoding everybody agrees."""
    if _RETURN_URL.fullmatch(text) is None or _DISPUTED.search(text) is not None:
        message = "the return address must be http(s), at most 255 ASCII characters, none of ~ * ! ' ( )"
        raise GatewayError(message)
    return text
