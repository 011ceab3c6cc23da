"""Asking a part over HTTP whether it serves."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit


def answer(url: str, seconds: float = 3.0) -> tuple[int, bytes]:
    """GET a loopback address; ``(0, b"")`` where nobody answers. No proxy, no redirect."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port or 80, timeout=seconds)
    try:
        connection.request("GET", parts.path or "/")
        response = connection.getresponse()
        return response.status, response.read(1_000_000)
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def serves(url: str) -> bool:
    """Tell whether the address answers 200."""
    return answer(url)[0] == 200  # noqa: PLR2004 - HTTP's OK


def reported(url: str) -> dict[str, Any]:
    """Return the parts that ``/health/`` reports, by name; nothing where nobody answers."""
    body = answer(url)[1]
    try:
        parts = json.loads(body)["parts"]
    except (ValueError, KeyError, TypeError):
        return {}
    return parts if isinstance(parts, dict) else {}
