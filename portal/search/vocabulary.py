"""The words that entries use, learnt from them: what a slip is mended by."""

from __future__ import annotations

import time
from collections import Counter

from django.db import transaction

from portal.search.folding import words
from portal.search.models import KnownWord, SearchEntry
from portal.search.queries import pairs
from portal.search.slips import Vocabulary

_TITLE_WEIGHT = 6
_MOST = 60_000
_KEEP_SECONDS = 60.0
_known: tuple[float, tuple[int, int], Vocabulary] | None = None


def learn() -> int:
    """Count all words anew and keep the most used; give how many."""
    counted: Counter[str] = Counter()
    spelled: dict[str, Counter[str]] = {}
    rows = SearchEntry.objects.filter(gone=False).values_list("title", "keywords", "body")
    for title, keywords, body in rows.iterator(chunk_size=2_000):
        for text, weight in ((title, _TITLE_WEIGHT), (keywords, 2), (body, 1)):
            found = words(text)
            for word in found:
                counted[word.folded] += weight
                spelled.setdefault(word.folded, Counter())[word.spelling] += weight
            counted.update(dict.fromkeys(pairs([word.folded for word in found]), weight))
    kept = [(key, weight) for key, weight in counted.most_common(_MOST) if len(key) <= 60]  # noqa: PLR2004 - the column
    with transaction.atomic():
        KnownWord.objects.all().delete()
        KnownWord.objects.bulk_create(
            (
                KnownWord(key=key, shown=_shown(key, spelled), weight=weight, pair=" " in key)
                for key, weight in kept
            ),
            batch_size=1_000,
        )
    return len(kept)


def _shown(key: str, spelled: dict[str, Counter[str]]) -> str:
    if " " in key:
        return ""
    return spelled[key].most_common(1)[0][0][:80]


def known() -> Vocabulary:
    """Give the vocabulary; a process reads it anew when it changed, looking at most once a minute."""
    global _known  # noqa: PLW0603 - one vocabulary per process
    now = time.monotonic()
    if _known is not None and now - _known[0] < _KEEP_SECONDS:
        return _known[2]
    newest = KnownWord.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    stamp = (newest, KnownWord.objects.count())
    if _known is not None and _known[1] == stamp:
        _known = (now, stamp, _known[2])
        return _known[2]
    single: dict[str, int] = {}
    double: dict[str, int] = {}
    for key, weight, pair in KnownWord.objects.values_list("key", "weight", "pair").iterator(
        chunk_size=5_000
    ):
        (double if pair else single)[key] = weight
    _known = (now, stamp, Vocabulary(single, double))
    return _known[2]


def forget_known() -> None:
    """Read the vocabulary anew at the next query."""
    global _known  # noqa: PLW0603 - one vocabulary per process
    _known = None


def spelled(folded: list[str]) -> str:
    """Write folded words as entries mostly write them."""
    rows = dict(KnownWord.objects.filter(key__in=folded, pair=False).values_list("key", "shown"))
    return " ".join(rows.get(word) or word for word in folded)
