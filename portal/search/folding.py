"""What an index holds of Vietnamese text: folded words, and beside each marked word a code of its marks.

"Trường hoà" becomes ``truong tru7o7ng2 hoa hoa2``. A query without marks finds it by the folded words; a query
with marks finds it too, and ranks it higher by the codes. The codes write marks as digits behind the letters (6
circumflex, 7 horn, 8 breve, 9 đ) and the tone last (1 acute, 2 grave, 3 hook, 4 tilde, 5 dot), so hoà and hòa
are one. Free of Django.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from portal.common.text import fold, tidy

_APART = re.compile(r"[^0-9a-z]+")
_TOKEN = re.compile(r"[^\W_]+")
_QUALITIES = {"\u0302": "6", "\u031b": "7", "\u0306": "8"}
_TONES = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}


class Word(NamedTuple):
    """A word: folded, the code of its marks ("" where it has none), and as it was written (lower case)."""

    folded: str
    code: str
    spelling: str = ""


def marks_code(word: str) -> str:
    """Write the marks of one word as digits: "trường" → ``tru7o7ng2``; "" for a word without marks."""
    letters: list[str] = []
    tone = ""
    for character in unicodedata.normalize("NFD", word.casefold()):
        if character in _TONES:
            tone = _TONES[character]
        elif character in _QUALITIES:
            letters.append(_QUALITIES[character])
        elif character in {"đ", "ð", "ɖ"}:
            letters.append("d9")
        elif unicodedata.category(character) != "Mn":
            letters.append(character)
    code = "".join(letters) + tone
    return code if code != fold(word) and code.isascii() and code.isalnum() else ""


def words(text: str) -> list[Word]:
    """Cut a text into words; what stands between letters and digits falls away."""
    found = []
    for token in _TOKEN.findall(tidy(text)):
        parts = [part for part in _APART.split(fold(token)) if part]
        if len(parts) == 1:
            found.append(Word(parts[0], marks_code(token), token.casefold()))
        else:  # letters of other scripts stood in between
            found.extend(Word(part, "") for part in parts)
    return found


def index_text(text: str) -> str:
    """Give what a database indexes of a text: every folded word, each code of marks behind its word."""
    return " ".join(f"{word.folded} {word.code}" if word.code else word.folded for word in words(text))


def folded_words(text: str) -> list[str]:
    """Give the folded words alone, in order."""
    return [word.folded for word in words(text)]


def code_key(text: str) -> str:
    """Make codes comparable: "12/2024/NĐ-CP", "12-2024-nd cp" and "12.2024.NDCP" are one."""
    return _APART.sub("", fold(text))
