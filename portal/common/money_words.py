"""Amounts in the reader's language: "9.000 đ", "9,000 VND". Whole đồng, as everywhere."""

from __future__ import annotations

from django.utils.translation import get_language

from portal.common.money import format_dong


def dong_in_words(amount: int) -> str:
    """Write an amount; in English with commas, for there "9.000" would be nine."""
    vietnamese = format_dong(amount)
    return f"{amount:,} VND" if (get_language() or "").startswith("en") else vietnamese
