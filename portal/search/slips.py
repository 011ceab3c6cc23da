"""Typing slips: the nearest words that the entries really use. Free of Django.

Three kinds are mended: a letter wrong, missing, doubled or swapped; keystrokes of Telex or VNI that no keyboard
program took ("truwowngf", "tru7o72ng"); a blank left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase

_TELEX_TONES = "sfrxj"
_DOUBLE = re.compile(r"(aa|ee|oo|dd)")
_VOWEL = re.compile(r"[aeiouy]")
_LONG = 5
# what sounds alike to many speakers
_ALIKE = (
    ("tr", "ch"),
    ("s", "x"),
    ("d", "gi"),
    ("r", "d"),
    ("l", "n"),
    ("ng", "n"),
    ("c", "t"),
    ("i", "y"),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How often the entries use a folded word, and two in a row."""

    words: Mapping[str, int]
    pairs: Mapping[str, int]


def mend(asked: Sequence[str], known: Vocabulary) -> list[str] | None:
    """Give the words that were probably meant; None where nothing better is known.

    Words that nobody uses are replaced first. Where every word is known, the one is changed that then stands
    beside its neighbours as entries have it.
    """
    mended: list[str] = []
    changed = False
    for place, word in enumerate(asked):
        if word in known.words or word.isdigit():
            mended.append(word)
            continue
        options = _options(word, known)
        if not options:
            mended.append(word)
            continue
        before = mended[-1] if mended else ""
        after = asked[place + 1] if place + 1 < len(asked) else ""
        mended.extend(max(options, key=lambda option: _weight(option, before, after, known)))
        changed = True
    if changed:
        return mended
    return _by_neighbours(list(asked), known)


def _weight(
    option: tuple[str, ...], before: str, after: str, known: Vocabulary
) -> tuple[int, int, int, int]:
    """Prefer what stands beside its neighbours, then what people write more often."""
    beside = (f"{before} {option[0]}" in known.pairs) + (f"{option[-1]} {after}" in known.pairs)
    inner = sum(known.pairs.get(f"{a} {b}", 0) for a, b in itertools.pairwise(option))
    frequency = min(known.words.get(word, 0) for word in option)
    return beside, -len(option), inner, frequency


def _options(word: str, known: Vocabulary) -> list[tuple[str, ...]]:
    """Give what a word that nobody uses may have been."""
    decoded = [way for way in (_telex(word), _vni(word)) if way != word and way in known.words]
    if decoded:
        return [(way,) for way in decoded]
    split = _split(word, known)
    if split:
        return [split]
    once = {near for near in _near(word) if near in known.words}
    if not once and len(word) >= _LONG:
        once = {
            far
            for near in _near(word)
            if len(near) > _LONG - 2
            for far in _near(near)
            if far in known.words
        }
    return [(way,) for way in sorted(once)]


def _telex(word: str) -> str:
    """Read keystrokes of Telex: tone letters anywhere behind the vowel, doubled letters, w."""
    plain = word.replace("w", "")
    plain = _DOUBLE.sub(lambda match: match[0][0], plain)
    vowel = _VOWEL.search(plain)
    if vowel is None:
        return plain
    head, tail = plain[: vowel.end()], plain[vowel.end() :]
    # the tone may be typed last or right behind the vowel
    for place in range(len(tail) - 1, -1, -1):
        if tail[place] in _TELEX_TONES and (place == len(tail) - 1 or tail[place] not in "rs"):
            return head + tail[:place] + tail[place + 1 :]
    return plain


def _vni(word: str) -> str:
    return re.sub(r"(?<=[a-z])[1-9]", "", word)


@lru_cache(maxsize=4_096)
def _near(word: str) -> frozenset[str]:
    """Give every word one slip away: a letter too many, swapped, wrong, missing, or one that sounds alike."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    found |= {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    for one, other in _ALIKE:
        for heard, meant in ((one, other), (other, one)):
            if word.startswith(heard):
                found.add(meant + word[len(heard) :])
            if word.endswith(heard):
                found.add(word[: -len(heard)] + meant)
    found.discard(word)
    return frozenset(found)


def _split(word: str, known: Vocabulary) -> tuple[str, ...] | None:
    """Cut a word into known ones that follow each other somewhere: "chuyentruong"."""
    shortest_half = 2
    halves = [
        (word[:place], word[place:])
        for place in range(shortest_half, len(word) - 1)
        if word[:place] in known.words and word[place:] in known.words
    ]
    joined = [half for half in halves if f"{half[0]} {half[1]}" in known.pairs]
    best: Callable[[tuple[str, str]], int] = lambda half: known.pairs[f"{half[0]} {half[1]}"]  # noqa: E731 - typed
    return max(joined, key=best) if joined else None


def _by_neighbours(asked: list[str], known: Vocabulary) -> list[str] | None:
    """Change the one known word that stands beside none of its neighbours, if another one would."""
    best: tuple[int, list[str]] | None = None
    for place, word in enumerate(asked):
        before = asked[place - 1] if place else ""
        after = asked[place + 1] if place + 1 < len(asked) else ""
        if f"{before} {word}" in known.pairs or f"{word} {after}" in known.pairs:
            continue
        for near in _near(word):
            if near not in known.words:
                continue
            weight = known.pairs.get(f"{before} {near}", 0) + known.pairs.get(f"{near} {after}", 0)
            if weight and (best is None or weight > best[0]):
                best = weight, [*asked[:place], near, *asked[place + 1 :]]
    return best[1] if best else None
