"""A person's name for comparing: marks, case, blanks, apostrophes and the placing of tones do not count."""

from __future__ import annotations

import re

from portal.common.sentences import Sentence
from portal.common.text import fold, tidy
from portal.diplomas.normal.old_fonts import from_tcvn3

LONGEST = 120
_NOT_A_LETTER = re.compile(r"[\W_]+")
_ODD = re.compile(r"[0-9@#$%^*=<>{}\[\]|\\/]")


def name_key(name: str) -> str:
    """``"NGUYỄN  Văn-Hòa"`` and ``"nguyen van hoa"`` → ``"nguyenvanhoa"``. Idempotent."""
    return _NOT_A_LETTER.sub("", fold(name))


def kept_name(written: str) -> str:
    """Give a name as it is kept: composed, blanks collapsed, old fonts read; case as it was typed.

    Raises ``ValueError`` with a sentence for an empty name or one with signs that no name has.
    """
    name = tidy(from_tcvn3(written))
    if not name:
        raise ValueError(Sentence("Ô này còn trống. Ghi họ và tên."))
    if len(name) > LONGEST:
        raise ValueError(Sentence("Họ tên dài quá 120 ký tự. Xem lại ô này."))
    if _ODD.search(name) or not name_key(name):
        raise ValueError(Sentence("Họ tên có chữ số hoặc ký hiệu lạ. Xem lại ô này."))
    return name
