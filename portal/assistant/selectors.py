"""Reading talks: by the browser that holds one, by officers."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portal.assistant.models import Conversation, Question, Turn

__all__ = [
    "Conversation",
    "Turn",
    "canned",
    "conversation",
    "counts",
    "queue",
    "talk",
    "turns",
    "turns_after",
]

#: the desk's lists, in the order in which they stand
QUEUES = {
    "waiting": Q(state=Conversation.State.WAITING),
    "active": Q(state=Conversation.State.ACTIVE),
    "closed": Q(state=Conversation.State.CLOSED),
}


def talk(public_id: str | UUID) -> Conversation | None:
    """Give a talk by the id that its browser's session holds."""
    return Conversation.objects.filter(public_id=public_id).first()


def turns(conversation: Conversation) -> QuerySet[Turn]:
    """List all that was said, in order."""
    return conversation.turns.all()


def turns_after(conversation: Conversation, number: int) -> QuerySet[Turn]:
    """List what was said after a turn."""
    return conversation.turns.filter(number__gt=number)


def queue(name: str) -> QuerySet[Conversation]:
    """List one of :data:`QUEUES`: harm first, then whoever waits longest."""
    return (
        Conversation.objects.filter(QUEUES[name])
        .select_related("officer")
        .order_by("-urgent", "waiting_since", "pk")
    )


def counts() -> dict[str, int]:
    """Count all queues in one query."""
    counted = Conversation.objects.aggregate(
        **{name: Count("pk", filter=rule) for name, rule in QUEUES.items()}
    )
    return {name: int(counted[name]) for name in QUEUES}


def conversation(public_id: UUID) -> Conversation | None:
    """Give a talk that was handed over; others are no officer's business."""
    return (
        Conversation.objects.exclude(state=Conversation.State.BOT)
        .select_related("officer")
        .filter(public_id=public_id)
        .first()
    )


def canned() -> list[Question]:
    """List the editors' answers, for officers to start from."""
    return list(Question.objects.order_by("title"))
