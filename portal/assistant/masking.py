"""Hiding what a transcript must not keep: personal IDs, phones, addresses of mail, names told of oneself."""

from __future__ import annotations

import re

DOTS = "•••"
_LONG_NUMBER = re.compile(r"(?<![\w.-])(?:\+?\d(?:[ .\-]?\d){8,14})(?![\w-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
#: "tôi tên là Nguyễn Thị Lan", "con em tên Minh": capitalised words after the word for name
_NAME = re.compile(
    r"\b(?P<lead>(?:họ và tên|họ tên|tên(?: là)?|ten(?: la)?|tên con(?: là)?|bé|cháu|em|con|anh|chị|cô|thầy|ông|bà)[ :]+(?:là |la )?)"
    r"(?P<name>[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*){1,4})"
)


def mask(text: str) -> str:
    """Give the text with what is personal replaced by dots; a file code stays, it opens nothing alone."""
    hidden = _MAIL.sub(DOTS, text)
    hidden = _LONG_NUMBER.sub(DOTS, hidden)
    return _NAME.sub(lambda match: match.group("lead") + DOTS, hidden)
