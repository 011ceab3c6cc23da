"""Where the bytes lie: the private storage, under names that tell nothing."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


def private() -> Storage:
    """Give the storage whose files have no address."""
    return storages["private"]


def keep(data: bytes, folder: str, ending: str) -> str:
    """Write bytes under a new name and give it; the name is random, so nothing is ever overwritten."""
    fresh = uuid.uuid4().hex
    return private().save(f"{folder}/{fresh[:2]}/{fresh}.{ending}", ContentFile(data))


def read(name: str) -> bytes:
    """Give a file's bytes; ``FileNotFoundError`` where there is none."""
    with private().open(name) as file:
        data = file.read()
    if not isinstance(data, bytes):  # pragma: no cover - storages open binary
        raise TypeError(name)
    return data


def digest(data: bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def erase(*names: str) -> None:
    """Delete files; what is gone already is fine."""
    for name in names:
        if name:
            private().delete(name)
