"""The sentence of a result in which the words stand, the words marked. Free of Django but for escaping."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.common.text import fold, nfc

LENGTH = 32  # words
_TOKEN = re.compile(r"[^\W_]+")


class _Token(NamedTuple):
    start: int
    end: int
    folded: str


def _tokens(text: str) -> list[_Token]:
    return [_Token(found.start(), found.end(), fold(found[0])) for found in _TOKEN.finditer(text)]


def marked(text: str, wanted: Collection[str]) -> SafeString:
    """Escape a text and put ``<mark>`` around each word whose folded form is wanted."""
    text = nfc(text)
    pieces: list[str] = []
    place = 0
    for token in _tokens(text):
        if token.folded in wanted:
            pieces += [
                escape(text[place : token.start]),
                "<mark>",
                escape(text[token.start : token.end]),
                "</mark>",
            ]
            place = token.end
    pieces.append(escape(text[place:]))
    # neighbours are one mark: a screen reader would stop at each
    joined = "".join(pieces).replace("</mark> <mark>", " ")
    return mark_safe(joined)  # noqa: S308 - every piece is escaped above


def snippet(body: str, wanted: Collection[str]) -> SafeString:
    """Cut the stretch with the most different wanted words out of a body, at most LENGTH words, marked."""
    body = nfc(body)
    tokens = _tokens(body)
    if not tokens:
        return mark_safe("")
    first = _best_start(tokens, set(wanted))
    last = min(first + LENGTH, len(tokens)) - 1
    start = tokens[first].start if first else 0
    end = tokens[last].end if last < len(tokens) - 1 else len(body)
    cut = f"{'… ' if first else ''}{body[start:end].strip()}{' …' if last < len(tokens) - 1 else ''}"
    return marked(cut, wanted)


def _best_start(tokens: list[_Token], wanted: set[str]) -> int:
    hits = [place for place, token in enumerate(tokens) if token.folded in wanted]
    best, most = 0, 0
    for place in hits:
        held = {token.folded for token in tokens[place : place + LENGTH]} & wanted
        if len(held) > most:
            best, most = place, len(held)
    # a few words before it, so that the sentence is understood
    return max(0, best - 4)
