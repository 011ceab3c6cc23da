"""What somebody typed, made safe and cut into words; and the query that an engine is asked for it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from modelsearch.query import And, Or, PlainText

from portal.common.text import tidy
from portal.search.folding import Word, code_key, words

LONGEST = 120
MOST_WORDS = 12
_CODE_PARTS = re.compile(r"[\s,;]+")
_SHORTEST_CODE = 4
# said so often that they tell nothing apart; left out where other words remain
FILLERS = frozenset(
    [
        "toi",
        "muon",
        "can",
        "hoi",
        "xin",
        "cho",
        "em",
        "anh",
        "chi",
        "minh",
        "lam",
        "the",
        "nao",
        "o",
        "dau",
        "la",
        "gi",
        "thi",
        "ve",
        "cua",
        "cac",
        "nhung",
        "duoc",
        "khong",
        "va",
        "de",
        "thu",
        "tuc",
        "bao",
        "nhieu",
        "nhu",
        "khi",
        "phai",
        "a",
        "i",
        "how",
        "do",
        "to",
        "the",
        "of",
        "for",
        "my",
        "is",
        "what",
        "where",
    ]
)


@dataclass(frozen=True, slots=True)
class Query:
    """A query: ``text`` as it is shown again, its words, its codes as keys."""

    text: str
    words: tuple[Word, ...]
    codes: tuple[str, ...]

    @property
    def folded(self) -> str:
        """The folded words, joined."""
        return " ".join(word.folded for word in self.words)

    @property
    def telling(self) -> tuple[Word, ...]:
        """The words that say what is meant; all of them where no other remains."""
        kept = tuple(word for word in self.words if word.folded not in FILLERS)
        return kept or self.words


def read(text: str) -> Query:
    """Read what was typed: any length, any characters; never fails."""
    shown = tidy(text[: LONGEST * 4].replace("\x00", " "))[:LONGEST].strip()
    found = tuple(words(shown))[:MOST_WORDS]
    return Query(shown, found, tuple(_codes(shown)))


def _codes(shown: str) -> Iterable[str]:
    """Give what may be a code: a part with a digit, and the whole where it holds one."""
    keys: dict[str, None] = {}
    for part in [shown, *_CODE_PARTS.split(shown)]:
        key = code_key(part)
        if len(key) >= _SHORTEST_CODE and any(character.isdigit() for character in key):
            keys.setdefault(key[:60])
    return keys


def grouped(found: Sequence[Word], synonyms: Sequence[Sequence[str]]) -> list[list[str]]:
    """Cut words into groups of equal meaning: a word alone, or a phrase with its other ways of saying it.

    ``synonyms`` holds folded phrases that mean the same. The longest phrase at a place wins.
    """
    folded = [word.folded for word in found]
    ways = {tuple(phrase.split()): list(group) for group in synonyms for phrase in group}
    longest = max((len(phrase) for phrase in ways), default=0)
    groups: list[list[str]] = []
    place = 0
    while place < len(folded):
        for size in range(min(longest, len(folded) - place), 0, -1):
            group = ways.get(tuple(folded[place : place + size]))
            if group:
                typed = _typed(found[place : place + size])
                own = " ".join(folded[place : place + size])
                groups.append([typed, *(way for way in group if way != own)])
                place += size
                break
        else:
            groups.append([_typed(found[place : place + 1])])
            place += 1
    return groups


def _typed(found: Sequence[Word]) -> str:
    return " ".join(_spelled(word) for word in found)


def _spelled(word: Word) -> str:
    return word.spelling or word.folded


def engine_query(query: Query, synonyms: Sequence[Sequence[str]], *, every: bool = True) -> Any:
    """Make the query for an engine; None where nothing can be looked for.

    With ``every`` each group must be found, else one is enough.
    """
    groups = grouped(query.telling, synonyms)
    if not groups:
        return None
    asked = [_group(ways) for ways in groups]
    if len(asked) == 1:
        return asked[0]
    return And(asked) if every else Or(asked)


def _group(ways: list[str]) -> Any:
    made = [PlainText(way, operator="and") for way in ways]
    return made[0] if len(made) == 1 else Or(made)


def folded_way(way: str) -> list[str]:
    """Give the folded words of one way of saying a group."""
    return [word.folded for word in words(way)]


def pairs(folded: Sequence[str]) -> list[str]:
    """Give every two words that follow each other, joined by a blank."""
    return [f"{first} {second}" for first, second in itertools.pairwise(folded)]
