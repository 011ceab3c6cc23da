"""Grades and school years: pure rules.

A grade is 0 (preschool) or 1–12; a school year is written "2026-2027".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from portal.common.school_years import FIRST_MONTH
from portal.common.text import fold, tidy
from portal.pupils.refusals import PupilRefusedError

# SchoolLevel values of the organisations' room -> grades taught
GRADES_OF_LEVEL = {
    "preschool": range(1),
    "primary": range(1, 6),
    "lower_secondary": range(6, 10),
    "upper_secondary": range(10, 13),
    "continuing": range(6, 13),
}
HIGHEST_GRADE = 12
CLASS_LENGTH = 20
_PRESCHOOL = frozenset({"0", "mam non", "mau giao", "nha tre", "mn", "mg", "nt"})
_YEAR = re.compile(r"(20[0-9]{2})\s*[-–]\s*(20[0-9]{2})")
# the customary opening day, 5 September
_OPENING = (9, 5)


def parse_grade(text: str) -> int:
    """Read "Khối 1", "Lớp 1" or "1" as 1, "Mẫu giáo" as 0. Raises ValueError with a sentence."""
    folded = fold(text)
    bare = re.sub(r"^(khoi|lop)\s*", "", folded)
    if folded in _PRESCHOOL or bare in _PRESCHOOL:
        return 0
    if bare.isascii() and bare.isdigit() and 1 <= int(bare) <= HIGHEST_GRADE:
        return int(bare)
    raise ValueError(_("Ghi khối bằng số từ 1 đến 12, hoặc Mầm non."))


def grade_label(grade: int) -> str:
    """Write a grade as the sheets do: "Mầm non", "1" … "12"."""
    return str(grade) if grade else "Mầm non"


def teaches(levels: Collection[str], grade: int) -> bool:
    """Tell whether a school of these levels has the grade."""
    return any(grade in GRADES_OF_LEVEL.get(level, ()) for level in levels)


def parse_school_year(text: str) -> str:
    """Read "2026-2027" in its usual spellings; raises PupilRefusedError with a sentence."""
    match = _YEAR.fullmatch(tidy(text))
    if match is None or int(match[2]) != int(match[1]) + 1:
        raise PupilRefusedError(_("Năm học ghi như 2026-2027."))
    return f"{match[1]}-{match[2]}"


def last_day(school_year: str) -> date:
    """Give the last day before the next year begins to count."""
    return date(int(school_year[:4]) + 1, FIRST_MONTH, 1) - timedelta(days=1)


def opening_day(school_year: str, status_on: date) -> date:
    """Give the day from which a pupil with this status date is in a class of the year.

    A status of an earlier year ("đang học" since 2023) means: since the year opened.
    """
    first = int(school_year[:4])
    return status_on if status_on >= date(first, FIRST_MONTH, 1) else date(first, *_OPENING)
