"""Working days: a calendar that differs from the plain week, and counting in it. Free of Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST_HOLIDAY = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a place's days differ from the plain week (Monday to Friday).

    ``off`` are holidays and days given away in exchange, ``worked`` the Saturdays and Sundays worked
    in exchange, ``names`` what people call them ("Giỗ Tổ Hùng Vương").
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    names: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)

    def __post_init__(self) -> None:
        both = self.off & self.worked
        if both:
            message = f"{min(both)} is said to be both off and worked"
            raise ValueError(message)

    def is_working(self, day: date) -> bool:
        """Say whether offices work on ``day``."""
        return day in self.worked or (day.weekday() < _SATURDAY and day not in self.off)

    def next_working(self, day: date) -> date:
        """Give the first working day after ``day``."""
        for later in days_from(day + _ONE_DAY, _LONGEST_HOLIDAY):
            if self.is_working(later):
                return later
        message = f"the calendar has no working day in the {_LONGEST_HOLIDAY} days after {day}"
        raise ValueError(message)


def working_days_between(earlier: date, later: date, calendar: Calendar) -> int:
    """Count working days after ``earlier`` up to and with ``later``; negative when they are swapped.

    So ``working_days_between(today, due, …)`` is what remains, and negative when the answer is late.
    """
    if later < earlier:
        return -working_days_between(later, earlier, calendar)
    days = days_from(earlier + _ONE_DAY, (later - earlier).days)
    return sum(1 for day in days if calendar.is_working(day))


def days_from(first: date, count: int) -> Iterator[date]:
    """Give ``count`` days, the first one first."""
    return (first + timedelta(days=offset) for offset in range(count))
