"""Where the bytes lie: the private storage, encrypted, under names that tell nothing."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from portal.common.rotation import Count, Turn
from portal.documents import sealed_files


class _Pieces(File):  # type: ignore[type-arg]  # Django's class cannot be subscripted at run time
    """What a storage takes for a file: written piece by piece, or read at once where it wants it whole."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__(None)
        self.pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """Give the pieces."""
        del chunk_size
        yield from self.pieces

    def read(self, size: int = -1) -> bytes:
        """Give everything, once."""
        del size
        return b"".join(self.pieces)


def private() -> Storage:
    """Give the storage whose files have no address."""
    return storages["private"]


def keep(data: bytes, folder: str, ending: str) -> str:
    """Encrypt bytes under a new name and give it; the name is random, so nothing is ever overwritten."""
    return _put(sealed_files.encrypted([data]), folder, ending)


def _put(pieces: Iterable[bytes], folder: str, ending: str) -> str:
    fresh = uuid.uuid4().hex
    return private().save(f"{folder}/{fresh[:2]}/{fresh}.{ending}", _Pieces(pieces))


def read(name: str) -> bytes:
    """Give a file's bytes; ``FileNotFoundError`` where there is none, ``UnreadableValueError`` if changed."""
    return b"".join(pieces(name))


def pieces(name: str) -> Iterator[bytes]:
    """Give a file piece by piece."""
    with private().open(name) as file:
        yield from sealed_files.decrypted(file)


def digest(data: bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(data).hexdigest()


def erase(*names: str) -> None:
    """Delete files; what is gone already is fine."""
    for name in names:
        if name:
            private().delete(name)


def renew(name: str, turn: Turn) -> str:
    """Bring a file under the newest key if ``turn`` writes; give its name, a new one where it was rewritten.

    What was stored before files were encrypted counts as old, and is encrypted.
    """
    with private().open(name) as file:
        token = sealed_files.token_of(file)
    if token is None:
        turn.count = Count(turn.count.seen + 1, turn.count.old + 1, turn.count.unreadable)
        return _again(name, _plain(name)) if turn.write else name
    kept = turn(token)
    return name if kept == token or not turn.write else _again(name, _under(name, kept))


def _plain(name: str) -> Iterator[bytes]:
    yield from sealed_files.encrypted(pieces(name))


def _under(name: str, token: str) -> Iterator[bytes]:
    with private().open(name) as file:
        yield from sealed_files.with_token(file, token)


def _again(name: str, written: Iterator[bytes]) -> str:
    folder, _slash, last = name.partition("/")
    return _put(written, folder, last.rpartition(".")[2])


def walk(model: Any, column: str) -> Any:
    """Make a rotation over the files that a column names: each is written anew, then the row, then erased."""

    def rotator(turn: Turn) -> Iterator[Count]:
        rows = model.objects.exclude(**{column: ""}).order_by("pk").values_list("pk", column)
        for pk, name in rows.iterator(chunk_size=turn.batch):
            try:
                fresh = renew(name, turn)
            except FileNotFoundError:  # erased since the row was read
                continue
            if fresh != name:
                taken = model.objects.filter(pk=pk, **{column: name}).update(**{column: fresh})
                erase(name if taken else fresh)
            yield turn.count

    return rotator
