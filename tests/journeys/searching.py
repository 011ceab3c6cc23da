"""Searching files as somebody would who found the disk: raw bytes, and what is only packed, not encrypted."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

_TWELVE_DIGITS = re.compile(rb"(?<!\d)\d{3}[ .\-]?\d{3}[ .\-]?\d{3}[ .\-]?\d{3}(?!\d)")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_\-]{32,}={0,2}")


def layers(content: bytes) -> Iterator[bytes]:
    """Give the bytes, and what comes out of base64 and zlib in them."""
    yield content
    for start in (0, content.find(b"\x78")):
        with suppress(zlib.error):
            yield zlib.decompressobj().decompress(content[max(start, 0) :])
    for found in _BASE64.finditer(content):
        packed = found[0].translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        with suppress(binascii.Error, ValueError):
            plain = base64.b64decode(packed[: len(packed) // 4 * 4])
            yield plain
            with suppress(zlib.error):
                yield zlib.decompress(plain)


def ids_in(content: bytes, wanted: Collection[str]) -> set[str]:
    """Name which personal IDs stand in some bytes, also with blanks or dots between their groups."""
    found = set()
    for layer in layers(content):
        for hit in _TWELVE_DIGITS.finditer(layer):
            digits = re.sub(rb"\D", b"", hit[0]).decode()
            if digits in wanted:
                found.add(digits)
    return found


def files(folder: Path) -> Iterator[Path]:
    """Walk over every file below a folder, the keys left out: they are what the rest is locked with."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "keys" not in path.relative_to(folder).parts:
            yield path
