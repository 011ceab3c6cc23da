"""A model field that is ciphertext in the database and text in Python."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from portal.common import crypto

if TYPE_CHECKING:
    # Django's own classes cannot be subscripted at run time
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


@lru_cache(maxsize=4)
def _ring(keys: tuple[str, ...]) -> crypto.KeyRing:
    return crypto.KeyRing(keys)


def key_ring() -> crypto.KeyRing:
    """Give the installation's ring, from ``settings.FIELD_KEYS`` (newest first)."""
    return _ring(tuple(settings.FIELD_KEYS))


def blind_index(purpose: str, value: str) -> str:
    """Digest under the installation's key; see :func:`portal.common.crypto.blind_index`."""
    return crypto.blind_index(settings.BLIND_INDEX_KEY, purpose, value)


class EncryptedTextField(TextField):
    """Text encrypted at rest. Not searchable: pair it with a blind-index column where needed."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way into the database."""
        return None if value is None else key_ring().encrypt(str(value))

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else key_ring().decrypt(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every search but "is null": each encryption of a value differs."""
        if lookup_name != "isnull":
            message = f"{self.name} is encrypted; search its blind index instead."
            raise TypeError(message)
        return super().get_lookup(lookup_name)
