"""Asking the provider: where to send the person, and who came back."""

from __future__ import annotations

import time
from typing import Any, Final

import httpx
from django.conf import settings
from django.utils.http import urlencode

from portal.accounts.openid import discovery
from portal.accounts.openid.attempt import Attempt
from portal.accounts.openid.failures import Reason, SignInFailedError
from portal.accounts.openid.tokens import UnknownKeyError, checked_claims

SCOPE: Final = "openid profile email phone address citizen"
RETURN_PATH: Final = "/dang-nhap/vneid/xong/"


def return_address() -> str:
    """Give the redirect URI, the same in every language: it is registered at the provider."""
    return f"{settings.PUBLIC_URL}{RETURN_PATH}"


def authorization_address(attempt: Attempt) -> str:
    """Give the provider's address to which the browser is sent."""
    query = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": return_address(),
        "scope": SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
        "ui_locales": attempt.language,
    }
    address = discovery.provider()["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def claims_for(attempt: Attempt, code: str) -> dict[str, Any]:
    """Exchange a code and give the person's claims, the ID token checked and the user-info joined.

    Raises :class:`SignInFailedError`. Nothing of the tokens is kept.
    """
    tokens = _exchange(attempt, code)
    identity = _identity(tokens.get("id_token"), attempt)
    access_token = tokens.get("access_token")
    if not isinstance(access_token, str):
        raise SignInFailedError(Reason.UNTRUSTED, "no access token")
    particulars = _ask(
        "GET",
        discovery.provider()["userinfo_endpoint"],
        headers={"Authorization": f"Bearer {access_token}"},
    )
    if particulars.get("sub") != identity["sub"]:
        # §5.3.2: without this a swapped access token would bring another person's particulars
        raise SignInFailedError(Reason.UNTRUSTED, "sub of the user-info")
    return {**particulars, "sub": identity["sub"]}


def _exchange(attempt: Attempt, code: str) -> dict[str, Any]:
    return _ask(
        "POST",
        discovery.provider()["token_endpoint"],
        data={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_address(),
            "code_verifier": attempt.verifier,
            "client_id": settings.OIDC_CLIENT_ID,
            "client_secret": settings.OIDC_CLIENT_SECRET,
        },
    )


def _identity(token: object, attempt: Attempt) -> dict[str, Any]:
    if not isinstance(token, str):
        raise SignInFailedError(Reason.UNTRUSTED, "no ID token")
    for fresh in (False, True):
        try:
            return checked_claims(
                token,
                keys=discovery.keys(fresh=fresh),
                issuer=settings.OIDC_ISSUER,
                client_id=settings.OIDC_CLIENT_ID,
                nonce=attempt.nonce,
                now=int(time.time()),
            )
        except UnknownKeyError:
            continue
    raise SignInFailedError(Reason.UNTRUSTED, "unknown key")


def _ask(method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        with discovery.http_client() as http:
            response = http.request(method, address, **more)
    except httpx.HTTPError as error:
        raise SignInFailedError(Reason.UNREACHABLE, type(error).__name__) from None
    if response.is_server_error:
        raise SignInFailedError(Reason.UNREACHABLE, f"status {response.status_code}")
    if not response.is_success:
        # a code used twice, a wrong verifier, a wrong secret
        raise SignInFailedError(Reason.UNTRUSTED, f"status {response.status_code}")
    try:
        answer = response.json()
    except ValueError:
        raise SignInFailedError(Reason.UNREACHABLE, "no JSON") from None
    if not isinstance(answer, dict):
        raise SignInFailedError(Reason.UNREACHABLE, "no JSON object")
    return answer
