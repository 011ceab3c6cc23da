"""Search keys of names: folded words, with school types both short and written out.

"Trường TH Ban Trắng" and "Trường Tiểu học Ban Trắng" are one school to everybody who looks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from portal.common.text import fold

# short form -> long form, folded; longest first, so that "trung hoc" never eats a longer type
SCHOOL_TYPES = {
    "ptdtbt": "pho thong dan toc ban tru",
    "ptdtnt": "pho thong dan toc noi tru",
    "gdtx": "giao duc thuong xuyen",
    "gdnn": "giao duc nghe nghiep",
    "thpt": "trung hoc pho thong",
    "thcs": "trung hoc co so",
    "mn": "mam non",
    "th": "tieu hoc",
}
# words that stand before a school's own name
GENERIC = frozenset({*SCHOOL_TYPES, *" ".join(SCHOOL_TYPES.values()).split(), "va", "trung", "tam"})
KEY_LENGTH = 1000
_APART = re.compile(r"[^0-9a-z]+")


def words(text: str) -> list[str]:
    """Give the folded words of ``text``: "Trường TH&THCS Bản Trang" -> th, thcs, ban, trang.

    The word for school is left out: every name has it, and "ban tr" is not meant to find them all.
    """
    return [word for word in _APART.split(fold(text)) if word and word != "truong"]


def _written_out(phrase: str) -> str:
    return " ".join(SCHOOL_TYPES.get(word, word) for word in phrase.split())


def _shortened(phrase: str) -> str:
    padded = f" {phrase} "
    for short, long in SCHOOL_TYPES.items():
        padded = padded.replace(f" {long} ", f" {short} ")
    return padded.strip()


def search_key(names: Iterable[str]) -> str:
    """Join every spelling of every name (today's first), each once; at most KEY_LENGTH characters."""
    spellings: dict[str, None] = {}
    for name in names:
        phrase = " ".join(words(name))
        for spelling in (phrase, _written_out(phrase), _shortened(phrase)):
            spellings.setdefault(spelling)
    return " | ".join(spellings)[:KEY_LENGTH]


def own_name(name: str) -> list[str]:
    """Leave out the words of the school's type: "Trường TH&THCS Bản Trang" -> ban, trang."""
    parts = words(name)
    start = 0
    while start < len(parts) - 1 and parts[start] in GENERIC:
        start += 1
    return parts[start:]
