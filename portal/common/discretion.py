"""A last look at texts that leave the database, for personal IDs that should not stand there."""

from __future__ import annotations

import re

# twelve digits; real ones begin with a province's 0xx, the demo's with 999
_PERSONAL_ID = re.compile(r"(?<!\d)(?:0\d{11}|999\d{9})(?!\d)")


def holds_personal_id(text: str) -> bool:
    """Say whether ``text`` holds twelve digits in a row that look like a personal ID."""
    return _PERSONAL_ID.search(text) is not None
