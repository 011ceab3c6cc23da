"""Figures of the register, for everybody: no cell below five."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.diplomas import selectors
from portal.diplomas.models import Level
from portal.diplomas.models.entries import Gender
from portal.diplomas.statistics import BY, SMALLEST


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show a chart by year, level, school, grade or gender."""
    years = selectors.years_with_figures()
    by = request.GET.get("theo", "")
    by = by if by in BY else "year"
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None  # noqa: PLR2004 - a year
    year = year if year in years and by != "year" else None
    level = request.GET.get("bac", "")
    level = level if level in Level.values and by != "level" else ""
    rows = selectors.figures(by, year=year, level=level)
    most = max((row.count or 0 for row in rows), default=0)
    words = {"level": dict(Level.choices), "gender": dict(Gender.choices)}.get(by, {})
    bars = [
        {
            "label": str(words.get(row.value, row.value)) or _("Không ghi"),
            "share": round(100 * (row.count or 0) / most) if most else 0,
            "value": _("dưới %(n)d") % {"n": SMALLEST} if row.count is None else row.count,
            "most": row.count == most and most > 0,
        }
        for row in rows
    ]
    ways = {
        "year": _("Năm"),
        "level": _("Cấp học"),
        "school": _("Trường"),
        "grade": _("Xếp loại"),
        "gender": _("Giới tính"),
    }
    context = {
        "by": by,
        "ways": ways.items(),
        "years": years,
        "year": year,
        "level": level,
        "levels": Level.choices,
        "bars": bars,
        "total": sum(row.count or 0 for row in rows),
        "smallest": SMALLEST,
    }
    return render(request, "diplomas/statistics.html", context)
