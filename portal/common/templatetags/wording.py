"""Filters for amounts, days and codes, so that no template formats them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from portal.common import codes, day_words, money_words

register = template.Library()


@register.filter
def dong(amount: int | None) -> str:
    """``9000`` → "9.000 đ" ("9,000 VND"); nothing for ``None``."""
    return "" if amount is None else money_words.dong_in_words(amount)


@register.filter
def grouped(number: int | None) -> str:
    """``1200`` → "1.200" ("1,200" in English)."""
    if number is None:
        return ""
    text = f"{number:,}"
    return text if (get_language() or "").startswith("en") else text.replace(",", ".")


@register.filter
def unlocalised(number: float | None) -> str:
    """Write a number for programs: ``21.55``, whatever the language's decimal sign."""
    return "" if number is None else repr(number)


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
    return codes.spoken_phone(number)


@register.filter
def local_path(path: str) -> str:
    """``/thu-tuc/`` → ``/en/thu-tuc/`` while English is spoken; for paths inside `i18n_patterns`."""
    language = get_language() or settings.LANGUAGE_CODE
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


@register.simple_tag(takes_context=True)
def other_language_path(context: template.Context) -> str:
    """Give this page's address in the other language; home's where it has none there.

    A page of editors has one where it was translated; every other page of the portal is in both languages.
    """
    now = get_language() or settings.LANGUAGE_CODE
    other = next(code for code, _name in settings.LANGUAGES if code != now)
    home = "/" if other == settings.LANGUAGE_CODE else f"/{other}/"
    request = context.get("request")
    if request is None:
        return home
    # header and footer both ask
    known: dict[str, str] = request.__dict__.setdefault("_paths_in", {})
    if other not in known:
        known[other] = _path_in(other, request, context.get("page"), home)
    return known[other]


def _path_in(other: str, request: HttpRequest, page: Any, home: str) -> str:
    if hasattr(page, "get_translations"):  # Wagtail's; a page of a list or a form has none
        translated = page.get_translations().live().filter(locale__language_code=other).first()
        return (translated.get_url(request) if translated is not None else None) or home
    path: str = translate_url(request.path, other)
    return path if path != request.path else home


@register.filter
def item(sequence: Sequence[Any], index: int) -> Any:
    """Give the thing at ``index``, or nothing: rows of a table look up their column."""
    return sequence[index] if index < len(sequence) else ""
