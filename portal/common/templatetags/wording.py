"""Filters for amounts, days and codes, so that no template formats them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from portal.common import codes, day_words, money

register = template.Library()


@register.filter
def dong(amount: int | None) -> str:
    """``9000`` → "9.000 đ"; nothing for ``None``."""
    return "" if amount is None else money.format_dong(amount)


@register.filter
def grouped(number: int | None) -> str:
    """``1200`` → "1.200" ("1,200" in English)."""
    if number is None:
        return ""
    text = f"{number:,}"
    return text if (get_language() or "").startswith("en") else text.replace(",", ".")


@register.filter
def day(value: date | None) -> str:
    """Write a day as 03/06/2027 (a moment: its day in Vietnam)."""
    return "" if value is None else day_words.day_in_words(value, with_year=True).rsplit(", ", 1)[1]


@register.filter
def day_in_words(value: date | None, with_year: str = "") -> str:
    """Write "thứ Năm, 03/06"; ``:"year"`` adds the year."""
    return "" if value is None else day_words.day_in_words(value, with_year=bool(with_year))


@register.filter
def hour(value: datetime | None) -> str:
    """Write "9:40"."""
    return "" if value is None else day_words.hour_in_words(value)


@register.filter
def moment_in_words(value: datetime | None, with_year: str = "") -> str:
    """Write "9:40 thứ Năm, 03/06"; ``:"year"`` adds the year."""
    return "" if value is None else day_words.moment_in_words(value, with_year=bool(with_year))


@register.filter
def masked_id(personal_id: str) -> str:
    """``999318004512`` → "999 ••• ••• 512"."""
    return codes.mask_personal_id(personal_id)


@register.filter
def spoken_phone(number: str) -> str:
    """``+84912345678`` → "0912 345 678", as people in Vietnam write it; other numbers stay as they are."""
    if not number.startswith("+84"):
        return number
    local = "0" + number.removeprefix("+84")
    return f"{local[:4]} {local[4:7]} {local[7:]}"


@register.filter
def local_path(path: str) -> str:
    """``/thu-tuc/`` → ``/en/thu-tuc/`` while English is spoken; for paths inside `i18n_patterns`."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def other_language_path(context: template.Context) -> str:
    """Give this page's address in the other language; the home page where the request is unknown."""
    request = context.get("request")
    path = request.path if request is not None else "/"
    if path == "/en" or path.startswith("/en/"):
        return path.removeprefix("/en") or "/"
    return f"/en{path}"


@register.filter
def item(sequence: Sequence[Any], index: int) -> Any:
    """Give the thing at ``index``, or nothing: rows of a table look up their column."""
    return sequence[index] if index < len(sequence) else ""
