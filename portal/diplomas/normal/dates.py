"""Dates as clerks wrote them since 1963: whole, without the day, the year alone, or in words.

A partial date is ISO text cut short: ``"1970-05-12"``, ``"1970-05"``, ``"1970"``, ``""`` for unknown.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from portal.common.sentences import Sentence
from portal.common.text import fold

FIRST_YEAR = 1900
_UNKNOWN = frozenset({"", "-", "--", "?", "x", "khong ro", "khong nho", "chua ro", "kr", "ko ro"})
# an o among digits is a slip for 0, an l or i for 1: typewriters had no other key
_SLIPS = str.maketrans({"o": "0", "l": "1", "i": "1"})
_NUMBERISH = re.compile(r"[0-9oli?x/.\- ]+")
_PARTS = re.compile(r"[/.\- ]+")
_WORDS = re.compile(r"(?:ngay ([0-9?]{1,2}) ?)?thang ([0-9?]{1,2}) nam ([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[t ]00:00(?::00)?)?")
_MONTHS = 12
_DAYS = 31
_CENTURY = 100
Cell = object


def read_date(cell: Cell, *, latest: date, first_of_january_is_unknown: bool = True) -> str:
    """Read a cell of a spreadsheet as a partial date; raises ``ValueError`` with a sentence.

    ``first_of_january_is_unknown``: 01/01 stands for "only the year is known", as registers were filled in
    for decades. ``latest``: no date of birth lies after it; two-digit years are put before it.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    parts = (cell.day, cell.month, cell.year) if isinstance(cell, date) else _parts(_text(cell), latest)
    return _written(parts, latest, first_of_january_is_unknown=first_of_january_is_unknown)


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return fold(str(cell)).rstrip(".,;").strip()


def _parts(written: str, latest: date) -> tuple[int, int, int]:
    """Give day, month and year, 0 for what is unknown."""
    if written in _UNKNOWN or not any(character.isalnum() for character in written):
        return 0, 0, 0
    if iso := _ISO.fullmatch(written):
        return int(iso[3]), int(iso[2]), int(iso[1])
    if words := _WORDS.fullmatch(written.replace(",", "")):
        return _number(words[1] or "0"), _number(words[2]), int(words[3])
    if year := re.fullmatch(r"(?:nam|nam sinh|sinh nam)[ :]*([0-9]{4})", written):
        return 0, 0, int(year[1])
    if _NUMBERISH.fullmatch(written) is None:
        raise ValueError(Sentence("Không đọc được ngày này. Ghi ngày/tháng/năm, hoặc chỉ năm."))
    pieces = [piece for piece in _PARTS.split(written) if piece]
    numbers = [_number(piece) for piece in pieces]
    if len(numbers) == 1:
        numbers = _run_together(pieces[0].translate(_SLIPS))
    if len(numbers) == 2:  # noqa: PLR2004 - month and year
        numbers = [0, *numbers]
    if len(numbers) != 3:  # noqa: PLR2004 - day, month and year
        raise ValueError(Sentence("Không đọc được ngày này. Ghi ngày/tháng/năm, hoặc chỉ năm."))
    day, month, year_given = numbers
    return day, month, _whole_year(year_given, latest)


def _number(piece: str) -> int:
    digits = piece.translate(_SLIPS)
    return int(digits) if digits.isdigit() else 0


def _run_together(digits: str) -> list[int]:
    """Read ``1970`` or ``12051970``."""
    if re.fullmatch(r"[0-9]{4}", digits):
        return [0, 0, int(digits)]
    if re.fullmatch(r"[0-9]{8}", digits):
        return [int(digits[:2]), int(digits[2:4]), int(digits[4:])]
    raise ValueError(Sentence("Không đọc được ngày này. Ghi ngày/tháng/năm, hoặc chỉ năm."))


def _whole_year(year: int, latest: date) -> int:
    """``70`` → 1970: the last such year that is not after ``latest``."""
    if not 0 < year < _CENTURY:
        return year
    candidate = latest.year // _CENTURY * _CENTURY + year
    return candidate if candidate <= latest.year else candidate - _CENTURY


def _written(parts: tuple[int, int, int], latest: date, *, first_of_january_is_unknown: bool) -> str:
    day, month, year = parts
    if not year:
        return ""
    if not FIRST_YEAR <= year <= latest.year:
        raise ValueError(Sentence("Năm %(year)d không thể là năm sinh ở sổ này. Xem lại năm.", year=year))
    if month > _MONTHS or day > _DAYS:
        raise ValueError(Sentence("Không có ngày như vậy. Xem lại ngày và tháng."))
    if not month or (first_of_january_is_unknown and (day, month) == (1, 1)):
        return f"{year:04}"
    if not day:
        return f"{year:04}-{month:02}"
    try:
        whole = date(year, month, day)
    except ValueError:
        raise ValueError(Sentence("Không có ngày như vậy. Xem lại ngày và tháng.")) from None
    return whole.isoformat()


def spoken_date(partial: str) -> str:
    """``"1970-05-12"`` → ``"12/05/1970"``, ``"1970-05"`` → ``"05/1970"``; the others as they are."""
    return "/".join(reversed(partial.split("-")))


def shorter_forms(partial: str) -> list[str]:
    """List the ways in which a register may have kept this date: itself, month and year, the year."""
    pieces = partial.split("-") if partial else []
    return ["-".join(pieces[:count]) for count in range(len(pieces), 0, -1)]
