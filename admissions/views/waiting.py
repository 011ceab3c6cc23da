"""The waiting room: a page that says when one's turn comes, and the door behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from admissions import selectors, services
from admissions.models import Season, WaitingRoom
from admissions.services.waiting import VALID, BadTicketError, Turn
from admissions.views.public import season_or_404, window_of

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


def cookie_of(room: WaitingRoom) -> str:
    """Name the cookie that carries a ticket for the room."""
    return f"phong-cho-{room.pk}"


def room_of_season(code: str) -> WaitingRoom | None:
    """Give the room of a public season's running window by the season's code; None for none."""
    season = selectors.season(code)
    return None if season is None or not season.open_to_all else room_for(season)


def turn_of(room: WaitingRoom, ticket: str) -> Turn | None:
    """Read a ticket; None for one that is none of ours."""
    try:
        return services.look(room=room, ticket=ticket)
    except BadTicketError:
        return None


def room_for(season: Season) -> WaitingRoom | None:
    """Give the running window's room, None while it is off."""
    return services.room_of(window_of(season))


def admitted[**P](view: View[P]) -> View[P]:
    """Let those in whose turn has come; others are led to the waiting room, which leads them back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        season = season_or_404(str(kwargs["code"]))
        room = room_for(season)
        if room is not None and not services.is_admitted(
            room=room, ticket=request.COOKIES.get(cookie_of(room), "")
        ):
            return HttpResponseRedirect(reverse("admissions:waiting", args=[season.code]))
        return view(request, *args, **kwargs)

    return guarded


def _turn(request: HttpRequest, room: WaitingRoom) -> Turn:
    known = turn_of(room, request.COOKIES.get(cookie_of(room), ""))
    return services.take_ticket(room=room) if known is None else known


@require_GET
def waiting(request: HttpRequest, code: str) -> HttpResponse:
    """Give a ticket, or say how long it still is; lead on as soon as the turn has come."""
    season = season_or_404(code)
    inside = HttpResponseRedirect(reverse("admissions:children", args=[code]))
    room = room_for(season)
    if room is None:
        return inside
    turn = _turn(request, room)
    answer: HttpResponse = inside
    if turn.seconds:
        answer = render(request, "admissions/waiting.html", {"season": season, **told(turn)})
    answer.set_cookie(
        cookie_of(room),
        turn.ticket,
        max_age=24 * 60 * 60,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    patch_cache_control(answer, private=True, no_store=True)
    return answer


@require_GET
def still(request: HttpRequest, code: str) -> HttpResponse:
    """Say for the page's script how long it still is; 205 once the turn has come.

    Under load this is answered before the portal (``admissions.ports``), by the same functions.
    """
    room = room_for(season_or_404(code))
    turn = None if room is None else turn_of(room, request.COOKIES.get(cookie_of(room), ""))
    if turn is None or not turn.seconds:
        return HttpResponse(status=205)
    answer = render(request, "admissions/_waiting.html", told(turn))
    patch_cache_control(answer, private=True, no_store=True)
    return answer


def told(turn: Turn) -> dict[str, Any]:
    """Put a turn into what the pages show; ``again`` is after how many seconds the script asks.

    Few questions, the last of them just when the turn has come.
    """
    times = -(-(turn.seconds + 1) // 45)
    again = max(5, -(-(turn.seconds + 1) // times))
    return {"minutes": turn.minutes, "seconds": turn.seconds, "valid": VALID // 60, "again": again}
