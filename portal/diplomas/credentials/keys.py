"""Signing keys as files under ``DIPLOMA_KEYS_DIR``: one JWK each, the newest signs, all of them verify.

A demo makes its first key at first need; elsewhere ``./run manage rotate_diploma_keys`` makes it, knowingly.
After a rotation the old private parts may be dropped: their public parts stay, so old papers still verify.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc.jwk import OKPKey

ALGORITHM = "Ed25519"
"""RFC 9864's name of EdDSA over Curve25519; what others signed as "EdDSA" is the same signature."""


class NoSigningKeyError(RuntimeError):
    """There is no key to sign with: make one with ``rotate_diploma_keys``."""


def _folder() -> Path:
    return Path(settings.DIPLOMA_KEYS_DIR)


def _stored() -> list[dict[str, Any]]:
    """Read every key file, the newest first."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(_folder().glob("*.json"))]
    return sorted(found, key=lambda stored: (stored["created"], stored["jwk"]["kid"]), reverse=True)


def signing_key() -> OKPKey:
    """Give the newest key that still has its private part; raises :class:`NoSigningKeyError`."""
    for stored in _stored():
        if "d" in stored["jwk"]:
            return OKPKey.import_key(stored["jwk"])
    if not settings.DEMO:
        raise NoSigningKeyError("Make a key first: ./run manage rotate_diploma_keys")
    new_key()
    return signing_key()


def public_keys() -> list[dict[str, str]]:
    """Give every key's public part as a JWK, the newest first; none before the first signature."""
    return [_public(stored["jwk"]) for stored in _stored()]


def _public(jwk: dict[str, str]) -> dict[str, str]:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": jwk["x"],
        "kid": jwk["kid"],
        "use": "sig",
        "alg": ALGORITHM,
    }


def public_key(kid: str) -> OKPKey | None:
    """Give the public key of that id, whether it still signs or not."""
    for jwk in public_keys():
        if jwk["kid"] == kid:
            return OKPKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "kid")})
    return None


def new_key(*, drop_old_private_parts: bool = False) -> str:
    """Make the key that signs from now on and give its id."""
    now = dt.datetime.now(dt.UTC)
    kid = f"{now:%Y%m}-{secrets.token_hex(3)}"
    jwk = OKPKey.generate_key("Ed25519").as_dict(private=True)
    _write(kid, {"created": now.isoformat(), "jwk": {**jwk, "kid": kid}})
    if drop_old_private_parts:
        for stored in _stored():
            old = stored["jwk"]
            if old["kid"] != kid and "d" in old:
                bare = {name: value for name, value in old.items() if name != "d"}
                _write(old["kid"], {**stored, "jwk": bare})
    return kid


def _write(kid: str, stored: dict[str, Any]) -> None:
    """Write a key's file atomically, readable by the owner alone."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = folder / f"{kid}.{os.getpid()}.new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(stored, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / f"{kid}.json")
