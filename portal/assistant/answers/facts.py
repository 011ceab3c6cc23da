"""References in an answer's text, read at the moment at which the answer is given."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from django.conf import settings

from cms import selectors as pages
from portal.assistant.answers.registry import fact_reader
from portal.organisations import selectors as organisations

REFERENCE = re.compile(r"\{(?P<kind>[a-z_]+)(?::(?P<key>[^{}]+))?\}")
# Vietnamese throughout: the assistant answers in the language in which it is asked
MISSING = {
    "fee": "chưa có trên cổng",
    "days": "chưa có trên cổng",
    "date": "chưa công bố",
    "contact": "chưa có trên cổng",
}
MISSING_ANYTHING = "chưa có thông tin"
VIETNAMESE = "vi"


def filled_in(text: str, day: dt.date) -> str:
    """Replace every reference by the fact of the day; a fact that is missing is said to be missing."""
    return REFERENCE.sub(lambda match: _fact(match.group("kind"), match.group("key") or "", day), text)


def _fact(kind: str, key: str, day: dt.date) -> str:
    reader = _OWN.get(kind) or fact_reader(kind)
    return (reader(key, day) if reader else None) or MISSING.get(kind, MISSING_ANYTHING)


def _fee(code: str, day: dt.date) -> str | None:
    procedure = pages.facts_of(code, VIETNAMESE, day)
    return None if procedure is None else pages.fee_in_words(procedure.fee)


def _days(code: str, day: dt.date) -> str | None:
    procedure = pages.facts_of(code, VIETNAMESE, day)
    return None if procedure is None else pages.days_in_words(procedure.limits)


def _contact(key: str, _day: dt.date) -> str | None:
    office = organisations.department_or_none() if key == "department" else organisations.by_code(key)
    if office is None:
        return None
    ways = [office.address, f"điện thoại {office.phone}" if office.phone else "", office.email]
    return ", ".join([office.name, *filter(None, ways)])


_OWN: dict[str, Callable[[str, dt.date], str | None]] = {
    "fee": _fee,
    "days": _days,
    "contact": _contact,
    "hotline": lambda _key, _day: str(settings.HOTLINE),
    "child_hotline": lambda _key, _day: str(settings.CHILD_HOTLINE),
    "site": lambda _key, _day: str(settings.PUBLIC_URL),
}
