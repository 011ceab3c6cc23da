"""ID tokens that must not be believed."""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from portal.accounts.openid.failures import Reason, SignInFailedError
from portal.accounts.openid.tokens import UnknownKeyError, checked_claims

NOW = 1_800_000_000
ISSUER, CLIENT = "https://vneid.example", "cong"
OURS = RSAKey.generate_key(2048, {"kid": "ours"}, private=True)
FOREIGN = RSAKey.generate_key(2048, {"kid": "ours"}, private=True)
KEYS = KeySet([RSAKey.import_key(OURS.as_dict(private=False))])
GOOD: dict[str, Any] = {
    "iss": ISSUER,
    "aud": CLIENT,
    "sub": "lan",
    "nonce": "n-1",
    "iat": NOW - 5,
    "exp": NOW + 300,
}


def _token(key: RSAKey = OURS, kid: str = "ours", **claims: Any) -> str:
    body = {name: value for name, value in {**GOOD, **claims}.items() if value is not None}
    return jwt.encode({"alg": "RS256", "kid": kid}, body, key)


def _check(token: str) -> dict[str, Any]:
    return checked_claims(token, keys=KEYS, issuer=ISSUER, client_id=CLIENT, nonce="n-1", now=NOW)


def test_a_good_token_gives_its_claims() -> None:
    assert _check(_token())["sub"] == "lan"
    assert _check(_token(aud=[CLIENT]))["sub"] == "lan"
    assert _check(_token(aud=[CLIENT, "other"], azp=CLIENT))["sub"] == "lan"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://vneid.example.xau"},
        {"iss": None},
        {"aud": "another"},
        {"aud": ["another"]},
        {"aud": None},
        {"aud": [CLIENT, "other"]},
        {"azp": "other"},
        {"exp": NOW - 61},
        {"exp": None},
        {"iat": NOW + 120},
        {"iat": None},
        {"nonce": "n-2"},
        {"nonce": ""},
        {"nonce": None},
        {"nonce": 1},
        {"sub": None},
        {"sub": ""},
    ],
)
def test_a_token_that_is_not_the_answer_to_our_question_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(SignInFailedError) as refused:
        _check(_token(**claims))
    assert refused.value.reason is Reason.UNTRUSTED


def test_a_tampered_token_is_refused() -> None:
    head, body, signature = _token().split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    forged = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "tuan"}).encode()).rstrip(b"=").decode()
    with pytest.raises(SignInFailedError, match="BadSignature"):
        _check(f"{head}.{forged}.{signature}")


def test_another_key_under_our_keys_name_is_refused() -> None:
    with pytest.raises(SignInFailedError, match="BadSignature"):
        _check(_token(FOREIGN))


def test_an_unknown_key_is_asked_for_anew() -> None:
    with pytest.raises(UnknownKeyError):
        _check(_token(FOREIGN, kid="new"))


def test_no_signature_and_a_shared_secret_are_refused() -> None:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    unsigned = f"{part({'alg': 'none', 'kid': 'ours'})}.{part(GOOD)}."
    # the old trick: the public key, known to all, as the secret of a symmetric signature
    head = f"{part({'alg': 'HS256', 'kid': 'ours'})}.{part(GOOD)}"
    stamp = hmac.digest(OURS.as_pem(private=False), head.encode(), "sha256")
    symmetric = f"{head}.{base64.urlsafe_b64encode(stamp).rstrip(b'=').decode()}"
    for token in (unsigned, symmetric, "", "a.b.c"):
        with pytest.raises(SignInFailedError) as refused:
            _check(token)
        assert refused.value.reason is Reason.UNTRUSTED
