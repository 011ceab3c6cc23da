"""Encryption at rest and blind indexes, free of Django.

A personal ID is stored as Fernet ciphertext (AES-128-CBC + HMAC, authenticated) under the newest of
several keys; equality is searched through an HMAC-SHA-256 under a key of its own, so that the
database file alone neither shows an ID nor lets anybody test a guess.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class UnreadableValueError(ValueError):
    """No key at hand opens the value: keys were lost, or the row was tampered with."""


class KeyRing:
    """Fernet keys, newest first: the first one writes, all of them read."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take at least one key (44 characters of URL-safe base64 each)."""
        self._newest = Fernet(keys[0])
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def encrypt(self, value: str) -> str:
        """Encrypt; the empty text stays empty, so that "nothing given" stays visible as such."""
        return self._fernet.encrypt(value.encode()).decode() if value else ""

    def decrypt(self, token: str) -> str:
        """Open what :meth:`encrypt` made, or raise :class:`UnreadableValueError`."""
        if not token:
            return ""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken as error:
            message = "No key of this installation opens the stored value."
            raise UnreadableValueError(message) from error

    def is_newest(self, token: str) -> bool:
        """Say whether the newest key alone opens ``token``; nothing (the empty text) needs no key."""
        if not token:
            return True
        try:
            self._newest.decrypt(token.encode())
        except InvalidToken:
            return False
        return True

    def rotate(self, token: str) -> str:
        """Re-encrypt under the newest key."""
        if not token:
            return ""
        try:
            return self._fernet.rotate(token.encode()).decode()
        except InvalidToken as error:
            message = "No key of this installation opens the stored value."
            raise UnreadableValueError(message) from error


def blind_index(key: str, purpose: str, value: str) -> str:
    """Digest of ``value`` for look-ups by equality: 64 hex digits.

    ``purpose`` separates kinds of values: the same digits as a personal ID and as a phone number
    must not share a digest.
    """
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()
