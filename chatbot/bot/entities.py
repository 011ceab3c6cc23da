"""What a question names: codes, numbers, schools, communes, levels, grades, dates. Free of Rasa.

Patterns for what has a form, a list for what has a name. No statistics: a file code is one or is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from chatbot.bot.reading import FILE_CODE
from portal.common.text import fold

MASK = "***"
LONGEST_NAME = 12  # words


@dataclass(frozen=True)
class Found:
    """An entity: its kind, its value for programs, where it stands in the text as typed."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Folded:
    """A text without marks, letter for letter where the marks are composed, with the way back."""

    text: str
    places: Sequence[int]


COMMON = frozenset({"grade", "level", "fee_kind", "relation"})
# after folding; the first group, if there is one, is the value
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("file_code", FILE_CODE),
    ("personal_id", re.compile(r"\b\d{3}(?:[ .\-]?\d{3}){3}\b")),
    ("phone", re.compile(r"(?:\+84|\b0)[ .\-]?\d{2,3}(?:[ .\-]?\d{3}){2}\b|(?:\+84|\b0)\d{9}\b")),
    ("diploma_serial", re.compile(r"\b(?:so hieu|serial)(?: bang| van bang)?(?: la)?[ :]*([a-z]{0,4}[ .\-]?\d{4,10})\b")),
    ("register_number", re.compile(r"\bso vao so(?: goc)?(?: cap bang)?(?: la)?[ :]*(\d{1,6}(?:[/.\-]\w{1,12})*)")),
    ("date", re.compile(r"\b\d{1,2}[/.\-]\d{1,2}(?:[/.\-]\d{4})?\b|\bngay \d{1,2}(?: thang \d{1,2})?(?: nam \d{4})?\b")),
    ("grade", re.compile(r"\b(?:lop|khoi)[ ]?(1[0-2]|[1-9]|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi)\b")),
    ("level", re.compile(
        r"\b(mam non|mau giao|nha tre|tieu hoc|trung hoc co so|thcs|trung hoc pho thong|thpt|cap (?:1|2|3|mot|hai|ba)|gdtx)\b"
    )),
    ("fee_kind", re.compile(
        r"\b(hoc phi|le phi|quy (?:lop|phu huynh)|ban tru|bao hiem y te|bhyt|dong phuc|tien an|tien nuoc|tien hoc them)\b"
    )),
    ("relation", re.compile(r"\b(ong ba|ong noi|ba noi|ong ngoai|ba ngoai|giam ho|bo me|ba me|cha me|chau ruot|con nuoi)\b")),
)  # fmt: skip


def find(text: str, names: Mapping[str, Mapping[str, str]] | None = None) -> list[Found]:
    """Find what a text names, in the order in which it stands there; nothing overlaps, codes go first.

    ``names``: kind → folded name → value (see :func:`gazetteer`). A personal ID's value is a mask: it is
    recognised in order to be hidden.
    """
    folded = _folded(text)
    taken: list[Found] = []
    # a school's name holds its level ("Trường Tiểu học …"), so names come between codes and common words
    _take_patterns(taken, folded, [pair for pair in PATTERNS if pair[0] not in COMMON])
    for kind, values in (names or {}).items():
        for name, span in _named(folded.text, values):
            _take(taken, folded, kind, values[name], span)
    _take_patterns(taken, folded, [pair for pair in PATTERNS if pair[0] in COMMON])
    return sorted(taken, key=lambda found: found.start)


def gazetteer(names: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Make the look-up of :func:`find` from ``{"school": ["Trường Tiểu học Ban Mai", …], "commune": […]}``.

    A name is found in full and without the word for what it is, if two words are left.
    """
    lookup: dict[str, dict[str, str]] = {}
    for kind, all_of_kind in names.items():
        values = lookup.setdefault(kind, {})
        for name in all_of_kind:
            full = fold(name)
            short = re.sub(r"^(?:truong |xa |phuong |thi tran )", "", full)
            for key in (full, short):
                if " " in key:
                    values.setdefault(key, name)
    return lookup


def _named(text: str, values: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    words = list(re.finditer(r"\w+", text))
    index = 0
    while index < len(words):
        for length in range(min(LONGEST_NAME, len(words) - index), 1, -1):
            name = " ".join(word.group() for word in words[index : index + length])
            if name in values:
                yield name, (words[index].start(), words[index + length - 1].end())
                index += length - 1
                break
        index += 1


def _take_patterns(
    taken: list[Found], folded: _Folded, patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> None:
    for kind, pattern in patterns:
        for match in pattern.finditer(folded.text):
            value = " ".join(match.group(1 if pattern.groups else 0).split())
            _take(taken, folded, kind, MASK if kind == "personal_id" else value, match.span())


def _take(taken: list[Found], folded: _Folded, kind: str, value: str, span: tuple[int, int]) -> None:
    start, end = folded.places[span[0]], folded.places[span[1] - 1] + 1
    if all(end <= other.start or start >= other.end for other in taken):
        taken.append(Found(kind, value, start, end))


def _folded(text: str) -> _Folded:
    letters, places = [], []
    for place, letter in enumerate(text):
        for plain in fold(letter) or (" " if letter.isspace() else ""):
            letters.append(plain)
            places.append(place)
    return _Folded("".join(letters), places)
