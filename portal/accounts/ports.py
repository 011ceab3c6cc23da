"""What the views of other rooms need: who is there, who may come in, how often.

"Not yours" and "not there" look equal: a view that finds nothing for its citizen or officer answers
``raise Http404``; these decorators only say who may come to the page at all. ``sample_provider`` starts and fills the process
that plays VNeID, for the demo (no Django inside).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode

from portal.accounts import selectors
from portal.accounts.models import Citizen, FamilyLink, Officer, Relation, Role
from portal.accounts.provider import launch as sample_provider
from portal.accounts.selectors import ActiveRole
from portal.accounts.services.throttle import seconds_until_next_turn, take_turn
from portal.accounts.sessions import citizen_of, officer_of, path_to_return_to
from portal.common.fields import blind_index

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


class Guard(Protocol):
    """A decorator that keeps the view's own arguments."""

    def __call__[**P](self, view: View[P], /) -> View[P]:
        """Wrap a view."""
        ...


__all__ = [
    "FamilyLink",
    "Relation",
    "Role",
    "address_key",
    "citizen_or_none",
    "citizen_required",
    "current_citizen",
    "current_officer",
    "current_roles",
    "officer_or_none",
    "officer_required",
    "sample_provider",
    "throttled",
]

citizen_or_none = citizen_of
officer_or_none = officer_of


def current_citizen(request: HttpRequest) -> Citizen:
    """Give the citizen of a view under :func:`citizen_required`."""
    citizen = citizen_of(request)
    if citizen is None:
        raise PermissionDenied
    return citizen


def current_officer(request: HttpRequest) -> Officer:
    """Give the officer of a view under :func:`officer_required`."""
    officer = officer_of(request)
    if officer is None:
        raise PermissionDenied
    return officer


def current_roles(request: HttpRequest) -> frozenset[ActiveRole]:
    """Give the roles that the officer holds today; read once a request."""
    if not hasattr(request, "_roles"):
        officer = officer_of(request)
        roles = selectors.active_roles(officer.user) if officer else frozenset()
        request._roles = roles  # type: ignore[attr-defined]  # noqa: SLF001 — kept with the request
    return request._roles  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 — set above


def citizen_required[**P](view: View[P]) -> View[P]:
    """Let citizens in; others are led to the sign-in and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if citizen_of(request) is None:
            if request.user.is_authenticated:
                return _wrong_side(request, "citizen")
            return _to_sign_in(request, "accounts:sign_in")
        return _private(view(request, *args, **kwargs))

    return guarded


def officer_required(*roles: str) -> Guard:
    """Let officers in who have shown their second factor and hold one of ``roles`` today (any, if none).

    Which organisation's records they may open is the view's question to the selectors.
    """

    def guard[**P](view: View[P], /) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if officer_of(request) is None:
                if request.user.is_authenticated and citizen_of(request) is not None:
                    return _wrong_side(request, "officer")
                return _to_sign_in(request, "accounts:officer_sign_in")
            if not any(not roles or active.role in roles for active in current_roles(request)):
                return _wrong_side(request, "role")
            return _private(view(request, *args, **kwargs))

        return guarded

    return guard


def throttled(name: str, limit: int, seconds: int, *, only: str = "") -> Guard:
    """Allow ``limit`` requests per window of ``seconds`` to each user, or to each address of strangers.

    ``only="POST"`` lets a view that also shows its form count the sending alone.
    """

    def guard[**P](view: View[P], /) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            counts = not only or request.method == only
            if counts and not take_turn(key=f"{name}:{_who(request)}", limit=limit, seconds=seconds):
                return too_many(request, seconds)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """Answer 429 with a sentence and the time after which to come back."""
    wait = seconds_until_next_turn(seconds)
    response = render(request, "accounts/too_many.html", {"minutes": -(-wait // 60)}, status=429)
    response.headers["Retry-After"] = str(wait)
    return _private(response)


def address_key(request: HttpRequest) -> str:
    """Tell visitors apart by a digest: an address is personal, and a counter needs no more."""
    return blind_index("address", request.META.get("REMOTE_ADDR", ""))[:32]


def _who(request: HttpRequest) -> str:
    return f"user-{request.user.pk}" if request.user.pk is not None else address_key(request)


def _to_sign_in(request: HttpRequest, url_name: str) -> HttpResponse:
    query = {"next": path_to_return_to(request)}
    if settings.SESSION_COOKIE_NAME in request.COOKIES or request.method == "POST":
        query["het-phien"] = "1"
    target = f"{reverse(url_name)}?{urlencode(query)}"
    if "HX-Request" in request.headers:
        # htmx would otherwise put the sign-in page into the middle of the old one
        return HttpResponse(status=204, headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _wrong_side(request: HttpRequest, needed: str) -> HttpResponse:
    return _private(render(request, "accounts/wrong_side.html", {"needed": needed}, status=403))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep what a person sees out of every shared cache."""
    patch_cache_control(response, private=True, no_store=True)
    return response
