"""School years as the sector writes them: "2026-2027". Free of Django.

A school year begins on 1 August here: transfers of the summer belong to the year that follows. The
opening day itself (5 September) is a matter of the yearly plan, not of this name.
"""

from __future__ import annotations

from datetime import date

FIRST_MONTH = 8


def school_year_of(day: date) -> str:
    """Name the school year that ``day`` belongs to."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"
