"""Uploaded files that wait for their check: encrypted, in the private store, for as long as it takes.

A workbook is full of personal IDs, so it never lies in the store as it came. It is written in
pieces, each a token of the installation's key ring on a line of its own, and deleted as soon as its
rows are staged.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from portal.common.crypto import UnreadableValueError
from portal.common.fields import key_ring
from portal.pupils.refusals import FileRefusedError

FOLDER = "pupil-imports"
_PIECE = 192 * 2**10


def _name(import_id: int) -> str:
    return f"{FOLDER}/{import_id}"


def keep(import_id: int, file: BinaryIO) -> None:
    """Put a file into the store; one of an earlier attempt is replaced."""
    store, ring = storages["private"], key_ring()
    store.delete(_name(import_id))
    file.seek(0)
    with TemporaryFile() as sealed:
        while piece := file.read(_PIECE):
            sealed.write(ring.encrypt(base64.b64encode(piece).decode()).encode() + b"\n")
        sealed.seek(0)
        store.save(_name(import_id), File(sealed))


def fetch(import_id: int) -> BinaryIO:
    """Give the file back as it came; raises FileRefusedError where it is gone or no key opens it."""
    store, ring = storages["private"], key_ring()
    opened = BytesIO()  # opened, it shall not lie on the disk
    try:
        with store.open(_name(import_id)) as sealed:
            for line in sealed:
                opened.write(base64.b64decode(ring.decrypt(line.decode().strip())))
    except (FileNotFoundError, UnreadableValueError) as error:
        raise FileRefusedError(_("Tệp đã tải lên không còn đọc được. Tải lại tệp đó.")) from error
    opened.seek(0)
    return opened


def forget(import_id: int) -> None:
    """Delete a file from the store; nothing happens where there is none."""
    storages["private"].delete(_name(import_id))


def kept() -> list[int]:
    """List the imports of which a file lies in the store."""
    with suppress(FileNotFoundError):
        _folders, names = storages["private"].listdir(FOLDER)
        return sorted(int(name) for name in names if name.isdecimal())
    return []
