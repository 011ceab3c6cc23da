"""Receipts of time: signed, so that a family can show to anybody when its registration came.

Ed25519 under a key derived from the installation's index key: nothing more to keep or to lose, the same
bytes for the same registration, and everybody can check them with the public key alone.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from admissions.allocation.canonical import canonical

_PURPOSE = "admissions-receipt-of-time"


@lru_cache(maxsize=2)
def _key(secret: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"{_PURPOSE}:{secret}".encode()).digest())


def public_key() -> str:
    """Give the public key as 64 hex digits."""
    key = _key(settings.BLIND_INDEX_KEY).public_key()
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def sign(facts: dict[str, Any]) -> str:
    """Sign facts (JSON values): "payload.signature", both base64url without padding."""
    payload = canonical(facts)
    return f"{_encode(payload)}.{_encode(_key(settings.BLIND_INDEX_KEY).sign(payload))}"


def read(token: str) -> dict[str, Any] | None:
    """Give the facts of a receipt that we signed; None for anything else."""
    payload, _, signature = token.strip().partition(".")
    try:
        raw = _decode(payload)
        _key(settings.BLIND_INDEX_KEY).public_key().verify(_decode(signature), raw)
        facts = json.loads(raw)
    except (InvalidSignature, binascii.Error, ValueError):
        return None
    return facts if isinstance(facts, dict) else None


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
