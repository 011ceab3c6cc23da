"""Figures of the register: by year, level, school, grade, gender. In public no cell below five."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from portal.diplomas.models import Book, Entry, State

SMALLEST = 5
#: what figures may be told by → the column that they are counted over
BY = {
    "year": "book__year",
    "level": "book__level",
    "school": "school",
    "grade": "grade",
    "gender": "gender",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A value with its count; ``count`` is None where it is too small to be told."""

    value: str
    count: int | None


def figures(by: str, *, year: int | None = None, level: str = "", public: bool = True) -> list[Row]:
    """Count the entries that are valid by one of :data:`BY`, within a year and a level if given.

    In public, cells below five are not told; where exactly one is hidden, the next smallest is hidden too,
    for the hidden one would follow from the sum. Raises ``KeyError`` for anything else to count by.
    """
    rows = Entry.objects.filter(state=State.VALID)
    if year is not None:
        rows = rows.filter(book__year=year)
    if level:
        rows = rows.filter(book__level=level)
    counted = list(rows.values_list(BY[by]).annotate(number=Count("pk")).order_by(BY[by]))
    told = [Row(str(value), number) for value, number in counted]
    return hidden(told) if public else told


def hidden(rows: list[Row]) -> list[Row]:
    """Hide what is too small, and one more where a single hidden cell could be computed."""
    small = {row.value for row in rows if (row.count or 0) < SMALLEST}
    others = sorted((row for row in rows if row.value not in small), key=lambda row: row.count or 0)
    if len(small) == 1 and others:
        small.add(others[0].value)
    return [Row(row.value, None if row.value in small else row.count) for row in rows]


def years_with_figures() -> list[int]:
    """List the years of which there are books, newest first."""
    return list(Book.objects.order_by("-year").values_list("year", flat=True).distinct())
