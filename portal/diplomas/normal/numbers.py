"""Normal forms of the two numbers of a diploma, for comparing only: what is shown stays as it was written.

The printed serial (số hiệu) is letters and digits; the register number (số vào sổ) is groups of them such
as ``123/2005/THPT``. Formats differ by year and province, so nothing is refused that holds a digit.
"""

from __future__ import annotations

import re

from portal.common.sentences import Sentence
from portal.common.text import plain

LONGEST = 60
_MARKS = re.compile(r"[^A-Z0-9]+")
_MARKS_BEFORE = re.compile(r"^[^A-Z0-9]+")
_LEAD = re.compile(r"^(?:SO HIEU|SO VAO SO|VAO SO|SO|NO)\b[\s.:]*")
# at most four letters stand before a serial's digits; what follows them is all digits
_SERIAL = re.compile(r"([A-Z]{0,4}?)([0-9OIL]+)")
_READ_AS_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def serial_key(text: str) -> str:
    """``"b 00123O45"`` → ``"B123045"``: no blanks, no marks, O read as 0 among digits, no leading zeros.

    ``serial_key(serial_key(x)) == serial_key(x)``; empty where no digit is left to compare.
    """
    letters = _MARKS.sub("", _without_lead(text))
    if not any(character.isdigit() for character in letters):
        return ""
    whole = _SERIAL.fullmatch(letters)
    if whole is None or not any(character.isdigit() for character in whole[2]):
        return letters
    digits = whole[2].translate(_READ_AS_DIGITS).lstrip("0") or "0"
    return whole[1] + digits


def register_key(text: str) -> str:
    """``"Số: 0123/2005-THPT"`` → ``"123/2005/THPT"``: groups without marks and leading zeros.

    Idempotent; empty where no digit is left to compare.
    """
    groups = [group for group in _MARKS.split(_without_lead(text)) if group]
    if not any(character.isdigit() for group in groups for character in group):
        return ""
    return "/".join(group.lstrip("0") or "0" if group.isdigit() else group for group in groups)


def checked_number(text: str) -> str:
    """Give a number as it is kept; raises ``ValueError`` with a sentence for what cannot be one."""
    written = plain_blanks(text)
    if len(written) > LONGEST:
        raise ValueError(Sentence("Số dài quá 60 ký tự. Xem lại ô này."))
    if written and not any(character.isdigit() for character in written):
        raise ValueError(Sentence("Số này không có chữ số nào. Xem lại ô này, hoặc để trống nếu không rõ."))
    return written


def plain_blanks(text: str) -> str:
    """Collapse blanks; letters and marks stay."""
    return " ".join(text.split())


def _without_lead(text: str) -> str:
    upper = _MARKS_BEFORE.sub("", plain(text).upper())
    while (shorter := _MARKS_BEFORE.sub("", _LEAD.sub("", upper))) != upper:
        upper = shorter
    return upper
