"""Pages kept whole for everybody, in every process, until something on them changes.

A page is kept under the generation that was read before it was made. Whatever changes a page raises the number in
its own transaction (publishing through Wagtail's signals, facts by triggers of the database), so no process can
show what was before. A page also ends by itself at the next moment at which anything changes by date alone.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_path, override

from cms.freshness import next_change
from cms.models import CacheGeneration
from portal.common.clock import local_day
from portal.procedures import selectors as procedures

#: one process makes a page while the others wait this long for it
PATIENCE = 3.0
_STEP = 0.03
_KEPT_VIEWS = frozenset({"wagtail_serve", "school_finder", "school"})
_LONGEST = 24 * 60 * 60
#: headers that belong to the page; all others are made anew for every answer
_KEPT_HEADERS = ("Content-Type", "Content-Language", "Link")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is kept: ``until`` is a POSIX time."""

    headers: dict[str, str]
    body: bytes
    packed: bytes
    etag: str
    until: float


def generation() -> int:
    """Read the number under which pages are kept now."""
    number = CacheGeneration.objects.values_list("number", flat=True).first()
    return 0 if number is None else number


def _offered() -> str:
    """Give a mark of what can be applied for today: definitions are files, and no row changes with them."""
    offered = procedures.offered(local_day(timezone.now()))
    return f"{zlib.crc32(repr([(made.code, made.version) for made in offered]).encode()):x}"


def purge() -> None:
    """Forget every kept page, in the caller's transaction: pages that list or quote a changed one, too."""
    if not CacheGeneration.objects.update(number=F("number") + 1):
        CacheGeneration.objects.get_or_create(pk=1, defaults={"number": 2})


class PageCacheMiddleware:
    """Answers from kept pages; stands before sessions, for what is kept says nothing personal."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give the kept page, or make it once while others wait for it."""
        address = _address(request)
        if address is None:
            return self.get_response(request)
        key = f"page:{generation()}:{_offered()}:{address}"
        kept = _read(key)
        if kept is not None:
            return _answer(request, kept)
        with _turn(key):
            return self._made_once(request, key)

    def _made_once(self, request: HttpRequest, key: str) -> HttpResponse:
        """Make the page, unless somebody did while we waited for our turn."""
        kept = _read(key)
        if kept is None and not cache.add(f"{key}:made", 1, PATIENCE):
            kept = _await(key)  # another process is at it
        if kept is not None:
            return _answer(request, kept)
        response = self.get_response(request)
        kept = _keep(key, response)
        cache.delete(f"{key}:made")
        return response if kept is None else _answer(request, kept)


def _address(request: HttpRequest) -> str | None:
    """Give the key of what may be kept; questions in the address are answered anew."""
    if request.method not in {"GET", "HEAD"} or request.META.get("QUERY_STRING"):
        return None
    if not _is_page(request.path_info):
        return None
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return hashlib.sha256(f"{request.scheme}:{host}:{request.path}".encode()).hexdigest()


@lru_cache(maxsize=4_096)
def _is_page(path: str) -> bool:
    """Whether a page of the tree, or a list that says nothing personal, stands at a path."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        try:
            found = resolve(path)
        except Resolver404:
            return False
    return found.url_name in _KEPT_VIEWS


def _read(key: str) -> Kept | None:
    kept: Kept | None = cache.get(key)
    return kept if kept is not None and kept.until > timezone.now().timestamp() else None


def _keep(key: str, response: HttpResponse) -> Kept | None:
    """Keep a whole, public, successful page until it changes by itself."""
    if not getattr(response, "may_be_kept", False) or response.status_code != 200 or response.streaming:  # noqa: PLR2004 - HTTP's OK
        return None
    if response.cookies or response.has_header("Set-Cookie"):
        return None
    now = timezone.now()
    until = next_change(now).timestamp()
    left = min(until - now.timestamp(), _LONGEST)
    if left <= 0:
        return None
    body = response.content
    kept = Kept(
        headers={name: response[name] for name in _KEPT_HEADERS if response.has_header(name)},
        body=body,
        # the same for everybody and without secrets, so packing gives nothing away
        packed=gzip.compress(body, 6, mtime=0),
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:24]}"',
        until=until,
    )
    cache.set(key, kept, left)
    return kept


def _answer(request: HttpRequest, kept: Kept) -> HttpResponse:
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if kept.etag in asked or "*" in asked:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(kept.packed, headers=kept.headers)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(kept.body, headers=kept.headers)
    response["ETag"] = kept.etag
    response["Cache-Control"] = "public, no-cache"  # keep it, but ask whether it still holds
    response.may_be_kept = True  # type: ignore[attr-defined]  # also read by tests
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


_TURNS = [threading.Lock() for _ in range(64)]


@contextmanager
def _turn(key: str) -> Iterator[None]:
    """Let one thread of this process make a page; who waited too long goes on all the same."""
    lock = _TURNS[zlib.crc32(key.encode()) % len(_TURNS)]
    mine = lock.acquire(timeout=PATIENCE)
    try:
        yield
    finally:
        if mine:
            lock.release()


def _await(key: str) -> Kept | None:
    """Wait for whoever makes the page; None where it takes too long or is not kept."""
    until = time.monotonic() + PATIENCE
    while True:
        kept = _read(key)
        if kept is not None or cache.get(f"{key}:made") is None or time.monotonic() > until:
            return kept
        time.sleep(_STEP)
