"""From the bot's ranking to what is done: answer, ask back, or look elsewhere. Free of Django and of HTTP.

The portal and ``./run evaluate-assistant`` use the same functions, so that what is measured is what runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 500  # characters
SURE = 0.25
#: below SURE, but this far ahead of the second, is sure enough
LIKELY, AHEAD = 0.15, 2.0
POSSIBLE = 0.08
CHOICES = 3

OUT_OF_SCOPE = "out_of_scope"
SMALL_TALK = frozenset({"greet", "thanks", "goodbye", "bot_challenge", "feedback"})


class Kind(StrEnum):
    """What comes of a message."""

    ANSWER = "answer"
    ASK = "ask"
    UNSURE = "unsure"
    #: understood, and nothing that the portal knows about
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the bot says of one text: topics with confidences (0 to 1), best first; (kind, value) named."""

    ranking: tuple[tuple[str, float], ...]
    entities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """``topics``: to answer, in the order asked, or to offer as choices."""

    kind: Kind
    topics: tuple[str, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    confidence: float = 0.0


_MARKUP = re.compile(r"<\s*/?\s*[a-z!]", re.IGNORECASE)


def odd_message(text: str) -> str:
    """Name what must not reach the bot: "empty", "command", "wordless", "long"; "" for a question.

    A leading "/" would set the bot's slots and run its actions; a text without a letter has no features, and
    models answer it with whatever they learnt last.
    """
    stripped = text.strip()
    if not stripped:
        return "empty"
    if len(text) > LONGEST:
        return "long"
    if stripped.startswith("/"):
        return "command"
    if not re.search(r"[^\W_]", stripped) or _MARKUP.search(stripped):
        return "wordless"
    return ""


def decide(parsed: Parsed) -> Understood:
    """Judge one ranking by the running thresholds."""
    if not parsed.ranking:
        return Understood(Kind.UNSURE, entities=parsed.entities)
    (best, confidence), *others = parsed.ranking
    second = others[0][1] if others else 0.0
    sure = confidence >= SURE or (confidence >= LIKELY and confidence >= AHEAD * second)
    if best == OUT_OF_SCOPE:
        kind = Kind.OUTSIDE if sure else Kind.UNSURE
        return Understood(kind, entities=parsed.entities, confidence=confidence)
    if sure:
        return Understood(Kind.ANSWER, (best,), parsed.entities, confidence)
    possible = [topic for topic, chance in parsed.ranking if chance >= POSSIBLE and topic != OUT_OF_SCOPE]
    if possible:
        return Understood(Kind.ASK, tuple(possible[:CHOICES]), parsed.entities, confidence)
    return Understood(Kind.UNSURE, entities=parsed.entities, confidence=confidence)


_BETWEEN = re.compile(
    r"\s*(?:\?+\s*|;\s*|\n+|\.\s+|,?\s*\b(?:và cho (?:tôi|em|mình) hỏi(?: thêm)?|va cho (?:toi|em|minh) hoi(?: them)?"
    r"|với lại|voi lai|ngoài ra|ngoai ra|tiện thể|tien the|còn nữa là|con nua la)\b,?\s*)",
    re.IGNORECASE,
)
SHORTEST_QUESTION = 3  # words


def questions_in(text: str) -> list[str]:
    """Split a message that asks two things; anything else comes back whole."""
    parts = [part.strip(" ,.") for part in _BETWEEN.split(text)]
    asked = [part for part in parts if len(part.split()) >= SHORTEST_QUESTION]
    return asked if len(asked) == 2 else [text]  # noqa: PLR2004 - two questions get two answers, three a talk


_FOLLOW_UP = re.compile(r"^\s*(?:th[ếe] )?(?:còn|con|thế|the|vậy|vay) (?:c[òo]n )?", re.IGNORECASE)
#: a follow-up that names a level asks the same of that level's admission
_LEVEL_TOPICS: Mapping[str, str] = {
    "6": "admission_grade6", "sau": "admission_grade6", "10": "admission_grade10", "muoi": "admission_grade10",
    "mam non": "admission_preschool", "mau giao": "admission_preschool", "nha tre": "admission_preschool",
}  # fmt: skip
LONGEST_FOLLOW_UP = 6  # words


def follow_up(text: str, parsed: Parsed, last_topic: str) -> str:
    """Give the topic that a short "thế còn lớp 6?" asks about after ``last_topic``; "" if it is none."""
    if not last_topic or last_topic in SMALL_TALK or last_topic == OUT_OF_SCOPE:
        return ""
    if len(text.split()) > LONGEST_FOLLOW_UP or not _FOLLOW_UP.match(text):
        return ""
    named = [value for kind, value in parsed.entities if kind in {"grade", "level"}]
    if last_topic.startswith("admission_"):
        return next((_LEVEL_TOPICS[value] for value in named if value in _LEVEL_TOPICS), last_topic)
    return last_topic if named or any(kind in {"school", "commune"} for kind, _ in parsed.entities) else ""


def understand(text: str, parse: Callable[[str], Parsed], last_topic: str = "") -> Understood:
    """Understand a question that :func:`odd_message` let pass; ``parse`` asks the bot and may raise."""
    parts = questions_in(text)
    if len(parts) > 1:
        first, second = parse(parts[0]), parse(parts[1])
        both = _both([decide(first), _in_the_light_of(first, second, parts[1])])
        if both is not None:
            return both
    parsed = parse(text)
    topic = follow_up(text, parsed, last_topic)
    if topic:
        return Understood(Kind.ANSWER, (topic,), parsed.entities, 1.0)
    return decide(parsed)


LONGEST_ADDITION = 5  # words
SAME_FAMILY = 0.02  # confidence


def _in_the_light_of(first: Parsed, second: Parsed, text: str) -> Understood:
    """Judge a second question; a short one ("nộp ở đâu?") is about what the first is about, if it can be."""
    alone = decide(second)
    family = first.ranking[0][0].partition("_")[0] + "_" if first.ranking else ""
    if len(text.split()) > LONGEST_ADDITION or family not in _FAMILIES:
        return alone
    if alone.kind is Kind.ANSWER and alone.topics[0].startswith(family):
        return alone
    kin = [topic for topic, chance in second.ranking if topic.startswith(family) and chance >= SAME_FAMILY]
    kin = [topic for topic in kin if topic != first.ranking[0][0]]
    return Understood(Kind.ANSWER, (kin[0],), second.entities, alone.confidence) if kin else alone


_FAMILIES = frozenset({"admission_", "transfer_", "diploma_"})


def _both(found: Sequence[Understood]) -> Understood | None:
    """Join two answers; where one part is a courtesy or unclear, the other or the whole counts."""
    real = [one for one in found if one.kind is Kind.ANSWER and one.topics[0] not in SMALL_TALK]
    topics = tuple(dict.fromkeys(one.topics[0] for one in real))
    if len(real) < len(found) and not (len(real) == 1 and _courtesy(found)):
        return None
    if not topics:
        return None
    entities = tuple(entity for one in found for entity in one.entities)
    return Understood(Kind.ANSWER, topics, entities, min(one.confidence for one in real))


def _courtesy(found: Sequence[Understood]) -> bool:
    """Whether one of the parts is only a greeting or a thank-you."""
    return any(one.kind is Kind.ANSWER and one.topics[0] in SMALL_TALK for one in found)
