"""Uploaded files that wait for their check: encrypted, in the private store, for as long as it takes.

A workbook is full of personal IDs, so it never lies in the store as it came, and is deleted as soon as
its rows are staged.
"""

from __future__ import annotations

from contextlib import suppress
from typing import BinaryIO

from django.core.files.storage import storages
from django.utils.translation import gettext as _

from portal.common import sealed_files
from portal.common.crypto import UnreadableValueError
from portal.pupils.refusals import FileRefusedError

FOLDER = "pupil-imports"


def _name(import_id: int) -> str:
    return f"{FOLDER}/{import_id}"


def keep(import_id: int, file: BinaryIO) -> None:
    """Put a file into the store; one of an earlier attempt is replaced."""
    sealed_files.keep(_name(import_id), file)


def fetch(import_id: int) -> BinaryIO:
    """Give the file back as it came; raises FileRefusedError where it is gone or no key opens it."""
    try:
        return sealed_files.fetch(_name(import_id))
    except (FileNotFoundError, UnreadableValueError) as error:
        raise FileRefusedError(_("Tệp đã tải lên không còn đọc được. Tải lại tệp đó.")) from error


def forget(import_id: int) -> None:
    """Delete a file from the store; nothing happens where there is none."""
    sealed_files.forget(_name(import_id))


def kept() -> list[int]:
    """List the imports of which a file lies in the store."""
    with suppress(FileNotFoundError):
        _folders, names = storages["private"].listdir(FOLDER)
        return sorted(int(name) for name in names if name.isdecimal())
    return []
