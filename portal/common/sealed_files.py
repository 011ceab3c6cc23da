"""Files that wait in the private store, encrypted: written in pieces, each a token of the key ring on its line."""

from __future__ import annotations

import base64
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import storages

from portal.common.fields import key_ring

_PIECE = 192 * 2**10


def keep(name: str, file: BinaryIO) -> None:
    """Put a file into the store under a name; one that lay there is replaced."""
    store, ring = storages["private"], key_ring()
    store.delete(name)
    file.seek(0)
    with TemporaryFile() as sealed:
        while piece := file.read(_PIECE):
            sealed.write(ring.encrypt(base64.b64encode(piece).decode()).encode() + b"\n")
        sealed.seek(0)
        store.save(name, File(sealed))


def fetch(name: str) -> BinaryIO:
    """Give the file back as it came; ``FileNotFoundError``, or ``UnreadableValueError`` where no key opens it."""
    store, ring = storages["private"], key_ring()
    opened = BytesIO()  # opened, it shall not lie on the disk
    with store.open(name) as sealed:
        for line in sealed:
            opened.write(base64.b64decode(ring.decrypt(line.decode().strip())))
    opened.seek(0)
    return opened


def forget(name: str) -> None:
    """Delete a file; nothing happens where there is none."""
    storages["private"].delete(name)
