"""What the provider says of itself: its addresses and its keys, cached. Only the issuer of the settings."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.cache import cache
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.accounts.openid.failures import Reason, SignInFailedError

CACHED_FOR: Final = 10 * 60
FRESH_KEYS_EVERY: Final = 60
_TIMEOUT: Final = httpx.Timeout(10, connect=4)
_NEEDED: Final = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def http_client() -> httpx.Client:
    """Open a client with short patience that follows no redirects."""
    # a provider on this machine is not to be asked through anybody's proxy
    local = urlsplit(settings.OIDC_ISSUER).hostname in {"127.0.0.1", "localhost", "::1"}
    return httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=not local)


def provider() -> dict[str, str]:
    """Give the provider's addresses; raises :class:`SignInFailedError`."""
    issuer = settings.OIDC_ISSUER
    name = f"openid:provider:{issuer}"
    document: dict[str, str] | None = cache.get(name)
    if document is None:
        read = _read(f"{issuer}/.well-known/openid-configuration")
        if read.get("issuer") != issuer:
            raise SignInFailedError(Reason.UNTRUSTED, "issuer of the discovery document")
        if not all(isinstance(read.get(part), str) for part in _NEEDED):
            raise SignInFailedError(Reason.UNREACHABLE, "discovery document incomplete")
        document = {part: read[part] for part in (*_NEEDED, "issuer")}
        cache.set(name, document, CACHED_FOR)
    return document


def keys(*, fresh: bool = False) -> KeySet:
    """Give the provider's public keys; ``fresh`` asks again, at most once a minute for all processes."""
    name = f"openid:keys:{settings.OIDC_ISSUER}"
    document: dict[str, Any] | None = cache.get(name)
    if document is None or (fresh and cache.add(f"{name}:fresh", 1, FRESH_KEYS_EVERY)):
        document = _read(provider()["jwks_uri"])
        cache.set(name, document, CACHED_FOR)
    try:
        return KeySet.import_key_set(document)  # type: ignore[arg-type]  # what is no key set raises
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise SignInFailedError(Reason.UNREACHABLE, "keys unreadable") from error


def _read(address: str) -> dict[str, Any]:
    try:
        with http_client() as http:
            answer = http.get(address).raise_for_status().json()
    except (httpx.HTTPError, ValueError) as error:
        raise SignInFailedError(Reason.UNREACHABLE, type(error).__name__) from error
    if not isinstance(answer, dict):
        raise SignInFailedError(Reason.UNREACHABLE, "no JSON object")
    return answer
