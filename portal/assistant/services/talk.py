"""One message and its answer. The bot is asked outside of any transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from portal.assistant import gateway
from portal.assistant.answers import fixed
from portal.assistant.answers.elsewhere import answer_elsewhere
from portal.assistant.answers.parts import Answer
from portal.assistant.answers.status import Asker, Step, code_in, continues, status_step
from portal.assistant.answers.topics import answer_naming
from portal.assistant.models import Conversation, Turn
from portal.assistant.services.keeping import add_turn
from portal.assistant.services.person import back_to_bot, call_person
from portal.assistant.understanding import Kind, Parsed, odd_message, understand
from portal.assistant.urgent import tells_of_harm
from portal.common.clock import local_day

State = Conversation.State
log = structlog.get_logger(__name__)

PERSON, ASSISTANT_AGAIN = "Gặp cán bộ", "Hỏi trợ lý tiếp"


@dataclass(slots=True)
class _Reply:
    """What is answered, how it came about, and what the talk remembers."""

    answers: list[Answer]
    source: str = Turn.Source.FIXED
    confidence: float | None = None
    pending: dict[str, Any] = field(default_factory=dict)
    person: bool = False
    urgent: bool = False


def say(*, conversation_id: int, text: str, asker: Asker) -> list[Turn]:
    """Take a message and answer it; returns the new turns, the citizen's first.

    Never raises for what a person writes: an odd message gets a kind answer, a silent bot the search's.
    """
    conversation = Conversation.objects.get(pk=conversation_id)
    if text.strip() == ASSISTANT_AGAIN:
        back_to_bot(conversation_id=conversation_id)
        return _written(
            conversation_id, text, _Reply([Answer(paragraphs=("Vâng, anh/chị hỏi tiếp đi ạ.",))])
        )
    if conversation.state in {State.WAITING, State.ACTIVE}:
        return _passed_on(conversation, text)
    return _written(conversation_id, text, _reply(conversation, text, asker))


def _passed_on(conversation: Conversation, text: str) -> list[Turn]:
    """Keep what is said to a person; only harm is answered by us, too."""
    with transaction.atomic():
        turns = [add_turn(conversation.pk, Turn.Author.CITIZEN, text=text[:500])]
    if tells_of_harm(text) and not conversation.urgent:
        turns.append(call_person(conversation_id=conversation.pk, urgent=True))
    return turns


def _reply(conversation: Conversation, text: str, asker: Asker) -> _Reply:
    if kind := odd_message(text):
        return _Reply([fixed.odd(kind)])
    if tells_of_harm(text):
        return _Reply([], person=True, urgent=True)
    if text.strip() == PERSON:
        return _Reply([], person=True)
    if continues(text, conversation.pending) or code_in(text):
        return _from_step(status_step(text, conversation.pending, asker))
    if topic := fixed.topic_of_title(text):
        return _on_topics((topic,), text, asker, _Reply([], confidence=1.0))
    return _from_bot(conversation, text, asker)


def _from_step(step: Step) -> _Reply:
    return _Reply([step.answer], pending=step.pending)


def _from_bot(conversation: Conversation, text: str, asker: Asker) -> _Reply:
    try:
        understood = understand(text, _parse, conversation.last_topic)
    except gateway.BotUnavailableError as reason:
        log.warning("assistant.search_instead", reason=str(reason))
        return _Reply([answer_elsewhere(text)], source=Turn.Source.SEARCH)
    reply = _Reply([], source=Turn.Source.BOT, confidence=understood.confidence)
    if understood.kind is Kind.ANSWER:
        return _on_topics(understood.topics, text, asker, reply)
    answers = {
        Kind.ASK: fixed.asking_back(understood.topics),
        Kind.OUTSIDE: fixed.OUTSIDE,
        Kind.UNSURE: fixed.UNSURE,
    }
    reply.answers = [answers[understood.kind]]
    return reply


def _parse(text: str) -> Parsed:
    return gateway.parse(text)


def _on_topics(topics: tuple[str, ...], text: str, asker: Asker, reply: _Reply) -> _Reply:
    day = local_day(timezone.now())
    for topic in topics:
        if topic == "handover":
            reply.person = True
        elif topic == "file_status":
            step = status_step(text, {}, asker)
            reply.answers.append(step.answer)
            reply.pending = step.pending
        else:
            reply.answers.append(answer_naming(topic, text, day))
    return reply


@transaction.atomic
def _written(conversation_id: int, text: str, reply: _Reply) -> list[Turn]:
    turns = [add_turn(conversation_id, Turn.Author.CITIZEN, text=text[:500])]
    turns += [
        add_turn(
            conversation_id,
            Turn.Author.ASSISTANT,
            answer=answer,
            source=reply.source,
            confidence=reply.confidence,
        )
        for answer in reply.answers
    ]
    topics = [answer.topic for answer in reply.answers if answer.topic]
    changes: dict[str, Any] = {"pending": reply.pending}
    if topics:
        changes["last_topic"] = topics[-1]
    Conversation.objects.filter(pk=conversation_id).update(**changes)
    if reply.person:
        turns.append(call_person(conversation_id=conversation_id, urgent=reply.urgent))
    return turns
