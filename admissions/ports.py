"""What the shell takes from this room: what everybody asks for on an opening morning, served before the portal.

Everybody reloads the same few pages. They say nothing personal, so each process keeps the bytes that the
portal answered for a few seconds and hands them out without Django's middleware. One visitor at a time fetches
them anew; the others get what is there. Who waits asks how long it still is: a signed ticket and a clock answer.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.db import close_old_connections
from django.template.loader import render_to_string
from django.utils.translation import override

type Environ = dict[str, Any]
type StartResponse = Callable[..., Any]
type Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: a page may be this many seconds old: so late does an opening show
SECONDS = 5.0
_MOST_BYTES = 2**20
_MOST_PAGES = 200
_PAGES = re.compile(r"^(?:/en)?/tuyen-sinh/(?:[a-z0-9-]+/(?:dang-ky/|ket-qua/)?)?$")
_STILL = re.compile(r"^(/en)?/tuyen-sinh/([a-z0-9-]+)/cho/con/$")


@dataclass(slots=True)
class _Kept:
    status: str
    headers: list[tuple[str, str]]
    body: bytes
    until: float
    renewing: threading.Lock = field(default_factory=threading.Lock)


def whole_pages(application: Application) -> Application:
    """Wrap the portal's WSGI application."""
    kept: dict[str, _Kept] = {}
    rooms = _Rooms()

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return application(environ, start_response)
        path = environ.get("PATH_INFO", "")
        still = _STILL.match(path)
        if still is not None:
            return _still(rooms, still[2], environ, start_response, "en" if still[1] else "vi")
        if not _PAGES.match(path):
            return application(environ, start_response)
        return _whole(kept, application, environ, start_response)

    return serve


def _whole(
    kept: dict[str, _Kept], application: Application, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    key = f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}{environ['PATH_INFO']}"
    page = kept.get(key)
    if page is not None and (time.monotonic() < page.until or not page.renewing.acquire(blocking=False)):
        start_response(page.status, page.headers)
        return [page.body]
    try:
        fresh = _ask(application, environ)
    finally:
        if page is not None:
            page.renewing.release()
    if _may_be_kept(fresh):
        if len(kept) >= _MOST_PAGES:
            kept.clear()
        kept[key] = fresh
    start_response(fresh.status, fresh.headers)
    return [fresh.body]


def _ask(application: Application, environ: Environ) -> _Kept:
    """Let the portal answer a stranger: whoever asks, the page must not be theirs."""
    told: list[Any] = []

    def remember(status: str, headers: list[tuple[str, str]], *_more: Any) -> None:
        told[:] = [status, headers]

    asked = {name: value for name, value in environ.items() if name != "HTTP_COOKIE"}
    answer = application(asked, remember)
    try:
        body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    return _Kept(told[0], told[1], body, time.monotonic() + SECONDS)


def _may_be_kept(page: _Kept) -> bool:
    names = {name.lower() for name, _value in page.headers}
    return page.status.startswith("200") and "set-cookie" not in names and len(page.body) <= _MOST_BYTES


class _Rooms:
    """The waiting rooms by season, read anew every few seconds."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, Any]] = {}

    def of(self, code: str) -> Any:
        """Give the season's room, None where it has none or it is off."""
        from admissions.views.waiting import room_of_season  # noqa: PLC0415 - once the apps are ready

        found = self._known.get(code)
        if found is None or time.monotonic() >= found[0]:
            if len(self._known) >= _MOST_PAGES:
                self._known.clear()
            try:
                found = (time.monotonic() + SECONDS, room_of_season(code))
            finally:
                close_old_connections()
            self._known[code] = found
        return found[1]


def _still(
    rooms: _Rooms, code: str, environ: Environ, start_response: StartResponse, language: str
) -> Iterable[bytes]:
    """Say how long it still is; 205 once the turn has come, or where there is nothing to wait for."""
    from admissions.views.waiting import cookie_of, told, turn_of  # noqa: PLC0415 - once the apps are ready

    room, turn = rooms.of(code), None
    if room is not None:
        try:
            cookies = SimpleCookie(environ.get("HTTP_COOKIE", ""))
        except CookieError:
            cookies = SimpleCookie()
        ticket = cookies.get(cookie_of(room))
        turn = turn_of(room, ticket.value if ticket is not None else "")
    headers = [("Cache-Control", "private, no-store"), ("X-Content-Type-Options", "nosniff")]
    if turn is None or not turn.seconds:
        start_response("205 Reset Content", [*headers, ("Content-Length", "0")])
        return [b""]
    with override(language):
        body = render_to_string("admissions/_waiting.html", told(turn)).encode()
    headers += [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [body]
