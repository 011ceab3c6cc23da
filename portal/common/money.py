"""Money is whole đồng in an ``int``, here and everywhere. Free of Django."""

from __future__ import annotations

import re

from portal.common.sentences import Sentence
from portal.common.text import tidy

LARGEST = 999_999_999_999_999
"""More đồng than any budget line of a province: beyond it somebody leaned on a key."""

_UNIT = re.compile(r"\s*(?:đ|đồng|dong|vnd|vnđ|₫)\.?$", re.IGNORECASE)
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([. ])[0-9]{3})(?:\1[0-9]{3})*")


def format_dong(amount: int) -> str:
    """``9000`` → ``"9.000 đ"``. Refuses what is no ``int``, so that no float ever reaches a screen."""
    if isinstance(amount, bool) or not isinstance(amount, int):
        message = f"đồng are whole numbers (int), not {type(amount).__name__}"
        raise TypeError(message)
    return f"{amount:,} đ".replace(",", ".")


def parse_dong(text: str) -> int:
    """``"9.000 đ"``, ``"9000"``, ``"9 000 đồng"`` → ``9000``.

    Raises :class:`ValueError` with a Vietnamese sentence for anything else: signs, fractions, groups
    of other than three digits, a comma (which Vietnamese reads as a decimal one).
    """
    amount = _UNIT.sub("", tidy(text))
    if not amount:
        raise ValueError(Sentence("Anh/chị chưa nhập số tiền."))
    if amount.startswith(("-", "−")):
        raise ValueError(Sentence("Số tiền không được là số âm. Ghi một số từ 0 trở lên."))
    if _PLAIN.fullmatch(amount) is None and _GROUPED.fullmatch(amount) is None:
        raise ValueError(
            Sentence(
                "Số tiền phải là số nguyên đồng, ví dụ 30000 hoặc 30.000 đ; không dùng dấu phẩy hay số lẻ."
            )
        )
    digits = amount.replace(".", "").replace(" ", "")
    if len(digits.lstrip("0")) > len(str(LARGEST)):
        raise ValueError(
            Sentence("Số tiền quá lớn: nhiều nhất là %(largest)s.", largest=format_dong(LARGEST))
        )
    return int(digits)
