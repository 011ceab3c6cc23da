"""Codes that people read out, type and lose: file codes, personal IDs, phones. Free of Django.

Sources: file code TT 01/2018/TT-VPCP Điều 19; personal ID NĐ 137/2015 Điều 13 and TT 07/2016/TT-BCA
Điều 7 (3 digits of the place of birth registration, 1 of century and gender, 2 of the birth year,
6 by chance; no check digit).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from portal.common.sentences import Sentence

ORGANISATION_CODE = re.compile(
    r"(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Z][0-9]{2}|[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3})"
)
"""Both numberings in use: ``000.00.05.H38`` and, since QĐ 20/2020/QĐ-TTg, ``H38.05``."""

FILE_CODE = re.compile(
    rf"(?P<organisation>{ORGANISATION_CODE.pattern})-(?P<day>[0-9]{{6}})-(?P<number>[0-9]{{4,6}})"
)
"""Match it whole (``FILE_CODE.fullmatch``)."""

TEMPORARY_CODE = re.compile(r"T-[2-9A-HJ-KM-NP-Z]{4}-[2-9A-HJ-KM-NP-Z]{2}")

LARGEST_NUMBER = 999_999
# without 0/O, 1/I/L: these codes are read out over the telephone
_CLEAR = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_ID_LENGTH = 12
_OLD_CARD_LENGTH = 9
_DASHES = dict.fromkeys(map(ord, "–—‑−‐"), "-")
_PHONE_SEPARATORS = re.compile(r"[\s.\-()]+")
_ID_SEPARATORS = re.compile(r"[\s.\-]+")
_MOBILE = re.compile(r"[35789][0-9]{8}")
_LANDLINE = re.compile(r"2[0-9]{9}")
_OLD_MOBILE = re.compile(r"1[0-9]{9}")


class FileCode(NamedTuple):
    """A file code's parts; ``day`` is the local day of reception, ``number`` runs within it."""

    organisation_code: str
    day: date
    number: int


def format_file_code(organisation_code: str, day: date, number: int) -> str:
    """``("H99.12", 2026-11-24, 7)`` → ``"H99.12-261124-0007"``; five and six digits when needed."""
    if ORGANISATION_CODE.fullmatch(organisation_code) is None:
        message = f"not an organisation code: {organisation_code!r}"
        raise ValueError(message)
    if not 1 <= number <= LARGEST_NUMBER:
        message = f"a day's running number is 1 to {LARGEST_NUMBER}, not {number}"
        raise ValueError(message)
    return f"{organisation_code}-{day:%y%m%d}-{number:04d}"


def parse_file_code(text: str) -> FileCode:
    """Read a code as people type it: lower case, blanks and long dashes are forgiven.

    Raises :class:`ValueError` with a Vietnamese sentence.
    """
    code = "".join(_halfwidth(text).translate(_DASHES).split()).upper()
    match = FILE_CODE.fullmatch(code)
    day = _day_of(match["day"]) if match else None
    if match is None or day is None or int(match["number"]) == 0:
        raise ValueError(
            Sentence(
                "Mã hồ sơ có dạng H99.12-261124-0007. Anh/chị xem lại mã trên giấy tiếp nhận hoặc tin nhắn."
            )
        )
    return FileCode(match["organisation"], day, int(match["number"]))


def clean_personal_id(text: str) -> str:
    """Give the 12 digits; blanks, dots and hyphens between them are forgiven.

    Raises :class:`ValueError` with a Vietnamese sentence, which never repeats what was typed.
    """
    digits = _ID_SEPARATORS.sub("", _halfwidth(text))
    if not digits:
        raise ValueError(Sentence("Anh/chị chưa nhập số định danh cá nhân."))
    if re.fullmatch(r"[0-9]+", digits) is None:
        raise ValueError(Sentence("Số định danh cá nhân chỉ gồm chữ số, không có chữ cái hay ký hiệu."))
    if len(digits) == _OLD_CARD_LENGTH:
        raise ValueError(
            Sentence(
                "Đây là số chứng minh nhân dân 9 số, không còn dùng từ 01/01/2025. "
                "Anh/chị nhập số định danh 12 số trên thẻ căn cước, VNeID hoặc giấy khai sinh."
            )
        )
    if len(digits) != _ID_LENGTH:
        raise ValueError(
            Sentence(
                "Số định danh cá nhân gồm 12 chữ số; anh/chị đã nhập %(count)d chữ số. "
                "Số này ghi trên thẻ căn cước, VNeID hoặc giấy khai sinh.",
                count=len(digits),
            )
        )
    return digits


