"""How mail leaves: one address such as ``smtp+tls://user:password@host:587`` or ``consolemail://``."""

from __future__ import annotations

from typing import Any

import environ

TIMEOUT = 10.0
"""Seconds to wait for a mail server; a worker's thread waits meanwhile."""


def mailers(url: str) -> dict[str, dict[str, Any]]:
    """Make Django's ``MAILERS`` from an address in the notation of django-environ."""
    found = environ.Env.email_url_config(url)
    if not found["EMAIL_HOST"]:
        return {"default": {"BACKEND": found["EMAIL_BACKEND"]}}
    options = {
        "host": found["EMAIL_HOST"],
        "port": found["EMAIL_PORT"],
        "username": found["EMAIL_HOST_USER"] or "",
        "password": found["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": bool(found.get("EMAIL_USE_TLS")),
        "use_ssl": bool(found.get("EMAIL_USE_SSL")),
        "timeout": TIMEOUT,
    }
    return {"default": {"BACKEND": found["EMAIL_BACKEND"], "OPTIONS": options}}
