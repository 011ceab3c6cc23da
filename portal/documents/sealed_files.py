"""Files at rest: encrypted piece by piece, so that no size needs all of it in memory twice.

A file begins with :data:`MARK` and a token: the file's own key (AES-256), encrypted under the installation's
keys as every other secret. Rotation re-encrypts that token alone. Behind it lie pieces of 64 KiB under
AES-GCM; a piece's nonce holds its number and whether it is the last one (the STREAM construction), so that
pieces can neither be swapped nor cut off unnoticed.
"""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Iterable, Iterator
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.common.crypto import UnreadableValueError
from portal.common.fields import key_ring

MARK = b"DVGD-file-1\n"
PIECE = 64 * 1024
_TAG = 16
_LENGTH = struct.Struct("!H")
_NONCE = struct.Struct("!7sIB")


def encrypted(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Encrypt a file given in pieces of any size."""
    key = AESGCM.generate_key(bit_length=256)
    yield head(key_ring().encrypt(base64.b64encode(key).decode()))
    prefix, cipher = os.urandom(7), AESGCM(key)
    yield prefix
    number, rest = 0, b""
    for piece in pieces:
        rest += piece
        while len(rest) > PIECE:
            yield cipher.encrypt(_NONCE.pack(prefix, number, 0), rest[:PIECE], None)
            rest, number = rest[PIECE:], number + 1
    yield cipher.encrypt(_NONCE.pack(prefix, number, 1), rest, None)


def decrypted(file: IO[Any]) -> Iterator[bytes]:
    """Give the pieces of a file opened for reading; one that was never encrypted is given as it is.

    Raises ``UnreadableValueError`` where no key opens it, or where it was changed or cut.
    """
    token = token_of(file)
    if token is None:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
        return
    cipher = AESGCM(base64.b64decode(key_ring().decrypt(token)))
    prefix, number = file.read(7), 0
    piece = file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_NONCE.pack(prefix, number, not following), piece, None)
        except (InvalidTag, struct.error, ValueError) as changed:
            raise UnreadableValueError("The file was changed or cut.") from changed
        if not following:
            return
        piece, number = following, number + 1


def head(token: str) -> bytes:
    """Write the beginning of a file."""
    written = token.encode()
    return MARK + _LENGTH.pack(len(written)) + written


def token_of(file: IO[Any]) -> str | None:
    """Read the token, leaving the file behind it; None for a file that was never encrypted."""
    if file.read(len(MARK)) != MARK:
        return None
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    return str(file.read(length), "ascii")


def with_token(file: IO[Any], token: str) -> Iterator[bytes]:
    """Give an encrypted file anew under another token of the same key."""
    token_of(file)
    yield head(token)
    while piece := file.read(PIECE):
        yield piece
