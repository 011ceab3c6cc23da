"""Checking an ID token (OpenID Connect Core §3.1.3.7). Free of Django.

The signature is always checked, although the token came straight from the provider: the demo runs over
plain HTTP, and a check that is always on cannot be forgotten where it is needed.
"""

from __future__ import annotations

import hmac
from typing import Any, Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from portal.accounts.openid.failures import Reason, SignInFailedError

# asymmetric only: a secret known to both sides, or none at all, proves nothing
ALGORITHMS: Final = ("RS256",)
LEEWAY: Final = 60


class UnknownKeyError(Exception):
    """The token names a key that is not in the set at hand: the provider may have changed its keys."""


def checked_claims(
    token: str, *, keys: KeySet, issuer: str, client_id: str, nonce: str, now: int
) -> dict[str, Any]:
    """Give the claims of an ID token that is signed, current, ours, and the answer to our question.

    Raises :class:`UnknownKeyError`, or :class:`SignInFailedError` (untrusted) naming the failed check.
    """
    claims = _signed_claims(token, keys)
    registry = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        sub={"essential": True, "allow_blank": False},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
    )
    try:
        registry.validate(claims)
    except JoseError as error:
        # the error's text may quote the claim, its class does not
        raise SignInFailedError(Reason.UNTRUSTED, type(error).__name__) from None
    _check_party(claims, client_id)
    given = claims.get("nonce")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), nonce.encode()):
        raise SignInFailedError(Reason.UNTRUSTED, "nonce")
    return claims


def _signed_claims(token: str, keys: KeySet) -> dict[str, Any]:
    try:
        return jwt.decode(token, _key_finder(keys), algorithms=ALGORITHMS).claims
    except (JoseError, ValueError) as error:
        raise SignInFailedError(Reason.UNTRUSTED, type(error).__name__) from None


def _key_finder(keys: KeySet) -> Any:
    def find(message: Any) -> Any:
        key_id = message.headers().get("kid")
        for key in keys.keys:
            if key.kid == key_id and key.key_type == "RSA":
                return key
        raise UnknownKeyError

    return find


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """With several audiences the token must have been made for us (§3.1.3.7, steps 4 and 5)."""
    audience, party = claims["aud"], claims.get("azp")
    several = isinstance(audience, list) and len(audience) > 1
    if (several and party is None) or (party is not None and party != client_id):
        raise SignInFailedError(Reason.UNTRUSTED, "azp")
