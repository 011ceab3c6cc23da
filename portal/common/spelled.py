"""Whole numbers in Vietnamese words, as they stand on receipts. Free of Django.

Rules: "mốt" for a last 1 from 21 on, "lăm" for a last 5 after a ten, "mười" for 10–19, "linh" where the
tens are 0, groups of three with "nghìn", "triệu", "tỷ"; inner groups name their hundreds ("không trăm").
"""

from __future__ import annotations

from portal.common.money import LARGEST

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ", "nghìn tỷ", "triệu tỷ")


def spelled_dong(amount: int) -> str:
    """``9000`` → ``"Chín nghìn đồng"``. Raises ``ValueError`` for a negative or larger amount than money has."""
    if not 0 <= amount <= LARGEST:
        raise ValueError("an amount to spell lies between 0 and the largest that money knows")
    words = spelled(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def spelled(number: int) -> str:
    """Say a whole number from 0 on."""
    if number == 0:
        return _DIGITS[0]
    groups: list[int] = []
    while number:
        number, group = divmod(number, 1_000)
        groups.append(group)
    said = []
    for place in range(len(groups) - 1, -1, -1):
        if groups[place]:
            first = place == len(groups) - 1
            said.append(f"{_hundreds(groups[place], first=first)} {_GROUPS[place]}".strip())
    return " ".join(said)


def _hundreds(group: int, *, first: bool) -> str:
    hundred, rest = divmod(group, 100)
    said = [] if first and not hundred else [f"{_DIGITS[hundred]} trăm"]
    ten, one = divmod(rest, 10)
    if ten == 0 and one and said:
        return f"{said[0]} linh {_DIGITS[one]}"
    if ten == 1:
        said.append("mười")
    elif ten:
        said.append(f"{_DIGITS[ten]} mươi")
    if one:
        said.append(_one(one, ten))
    return " ".join(said)


def _one(one: int, ten: int) -> str:
    if one == 1 and ten > 1:
        return "mốt"
    if one == 5 and ten:  # noqa: PLR2004 - the digit itself
        return "lăm"
    return _DIGITS[one]
