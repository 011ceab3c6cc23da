"""Which of the candidates comes first: the same answer whatever engine found them. Free of Django.

An engine finds and sorts roughly; its first hundred are sorted again here by what a reader would expect: the
title that says just what was typed, then titles with the words in order, then their own spelling of the marks,
then the other words, then the body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.search.folding import Word, words

#: what people mostly come for, where the words say no more
PRIOR = {
    "procedure": 6.0,
    "question": 3.0,
    "guidance": 3.0,
    "news": 1.0,
    "document": 1.0,
    "school": 2.0,
    "page": 2.0,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """The texts of a result."""

    kind: str
    title: str
    keywords: str
    body: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The query: groups of equal meaning (folded phrases), the marked words' codes, the phrase."""

    groups: tuple[tuple[str, ...], ...]
    codes: frozenset[str]
    phrase: str


def score(candidate: Candidate, wanted: Wanted) -> float:
    """Say how well a candidate answers; more is better."""
    title = words(candidate.title)
    keywords = words(candidate.keywords)
    body = words(candidate.body)
    title_text = _joined(title)
    keyword_text = _joined(keywords)
    body_text = _joined(body)
    found = PRIOR.get(candidate.kind, 0.0)
    count = len(wanted.groups) or 1
    found += 40.0 * _share(title_text, wanted.groups)
    found += 14.0 * _share(keyword_text, wanted.groups)
    found += 6.0 * _share(body_text, wanted.groups)
    phrase = f" {wanted.phrase} "
    if phrase.strip():
        if title_text == phrase:
            found += 60.0
        elif title_text.startswith(phrase):
            found += 26.0
        elif phrase in title_text:
            found += 20.0
        if phrase in keyword_text:
            found += 14.0
        if phrase in body_text:
            found += 4.0
    # a short title that says all of it is about just that
    found += 10.0 * _share(title_text, wanted.groups) * min(1.0, count / max(len(title), 1))
    if wanted.codes:
        found += 24.0 * _marked(title, wanted.codes) + 6.0 * _marked([*keywords, *body], wanted.codes)
    return found


def _joined(found: Sequence[Word]) -> str:
    return f" {' '.join(word.folded for word in found)} "


def _share(text: str, groups: Sequence[Sequence[str]]) -> float:
    """Say which part of the groups a text holds."""
    if not groups:
        return 0.0
    return sum(any(f" {way} " in text for way in ways) for ways in groups) / len(groups)


def _marked(found: Sequence[Word], codes: frozenset[str]) -> float:
    """Say which part of the marked words stands there with just these marks."""
    return len(codes & {word.code for word in found}) / len(codes)
