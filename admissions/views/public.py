"""Pages for everybody: seasons, "which school is ours", results and the means to check them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from admissions import instances, selectors, signing
from admissions.addresses import find_places
from admissions.allocation import verifier
from admissions.kinds import show_place
from admissions.models import Level, Phase, PhaseKind, Place, Registration, Round, Season
from admissions.rules import read_rules
from admissions.standing import class_words, metres_words, offers_from, zone_words
from portal.accounts.ports import throttled
from portal.organisations import selectors as organisations

_SHOWN_SCHOOLS = 6


def season_or_404(code: str) -> Season:
    """Give a season that the public may see."""
    found = selectors.season(code)
    if found is None or not found.open_to_all:
        raise Http404
    return found


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """List the seasons."""
    rows = [
        {"season": season, "now": _standing(season, selectors.current_round(season))}
        for season in selectors.seasons()
    ]
    return render(request, "admissions/index.html", {"rows": rows})


def _standing(season: Season, round_: Round) -> dict[str, Any]:
    """Say what may be done now, for the notice at the top of a season."""
    now = timezone.now()
    window = selectors.phase(season, PhaseKind.WINDOW, round_.number)
    confirmation = selectors.phase(season, PhaseKind.CONFIRMATION, round_.number)
    review = selectors.phase(season, PhaseKind.REVIEW)
    return {
        "window": window,
        "window_open": selectors.is_open(window, now),
        "window_ahead": window is not None and now < window.opens_at,
        "confirmation": confirmation,
        "confirmation_open": round_.published_at is not None and selectors.is_open(confirmation, now),
        "review": review,
        "review_open": selectors.is_open(review, now),
        "published": round_.published_at is not None,
    }


@require_GET
def season(request: HttpRequest, code: str) -> HttpResponse:
    """Show one season: what may be done now, its dates, its rules, its proof."""
    found = season_or_404(code)
    round_ = selectors.current_round(found)
    rules = read_rules(found.rules)
    numbers = sorted(
        {
            rules.permanent_class,
            rules.present_class,
            rules.neighbour_class,
            rules.other_class,
            *([rules.sibling_class] if rules.sibling_class is not None else []),
        }
    )
    events = found.events.exclude(reason="").filter(action__in=["phase", "rules"])[:20]
    context = {
        "season": found,
        "round": round_,
        "standing": _standing(found, round_),
        "moments": selectors.timeline(found),
        "rules": rules,
        "classes": [{"number": number, "words": class_words(rules, number)} for number in numbers],
        "seats": sum(quota.seats for quota in round_.quota_rows.all()),
        "events": [_event(event) for event in events],
    }
    return render(request, "admissions/season.html", context)


def _event(event: Any) -> dict[str, Any]:
    kind = event.facts.get("kind", "")
    title = str(PhaseKind(kind).label) if kind in PhaseKind.values else ""
    return {"at": event.at, "title": title, "reason": event.reason}


@require_GET
@throttled("which-school", limit=120, seconds=600)
def finder(request: HttpRequest, code: str) -> HttpResponse:
    """Answer "which school is ours" for an address, with its reason."""
    found = season_or_404(code)
    address = request.GET.get("dia-chi", "").replace("\x00", "")[:200].strip()
    chosen = request.GET.get("noi", "")
    context: dict[str, Any] = {"season": found, "address": address, "asked": bool(address or chosen)}
    place: Place | None = None
    if chosen.isascii() and chosen.isdecimal() and len(chosen) <= 9:  # noqa: PLR2004 - what fits the column
        place = Place.objects.select_related("commune").filter(pk=int(chosen)).first()
    elif address:
        where = find_places(address)
        place = where.place
        context |= {
            "former": where.former,
            "communes": where.communes,
            "places": [{"pk": each.pk, "words": show_place(each.pk)} for each in where.places[:40]],
        }
    if place is not None:
        context |= _answer(found, place)
    return render(request, "admissions/finder.html", context)


def _answer(season: Season, place: Place) -> dict[str, Any]:
    offers = offers_from(selectors.current_round(season), place)
    told = [
        {
            "school": offer.school,
            "zone": zone_words(offer.zone),
            "metres": metres_words(offer.metres),
            "seats": offer.seats,
            "home": offer.is_home,
        }
        for offer in offers[:_SHOWN_SCHOOLS]
    ]
    return {
        "place": place,
        "place_words": show_place(place.pk),
        "answer": told[0] if told and told[0]["home"] else None,
        "others": [row for row in told if not row["home"]],
    }


def _published(code: str) -> tuple[Season, Round]:
    found = season_or_404(code)
    round_ = found.rounds.exclude(published_at=None).order_by("-number").first()
    if round_ is None:
        raise Http404
    round_.season = found
    return found, round_


@require_GET
@cache_control(public=True, max_age=300)
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Show the result in figures, and how everybody can check it. Nobody is named."""
    found, round_ = _published(code)
    rows = [
        {"school": organisations.by_code(school), "code": school, **facts}
        for school, facts in sorted(round_.figures["schools"].items())
    ]
    band = read_rules(round_.rules).band_metres
    context = {
        "season": found,
        "round": round_,
        "figures": round_.figures,
        "by_choice": round_.figures["by_choice"],
        "rows": rows,
        "band": band,
        "hardship": Registration.objects.filter(round=round_).exclude(hardship_note="").count(),
        "proof": [
            {"label": "commitment", "value": round_.commitment},
            {"label": "root", "value": round_.root},
            {"label": "public-value", "value": round_.public_value},
        ],
    }
    return render(request, "admissions/results.html", context)


@require_GET
@cache_control(public=True, max_age=300)
def bundle(_request: HttpRequest, code: str) -> HttpResponse:
    """Hand out everything from which the result can be computed anew."""
    found, round_ = _published(code)
    answer = HttpResponse(instances.fetch(round_.bundle_name), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{found.code}-{round_.number}.json"'
    return answer


@require_GET
@cache_control(public=True, max_age=86_400)
def verifier_file(_request: HttpRequest) -> FileResponse:
    """Hand out the stand-alone program that checks a bundle."""
    return FileResponse(
        Path(verifier.__file__).open("rb"),
        as_attachment=True,
        filename="verifier.py",
        content_type="text/x-python",
    )


@require_GET
@throttled("receipt-of-time", limit=60, seconds=600)
def receipt(request: HttpRequest) -> HttpResponse:
    """Check a receipt of time that somebody holds."""
    token = request.GET.get("ma", "").replace("\x00", "")[:2_000]
    facts = signing.read(token) if token else None
    context: dict[str, Any] = {"token": token, "facts": facts, "public_key": signing.public_key()}
    if facts is not None:
        context["season"] = selectors.season(str(facts.get("season", "")))
        context["at"] = dt.datetime.fromisoformat(str(facts["at"]))
    return render(request, "admissions/receipt.html", context)


@require_GET
@cache_control(public=True, max_age=60)
def entrance(request: HttpRequest, code: str) -> HttpResponse:
    """Show the door of the registration: the same page for everybody, served whole from memory."""
    found = season_or_404(code)
    round_ = selectors.current_round(found)
    return render(
        request,
        "admissions/entrance.html",
        {"season": found, "standing": _standing(found, round_), "level": Level(found.level)},
    )


def window_of(season: Season) -> Phase | None:
    """Give the running round's window."""
    return selectors.phase(season, PhaseKind.WINDOW, selectors.current_round(season).number)
