"""The revision that a form showed, as it comes back."""

from __future__ import annotations

from django.http import HttpRequest

_DIGITS = 9  # what fits the column


def sent_revision(request: HttpRequest) -> int:
    """Give the number in the form's ``revision``; -1, which no row has, for anything else."""
    raw = request.POST.get("revision", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= _DIGITS else -1
