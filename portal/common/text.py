"""Vietnamese text: what is stored, what is searched, what is compared. Free of Django.

People type "hoà" or "hòa", composed (NFC) or decomposed (NFD, usual on iOS and macOS), with all
marks, some or none, and sometimes Ð (Icelandic eth) or Ɖ (African d) where Đ is meant. What is
shown keeps what was typed; what is found and compared goes through the keys below.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product

_LOOK_ALIKES = str.maketrans({"Ð": "Đ", "Ɖ": "Đ", "ð": "đ", "ɖ": "đ"})
_D_WITHOUT_STROKE = str.maketrans({"Đ": "D", "đ": "d", "Ð": "D", "Ɖ": "D", "ð": "d", "ɖ": "d"})
# what copying from other programs leaves behind: no eye sees it, every search stumbles over it
_INVISIBLE = dict.fromkeys(
    [
        *(code for code in range(0x20) if chr(code) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        0x00AD,  # soft hyphen
        0x200B,  # zero width space
        0x200C,
        0x200D,
        0x2060,  # word joiner
        0xFEFF,  # byte order mark
    ]
)
_PLAIN_PUNCTUATION = str.maketrans(
    {"–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "..."}
)

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_OLD_TO_NEW = {
    nfc_old: nfc_new
    for (first, second), tone in product(
        (("o", "a"), ("o", "e"), ("u", "y")), (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT)
    )
    for nfc_old, nfc_new in [
        (
            unicodedata.normalize("NFC", first + tone + second),
            unicodedata.normalize("NFC", first + second + tone),
        )
    ]
}
# only at the end of a syllable ("hoán" has one spelling), and never after q ("quý" has one too)
_OLD_PLACEMENT = re.compile(rf"(?<!q)(?:{'|'.join(_OLD_TO_NEW)})(?!\w)")


def nfc(text: str) -> str:
    """Compose: one code point per letter wherever Unicode has one."""
    return unicodedata.normalize("NFC", text)


def tidy(text: str) -> str:
    """Text as it is stored: NFC, trimmed, blanks collapsed, invisible characters gone, Ð and Ɖ → Đ."""
    return " ".join(nfc(text.translate(_INVISIBLE)).translate(_LOOK_ALIKES).split())


def fold(text: str) -> str:
    """Key for searching: without marks, lower case, đ → d, blanks collapsed.

    As all marks go, it does not matter how a tone was placed or how a letter was composed.
    ``fold(fold(x)) == fold(x)``.
    """
    # casefolding can bring forth a mark (İ) and taking a mark away can bring forth a capital, hence
    # marks go before and after
    folded = _without_marks(_without_marks(tidy(text)).casefold())
    return " ".join(nfc(folded.translate(_D_WITHOUT_STROKE)).split())


def spelling_key(text: str) -> str:
    """Key for comparing names: case and tone placement (hòa, hoà) do not count, marks do."""
    return _OLD_PLACEMENT.sub(lambda match: _OLD_TO_NEW[match.group()], nfc(tidy(text).casefold()))


def plain(text: str) -> str:
    """Printable ASCII with case kept, for lines that allow no marks (banks, some SMS)."""
    spelled = tidy(text).translate(_PLAIN_PUNCTUATION).translate(_D_WITHOUT_STROKE)
    ascii_only = _without_marks(spelled).encode("ascii", "ignore").decode()
    return " ".join(ascii_only.split())


def _without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if unicodedata.category(letter) != "Mn")
