"""Codes that stand on documents: sixteen characters that cannot be guessed or misread."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_INSIDE = re.compile(rb"vb:([0-9A-HJKMNP-TV-Z]{16})")


def new_code() -> str:
    """Draw a code: 80 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def spoken(code: str) -> str:
    """Write a code in groups of four, as it stands on paper."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read_code(typed: str) -> str:
    """Read a typed code, forgiving case, blanks, dashes and look-alikes; empty where it is none."""
    letters = re.sub(r"[\s\-.]", "", typed[:60]).upper().translate(_READ_AS)
    return letters if len(letters) == LENGTH and set(letters) <= set(ALPHABET) else ""


def codes_inside(data: bytes) -> list[str]:
    """Find the codes that a PDF of ours names in its metadata, which PDF/A keeps uncompressed."""
    return sorted({found.decode() for found in _INSIDE.findall(data)})
