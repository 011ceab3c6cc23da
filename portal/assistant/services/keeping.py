"""Opening, rating, deleting and forgetting conversations; the first day's answers."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from portal.assistant.answers.parts import Answer
from portal.assistant.masking import mask
from portal.assistant.models import Conversation, Question, Turn

FIRST = Path(__file__).resolve().parent.parent / "first" / "answers.toml"


def open_conversation() -> Conversation:
    """Begin a talk."""
    return Conversation.objects.create()


def add_turn(
    conversation_id: int,
    author: str,
    *,
    text: str = "",
    answer: Answer | None = None,
    source: str = Turn.Source.TYPED,
    confidence: float | None = None,
) -> Turn:
    """Append a turn, masked; inside the caller's transaction, which holds the conversation's row first."""
    # the UPDATE takes the row (PostgreSQL) or the file (SQLite): two messages at once get two numbers
    Conversation.objects.filter(pk=conversation_id).update(last_at=timezone.now())
    last = Turn.objects.filter(conversation_id=conversation_id).aggregate(last=Max("number"))["last"] or 0
    return Turn.objects.create(
        conversation_id=conversation_id,
        number=last + 1,
        author=author,
        source=source,
        text=mask(text),
        parts=answer.as_parts() if answer else {},
        topic=answer.topic if answer else "",
        confidence=confidence,
    )


def rate(*, conversation_id: int, number: int, helped: bool) -> bool:
    """Note whether an answer helped; False where there is no such answer."""
    rated = Turn.objects.filter(
        conversation_id=conversation_id, number=number, author=Turn.Author.ASSISTANT
    ).update(rating=1 if helped else -1)
    return rated == 1


def delete_conversation(*, conversation_id: int) -> None:
    """Delete a talk with all that was said."""
    Conversation.objects.filter(pk=conversation_id).delete()


def forget_old() -> int:
    """Delete the talks of which nothing was heard for the set time; returns how many."""
    border = timezone.now() - timedelta(days=settings.ASSISTANT_KEEP_DAYS)
    old = Conversation.objects.filter(last_at__lt=border)
    count = old.count()
    old.delete()
    return count


def let_editors_write() -> None:
    """Let the groups that editors are in (``cms.editors``) write answers; Wagtail gives no such leave by itself."""
    leave = Permission.objects.filter(content_type__app_label="assistant", content_type__model="question")
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        group.permissions.add(*leave)


@transaction.atomic
def ensure_first_answers() -> int:
    """Write an answer for every topic that has none yet; returns how many."""
    have = set(Question.objects.values_list("topic", flat=True))
    entries = tomllib.loads(FIRST.read_text("utf-8"))
    rows = [
        Question(
            topic=topic,
            title=entry["title"],
            answer=entry["answer"],
            procedure_code=entry.get("procedure", ""),
            show=entry.get("show", []),
            link=entry.get("link", ""),
        )
        for topic, entry in entries.items()
        if topic not in have
    ]
    return len(Question.objects.bulk_create(rows))
