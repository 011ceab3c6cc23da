"""As much HTTP as this bank needs: requests, responses, routes, over WSGI."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

LARGEST_BODY = 65_536

StartResponse = Callable[[str, list[tuple[str, str]]], object]
_SAFE = [
    # only this bank's own style sheet; forms may end at the payee, whose address nobody here knows
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cache-Control", "no-store"),
]


@dataclass(frozen=True, slots=True)
class Request:
    """One request; ``query`` as it arrived, ``parts`` what the route took from the path."""

    method: str
    path: str
    query: str
    body: bytes
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def form(self) -> dict[str, str]:
        """Read a form's fields; the last of a repeated name counts."""
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @property
    def arguments(self) -> dict[str, str]:
        """Read the query's fields."""
        return dict(parse_qsl(self.query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """One answer."""

    body: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    location: str = ""


View = Callable[[Request], Response]


def redirect(location: str) -> Response:
    """Send the browser elsewhere, always with GET."""
    return Response(b"", HTTPStatus.SEE_OTHER, location=location)


def as_json(value: Any, status: int = 200) -> Response:
    """Answer JSON."""
    return Response(json.dumps(value, ensure_ascii=False).encode(), status, "application/json")


class Application:
    """Finds a view by method and path; anything that breaks is a 500 without details."""

    def __init__(self, routes: Iterable[tuple[str, str, View]]) -> None:
        self._routes = [(method, re.compile(path), view) for method, path, view in routes]

    def __call__(self, environ: Mapping[str, Any], start: StartResponse) -> list[bytes]:
        """Serve one request (WSGI)."""
        response = self._answer(environ)
        status = HTTPStatus(response.status)
        headers = [("Content-Type", response.kind), ("Content-Length", str(len(response.body))), *_SAFE]
        if response.location:
            headers.append(("Location", response.location))
        start(f"{status.value} {status.phrase}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def _answer(self, environ: Mapping[str, Any]) -> Response:
        length = str(environ.get("CONTENT_LENGTH") or "0")
        if not length.isdecimal() or int(length) > LARGEST_BODY:
            return Response(b"", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = environ["wsgi.input"].read(int(length))
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        for wanted, pattern, view in self._routes:
            match = pattern.fullmatch(path)
            if match and wanted == ("GET" if method == "HEAD" else method):
                return view(Request(method, path, environ.get("QUERY_STRING", ""), body, match.groupdict()))
        return Response("Không có trang này.".encode(), HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8")
