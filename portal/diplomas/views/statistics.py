"""Figures of the register, for everybody: no cell below five."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.ports import throttled
from portal.diplomas import selectors
from portal.diplomas.models import Level
from portal.diplomas.models.entries import Gender
from portal.diplomas.statistics import BY, SMALLEST

KEPT_SECONDS = 600
"""Counting a million rows is not done for every visitor."""


class _Wanted(NamedTuple):
    """By what, and within which year and level."""

    by: str
    year: int | None
    level: str


def _wanted(request: HttpRequest, years: list[int]) -> _Wanted:
    by = request.GET.get("theo", "")
    by = by if by in BY else "year"
    asked = request.GET.get("nam", "")
    year = next((each for each in years if str(each) == asked), None)
    level = request.GET.get("bac", "")
    return _Wanted(
        by,
        year if by != "year" else None,
        level if level in Level.values and by != "level" else "",
    )


@require_GET
@throttled("diploma-figures", limit=120, seconds=600)
def show(request: HttpRequest) -> HttpResponse:
    """Show a chart by year, level, school, grade or gender."""
    years = selectors.years_with_figures()
    wanted = _wanted(request, years)
    rows = _figures(wanted)
    ways = {
        "year": _("Năm"),
        "level": _("Cấp học"),
        "school": _("Trường"),
        "grade": _("Xếp loại"),
        "gender": _("Giới tính"),
    }
    context = {
        **wanted._asdict(),
        "ways": ways.items(),
        "years": years,
        "levels": Level.choices,
        "bars": _bars(rows, wanted.by),
        "total": sum(row.count or 0 for row in rows),
        "smallest": SMALLEST,
    }
    return render(request, "diplomas/statistics.html", context)


def _figures(wanted: _Wanted) -> list[selectors.Row]:
    key = "diploma-figures:" + ":".join(map(str, wanted))
    known: list[selectors.Row] | None = cache.get(key)
    if known is None:
        known = selectors.figures(wanted.by, year=wanted.year, level=wanted.level)
        cache.set(key, known, KEPT_SECONDS)
    return known


def _bars(rows: list[selectors.Row], by: str) -> list[dict[str, Any]]:
    most = max((row.count or 0 for row in rows), default=0)
    words = {"level": dict(Level.choices), "gender": dict(Gender.choices)}.get(by, {})
    return [
        {
            "label": str(words.get(row.value, row.value)) or _("Không ghi"),
            "share": round(100 * (row.count or 0) / most) if most else 0,
            "value": _("dưới %(n)d") % {"n": SMALLEST} if row.count is None else row.count,
            "lang": "vi" if by in {"school", "grade"} and row.value else "",
            "most": row.count == most and most > 0,
        }
        for row in rows
    ]
