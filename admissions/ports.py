"""What the shell takes from this room: its public pages served whole, before anything of the portal runs.

On the morning of an opening everybody reloads the same few pages. They say nothing personal, so each process
keeps the bytes that the portal answered for a few seconds and hands them out without Django. One visitor at
a time fetches them anew; the others get what is there.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

type Environ = dict[str, Any]
type StartResponse = Callable[..., Any]
type Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: a page may be this many seconds old: so late does an opening show
SECONDS = 5.0
_MOST_BYTES = 2**20
_MOST_PAGES = 200
_PAGES = re.compile(r"^(?:/en)?/tuyen-sinh/(?:[a-z0-9-]+/(?:dang-ky/|ket-qua/)?)?$")


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

    def serve(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if (
            environ["REQUEST_METHOD"] != "GET"
            or environ.get("QUERY_STRING")
            or not _PAGES.match(environ.get("PATH_INFO", ""))
        ):
            return application(environ, start_response)
        key = f"{environ.get('wsgi.url_scheme')}://{environ.get('HTTP_HOST')}{environ['PATH_INFO']}"
        page = kept.get(key)
        if page is not None and (
            time.monotonic() < page.until or not page.renewing.acquire(blocking=False)
        ):
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

    return serve


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
