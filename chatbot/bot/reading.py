"""How a question is read before it is classified: one form without marks, one with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from portal.common.teencode import spell_out
from portal.common.text import fold, nfc

# words that no person types: they stand for what differs in every question
FILE_CODE_WORD = "xmahoso"
NUMBER_WORD = "xdayso"

#: H99.12.034-261124-0007 with blanks, dots or dashes left out or doubled; T-7Q4K-22. On folded text.
FILE_CODE = re.compile(
    r"\bh\d{2}(?:[ .\-–]{0,3}\d{1,6}){1,6}\b|\bt[ \-–]?(?=\w*\d|\w{4}[ \-–]?\d)\w{4}[ \-–]?\d{2}\b"
)
LONG_NUMBER = re.compile(r"\b\d(?:[ .\-]?\d){8,}\b")
_NO_WORD = re.compile(r"[^\w\s]|_")


@dataclass(frozen=True)
class Reading:
    """``folded`` has no marks and abbreviations written in full; ``marked`` keeps marks, NFC, lower case."""

    folded: str
    marked: str


def read(text: str) -> Reading:
    """Read a question of any composition (NFC, NFD), case and punctuation."""
    folded = FILE_CODE.sub(f" {FILE_CODE_WORD} ", fold(text).replace("–", "-"))
    folded = LONG_NUMBER.sub(f" {NUMBER_WORD} ", folded)
    folded = " ".join(spell_out(_NO_WORD.sub(" ", folded)).split())
    marked = " ".join(_NO_WORD.sub(" ", nfc(text).lower()).split())
    return Reading(folded, marked)
