"""What a session says of who is there: ids and times, never a name or a personal ID."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import Citizen, Officer, User

SECOND_FACTOR: Final = "second_factor"
_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"


def open_session(request: HttpRequest, user: User, *, second_factor: bool = False) -> None:
    """Sign a user in under a new session key; nothing of the session before survives."""
    request.session.flush()
    login(request, user, backend=_BACKEND)
    if second_factor:
        # tied to the user, so that it can never speak for another one
        request.session[SECOND_FACTOR] = user.pk


def has_second_factor(request: HttpRequest) -> bool:
    """Say whether this session's user has shown the second factor."""
    return request.user.is_authenticated and request.session.get(SECOND_FACTOR) == request.user.pk


def citizen_of(request: HttpRequest) -> Citizen | None:
    """Give the signed-in citizen; read once a request."""
    if not hasattr(request, "_citizen"):
        user, found = request.user, None
        if isinstance(user, User):
            found = Citizen.objects.select_related("user").filter(user=user).first()
        request._citizen = found  # type: ignore[attr-defined]  # noqa: SLF001 — kept with the request
    return request._citizen  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 — set above


def officer_of(request: HttpRequest) -> Officer | None:
    """Give the signed-in officer, second factor shown; read once a request."""
    if not hasattr(request, "_officer"):
        user, found = request.user, None
        if isinstance(user, User) and has_second_factor(request):
            found = Officer.objects.select_related("user").filter(user=user).first()
        request._officer = found  # type: ignore[attr-defined]  # noqa: SLF001 — kept with the request
    return request._officer  # type: ignore[attr-defined,no-any-return]  # noqa: SLF001 — set above


def local_path(target: str | None, default: str = "/") -> str:
    """Give ``target`` if it is a path of this site, else ``default``."""
    if not target or not target.startswith("/") or not url_has_allowed_host_and_scheme(target, None):
        return default
    return target


def path_to_return_to(request: HttpRequest) -> str:
    """Give where to go on after signing in: this page, or the one that held the form just sent."""
    if request.method in {"GET", "HEAD"} and "HX-Request" not in request.headers:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "")
    if came_from.netloc != request.get_host():
        return "/"
    return local_path(f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path)
