"""Facts in texts by reference: ``[fee:2.002854]`` is written once and shown as it is on the day of reading.

Kinds: ``fee:CODE`` and ``days:CODE`` of a procedure, ``date:SEASON/PHASE`` of a key date, ``contact:CODE`` of an
office or school.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from django.utils.html import escape
from django.utils.translation import get_language, gettext

from cms import selectors
from portal.common.day_words import day_in_words
from portal.organisations import selectors as organisations

REFERENCE = re.compile(r"\[(fee|days|date|contact):([^\[\]\s]{1,60})\]")
#: an amount of money, or a number of working days, written out
LITERAL = re.compile(
    r"\d{1,3}(?:[.,]\d{3})+\s?(?:đ|đồng|VND)\b|\b\d+\s+ngày(?:\s+làm\s+việc)?\b", re.IGNORECASE
)

Resolver = Callable[[str, str, dt.date], str | None]


def _fee(code: str, language: str, day: dt.date) -> str | None:
    facts = selectors.facts_of(code, language, day)
    return None if facts is None else selectors.fee_in_words(facts.fee)


def _days(code: str, language: str, day: dt.date) -> str | None:
    facts = selectors.facts_of(code, language, day)
    return None if facts is None else selectors.days_in_words(facts.limits)


def _date(key: str, _language: str, _day: dt.date) -> str | None:
    season, _, phase = key.partition("/")
    found = selectors.key_date(season, phase)
    if found is None:
        return None
    first = day_in_words(found.starts, with_year=True)
    if found.ends is None or found.ends == found.starts:
        return first
    return gettext("từ %(first)s đến %(last)s") % {
        "first": first,
        "last": day_in_words(found.ends, with_year=True),
    }


def _contact(code: str, _language: str, _day: dt.date) -> str | None:
    found = organisations.by_code(code)
    if found is None:
        return None
    return ", ".join(part for part in (found.name, found.address, found.phone, found.email) if part)


RESOLVERS: dict[str, Resolver] = {"fee": _fee, "days": _days, "date": _date, "contact": _contact}


def resolve(kind: str, key: str, language: str, day: dt.date) -> str | None:
    """Say a fact of a day as plain text; None where there is none."""
    return RESOLVERS[kind](key, language, day)


def render(text: str, day: dt.date, *, markup: bool = False, language: str = "") -> str:
    """Put facts into a text, escaped where it is markup; an unknown one asks to look at the procedure's page."""
    spoken = language or get_language() or "vi"

    def say(match: re.Match[str]) -> str:
        said = resolve(match[1], match[2], spoken, day) or gettext("(xem trang thủ tục)")
        return escape(said) if markup else said

    return REFERENCE.sub(say, text)


def unknown(text: str, day: dt.date) -> list[str]:
    """List the references of a text that lead nowhere on a day."""
    return [
        f"{kind}:{key}" for kind, key in REFERENCE.findall(text) if resolve(kind, key, "vi", day) is None
    ]


def literals(text: str) -> Iterator[str]:
    """Find amounts and numbers of days that are written out."""
    return (match[0] for match in LITERAL.finditer(text))
