"""Asking a part over HTTP whether it serves."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from tasks.up.parts import Part


def answer(url: str, *, host: str = "", seconds: float = 3.0) -> tuple[int, bytes]:
    """GET a loopback address, in the name of ``host`` if given; ``(0, b"")`` where nobody answers."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=seconds)
    try:
        connection.request("GET", parts.path or "/", headers={"Host": host} if host else {})
        response = connection.getresponse()
        return response.status, response.read(1_000_000)
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def serves(part: Part) -> bool:
    """Tell whether a part that has an address answers 200 there."""
    return answer(part.health, host=part.host)[0] == 200  # noqa: PLR2004 - HTTP's OK


def reported(part: Part) -> dict[str, Any]:
    """Return the parts that a web process reports at ``/health/``, by name; nothing where nobody answers."""
    body = answer(part.health, host=part.host)[1]
    try:
        parts = json.loads(body)["parts"]
    except (ValueError, KeyError, TypeError):
        return {}
    return parts if isinstance(parts, dict) else {}
