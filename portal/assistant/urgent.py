"""Harm to a child, told in a chat: goes to a person and the hotline at once, whatever the bot understood."""

from __future__ import annotations

import re

from portal.common.text import fold

# folded; words for harm that happens, not for rules about it
_HARM = re.compile(
    r"\b(?:xam hai|hiep dam|cuong hiep|so mo|sam so|dam o|lam dung tinh|bao hanh|danh hoi dong|danh dap|bi danh"
    r"|danh con|danh chau|danh hoc sinh|danh tre|tat con|tat chau|dap con|chay mau|tu tu|tu sat|muon chet|bo doc|ngo doc|bi nhot|bi bat coc"
    r"|bat coc|bi dam|bi doa giet|de doa giet|quay roi|bi theo doi truoc cong)\b"
)


def tells_of_harm(text: str) -> bool:
    """Whether the words tell of harm to somebody; rather once too often."""
    return bool(_HARM.search(fold(text)))
