"""Finding a school: by name, commune, level, and how far it is from a commune; on a map and in a list."""

from __future__ import annotations

import math
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from cms import selectors
from portal.organisations import selectors as organisations
from portal.organisations.selectors import Organisation, SchoolLevel

MOST = 60
_EARTH = 6_371.0  # km


@require_GET
def finder(request: HttpRequest) -> HttpResponse:
    """Show the form, the map and the communes; the same for everybody, so it is kept whole."""
    response = render(request, "cms/school_finder.html", _context())
    response.may_be_kept = True  # type: ignore[attr-defined]  # for the page cache
    return response


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """List the schools that match; near ones first where a commune is chosen."""
    level = request.GET.get("cap", "")
    level = level if level in SchoolLevel.values else ""
    commune = _commune(request.GET.get("xa", ""))
    query = request.GET.get("q", "").replace("\x00", "")[:100]
    found = [
        {"school": school, "levels": levels_of(school), "km": _km(commune, school)}
        for school in organisations.find_schools(query, level=level or None, limit=1_000)
    ]
    if commune is not None:
        found.sort(key=lambda row: math.inf if row["km"] is None else row["km"])
    context = _context() | {
        "rows": found[:MOST],
        "count": len(found),
        "query": query,
        "level": level,
        "commune": commune,
        "searched": True,
    }
    response = render(request, "cms/school_finder.html", context)
    patch_cache_control(response, private=True, max_age=300)
    return response


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one school of the register; by a former code, too."""
    school = organisations.by_code(code) if len(code) <= 20 and "\x00" not in code else None  # noqa: PLR2004 - the column
    if school is None or school.kind != organisations.Kind.SCHOOL:
        raise Http404
    context = {
        "school": school,
        "levels": levels_of(school),
        "site_url": selectors.school_site_url(school.code),
        "crumbs": [{"title": _("Tìm trường"), "href": "/truong-hoc/"}],
    }
    response = render(request, "cms/school.html", context)
    response.may_be_kept = True  # type: ignore[attr-defined]  # for the page cache
    return response


def levels_of(school: Organisation) -> str:
    """Say what a school teaches."""
    return ", ".join(str(SchoolLevel(level).label) for level in school.levels)


def _context() -> dict[str, Any]:
    return {"communes": organisations.communes(), "level_choices": SchoolLevel.choices}


def _commune(asked: str) -> Organisation | None:
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9:  # noqa: PLR2004 - digits
        return None
    return organisations.communes().filter(pk=int(asked)).first()


def _km(here: Organisation | None, there: Organisation) -> float | None:
    """Give the distance as the crow flies, in km with one digit."""
    if here is None or None in (here.latitude, here.longitude, there.latitude, there.longitude):
        return None
    one, other = math.radians(here.latitude or 0), math.radians(there.latitude or 0)
    turn = math.radians((there.longitude or 0) - (here.longitude or 0))
    half = math.sin((other - one) / 2) ** 2 + math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return round(2 * _EARTH * math.asin(math.sqrt(half)), 1)
