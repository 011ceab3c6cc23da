"""One text for one value: canonical JSON and its digest, so that everybody hashes the same bytes."""

from __future__ import annotations

import hashlib
import json


def canonical(value: object) -> bytes:
    """JSON with sorted keys, without blanks, UTF-8 without escapes. Whole numbers and text only."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def sha256(data: bytes) -> str:
    """Digest as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()
