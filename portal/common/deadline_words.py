"""Why an answer is due on its day, in sentences that a parent understands. Free of Django.

Vietnamese first; English for the site's other language. Names of holidays are data and stay as
the calendar has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from portal.common.working_days import Calendar

_MANY_WEEKENDS = 4
_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "received": "Hồ sơ được nhận lúc {clock} {day}.",
        "after_cutoff": "Hồ sơ nhận từ {cutoff} trở đi được tính là nhận vào ngày làm việc kế tiếp: {day}.",
        "day_off": "{off} là ngày nghỉ, nên hồ sơ được tính là nhận vào ngày làm việc kế tiếp: {day}.",
        "first": "Ngày làm việc thứ nhất là {day}.",
        "skipped": "Không tính {days}.",
        "holiday": "nghỉ {name} {span}",
        "nameless": "ngày nghỉ {span}",
        "span": "{first} đến {last}",
        "weekends": "{count} ngày thứ Bảy, Chủ nhật",
        "worked": "{day} là ngày làm bù nên vẫn tính.",
        "paused": "Tạm dừng từ {first} đến hết {last}: không tính {count} ngày làm việc này.",
        "paused_still": "Đang tạm dừng từ {first}: ngày hẹn sẽ lùi thêm cho đến khi hết tạm dừng.",
        "due": "Hẹn trả kết quả {day}, đủ {count} ngày làm việc.",
        "due_earliest": "Sớm nhất trả kết quả {day}, đủ {count} ngày làm việc.",
        "due_same_day": "Trả kết quả trong ngày: {day}.",
    },
    "en": {
        "received": "The dossier was received at {clock} on {day}.",
        "after_cutoff": "What is received at {cutoff} or later counts as received on the next working day: {day}.",
        "day_off": "{off} is a day off, so the dossier counts as received on the next working day: {day}.",
        "first": "The first working day is {day}.",
        "skipped": "Not counted: {days}.",
        "holiday": "{name} {span}",
        "nameless": "day off {span}",
        "span": "{first} to {last}",
        "weekends": "{count} Saturdays and Sundays",
        "worked": "{day} is worked in exchange, so it counts.",
        "paused": "Paused from {first} to {last}: these {count} working days are not counted.",
        "paused_still": "Paused since {first}: the day moves on until the pause ends.",
        "due": "The result is due on {day}, after {count} working days.",
        "due_earliest": "The result is due on {day} at the earliest, after {count} working days.",
        "due_same_day": "The result is due the same day: {day}.",
    },
}


@dataclass(frozen=True, slots=True)
class PauseFact:
    """A pause that moved the day: its days as told, how many of them were working days, whether it lasts."""

    first: date
    last: date
    working_days: int
    lasting: bool


@dataclass(frozen=True, slots=True)
class Reckoning:
    """All that led to ``due``; ``received`` is local time."""

    received: datetime
    counted: date
    cutoff: time | None
    working_days: int
    due: date
    pauses: Sequence[PauseFact]
    calendar: Calendar


def sentences(reckoning: Reckoning, language: str = "vi") -> list[str]:
    """Tell the reckoning from reception to the day, one fact a sentence."""
    tell = _Teller("en" if language.startswith("en") else "vi", reckoning.calendar)
    return [_capital(line) for line in _lines(reckoning, tell)]


def _lines(reckoning: Reckoning, tell: _Teller) -> Iterator[str]:
    arrived, counted, due = reckoning.received.date(), reckoning.counted, reckoning.due
    yield tell("received", clock=f"{reckoning.received:%H:%M}", day=tell.full(arrived))
    if not reckoning.calendar.is_working(arrived):
        yield tell("day_off", off=_capital(tell.off_day(arrived)), day=tell.short(counted))
    elif counted != arrived and reckoning.cutoff is not None:
        yield tell("after_cutoff", cutoff=f"{reckoning.cutoff:%H:%M}", day=tell.short(counted))
    if reckoning.working_days:
        first = tell.first_counted(counted, due, reckoning.pauses)
        yield tell("first", day=tell.short(first))
    passed = [counted + timedelta(days=n) for n in range(1, (due - counted).days)]
    skipped = [day for day in passed if not reckoning.calendar.is_working(day)]
    if skipped:
        yield tell("skipped", days=tell.listing(skipped))
    for day in (*passed, due):
        if day in reckoning.calendar.worked:
            yield tell("worked", day=tell.short(day))
    for pause in reckoning.pauses:
        if pause.lasting:
            yield tell("paused_still", first=tell.short(pause.first))
        else:
            span = {"first": tell.short(pause.first), "last": tell.short(pause.last)}
            yield tell("paused", count=str(pause.working_days), **span)
    if not reckoning.working_days:
        yield tell("due_same_day", day=tell.full(due))
    else:
        lasting = any(pause.lasting for pause in reckoning.pauses)
        key = "due_earliest" if lasting else "due"
        yield tell(key, day=tell.full(due), count=str(reckoning.working_days))


class _Teller:
    """Fills one language's sentences."""

    def __init__(self, language: str, calendar: Calendar) -> None:
        self.words, self.weekdays, self.calendar = _WORDS[language], _WEEKDAYS[language], calendar

    def __call__(self, key: str, **parts: str) -> str:
        return self.words[key].format(**parts)

    def short(self, day: date) -> str:
        return f"{self.weekdays[day.weekday()]} {_numbers(day)}"

    def full(self, day: date) -> str:
        return f"{self.short(day)}/{day.year}"

    def off_day(self, day: date) -> str:
        name = self.calendar.names.get(day) if day in self.calendar.off else None
        return f"{self.short(day)} ({name})" if name else self.short(day)

    def first_counted(self, counted: date, due: date, pauses: Sequence[PauseFact]) -> date:
        day = self.calendar.next_working(counted)
        while day < due and any(pause.first <= day <= pause.last for pause in pauses):
            day = self.calendar.next_working(day)
        return day

    def listing(self, days: Sequence[date]) -> str:
        """List days off: a holiday's days as one span, and only a number where weekends are many."""
        weekends = [day for day in days if day not in self.calendar.off]
        short = len(weekends) <= _MANY_WEEKENDS
        told = days if short else [day for day in days if day in self.calendar.off]
        parts = [self._span(*group) for group in _spans(told, self.calendar)]
        if not short:
            parts.append(self("weekends", count=str(len(weekends))))
        return ", ".join(parts)

    def _span(self, name: str | None, days: Sequence[date]) -> str:
        if name is None:
            return self.short(days[0])
        first, last = _numbers(days[0]), _numbers(days[-1])
        span = first if first == last else self("span", first=first, last=last)
        return self("holiday", name=name, span=span) if name else self("nameless", span=span)


def _spans(days: Sequence[date], calendar: Calendar) -> Iterator[tuple[str | None, list[date]]]:
    """Group days on end that share a holiday's name; a plain weekend day stands alone (name ``None``)."""

    def key(item: tuple[int, date]) -> tuple[bool, int, str | None]:
        index, day = item
        if day in calendar.off:
            return True, day.toordinal() - index, calendar.names.get(day, "")
        return False, index, None

    for (_, _, name), items in groupby(enumerate(days), key=key):
        yield name, [day for _, day in items]


def _numbers(day: date) -> str:
    return f"{day.day}/{day.month}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
