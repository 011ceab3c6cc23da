"""More of every training phrase: as phones write it, seeded by the phrase, so that every training is the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from portal.common.teencode import phone_style, with_slips


def augmented(phrases: Sequence[tuple[str, str]], copies: int) -> Iterator[tuple[str, str]]:
    """Yield every (text, topic), then ``copies`` of it in phone style, each with slips of its own."""
    for text, topic in phrases:
        yield text, topic
        for number in range(copies):
            chance = random.Random(f"{text}/{number}")  # noqa: S311 - slips of fingers, not secrets
            yield with_slips(phone_style(text), chance), topic