def mask_personal_id(personal_id: str) -> str:
    """``"999318004512"`` → ``"999 ••• ••• 512"``; what is no personal ID is hidden whole."""
    if re.fullmatch(r"[0-9]{12}", personal_id) is None:
        return "••• ••• ••• •••"
    return f"{personal_id[:3]} ••• ••• {personal_id[-3:]}"


def personal_id_hints(personal_id: str, birth_date: date | None, gender: str) -> list[str]:
    """Warn where an ID says another year or gender than the person: a slip, or a corrected civil status.

    ``gender`` is "male", "female" or anything else for unknown. Only hints: civil status may have
    been corrected since the number was given, so nobody may be refused for them.
    """
    number = clean_personal_id(personal_id)
    century_and_gender = int(number[3])
    year = 1900 + 100 * (century_and_gender // 2) + int(number[4:6])
    hints: list[str] = []
    if birth_date is not None and birth_date.year != year:
        hints.append(
            Sentence(
                "Theo số định danh, người này sinh năm %(year)d, nhưng ngày sinh đã nhập là %(day)s. "
                "Anh/chị kiểm tra lại cả hai.",
                year=year,
                day=f"{birth_date:%d/%m/%Y}",
            )
        )
    words = {"male": Sentence("nam"), "female": Sentence("nữ")}
    by_number = "female" if century_and_gender % 2 else "male"
    if gender in words and gender != by_number:
        hints.append(
            Sentence(
                "Theo số định danh, người này là %(by_number)s, nhưng giới tính đã nhập là %(entered)s. "
                "Anh/chị kiểm tra lại cả hai.",
                by_number=words[by_number],
                entered=words[gender],
            )
        )
    return hints


def clean_phone(text: str) -> str:
    """``"0912 345 678"`` → ``"+84912345678"`` (E.164). Raises :class:`ValueError`, in Vietnamese."""
    digits = _PHONE_SEPARATORS.sub("", _halfwidth(text))
    if not digits:
        raise ValueError(Sentence("Anh/chị chưa nhập số điện thoại."))
    for prefix in ("+84", "0084", "84", "0"):
        if digits.startswith(prefix):
            rest = digits.removeprefix(prefix)
            # "+84 (0)912…" is a usual slip
            rest = rest.removeprefix("0") if prefix != "0" else rest
            if _MOBILE.fullmatch(rest) or _LANDLINE.fullmatch(rest):
                return f"+84{rest}"
            if _OLD_MOBILE.fullmatch(rest):
                raise ValueError(
                    Sentence("Số di động 11 số đã đổi thành 10 số từ năm 2018. Anh/chị nhập số mới.")
                )
            break
    raise ValueError(
        Sentence(
            "Số điện thoại không đúng: số di động gồm 10 chữ số bắt đầu bằng 03, 05, 07, 08 hoặc 09, "
            "số cố định gồm 11 chữ số bắt đầu bằng 02."
        )
    )


def spoken_phone(number: str) -> str:
    """``+84912345678`` → "0912 345 678", as people in Vietnam write it; other numbers stay as they are."""
    if not number.startswith("+84"):
        return number
    local = "0" + number.removeprefix("+84")
    return f"{local[:4]} {local[4:7]} {local[7:]}"


def new_temporary_code(taken: Collection[str] = ()) -> str:
    """Make a draft's number, such as ``T-7Q4K-22``: 887 million of them, so the table must be unique.

    A draft has no file code: that one comes at reception. This number is a name, never a proof.
    """
    while True:
        letters = "".join(secrets.choice(_CLEAR) for _ in range(6))
        code = f"T-{letters[:4]}-{letters[4:]}"
        if code not in taken:
            return code


def _halfwidth(text: str) -> str:
    """Full-width digits and letters of East Asian keyboards become ordinary ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _day_of(digits: str) -> date | None:
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None
