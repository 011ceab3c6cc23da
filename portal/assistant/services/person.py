"""Handing a talk to a person, and taking it back."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.assistant.answers.parts import Answer, Choice
from portal.assistant.hours import opening_words, works_now
from portal.assistant.models import Conversation, Turn
from portal.assistant.services.keeping import add_turn

State = Conversation.State


@transaction.atomic
def call_person(*, conversation_id: int, urgent: bool = False, mail: str = "") -> Turn:
    """Put a talk into the officers' queue; ``mail`` is where an answer goes that comes later.

    Calling again changes nothing but makes it urgent or adds the address.
    """
    now = timezone.now()
    Conversation.objects.filter(pk=conversation_id, state__in=[State.BOT, State.CLOSED]).update(
        state=State.WAITING, waiting_since=now, closed_at=None, officer=None, revision=F("revision") + 1
    )
    if urgent:
        Conversation.objects.filter(pk=conversation_id).update(urgent=True)
    if mail:
        conversation = Conversation.objects.get(pk=conversation_id)
        conversation.mail = mail
        conversation.save(update_fields=["mail"])
    return add_turn(
        conversation_id,
        Turn.Author.ASSISTANT,
        answer=_told(conversation_id, urgent=urgent),
        source=Turn.Source.FIXED,
    )


def _told(conversation_id: int, *, urgent: bool) -> Answer:
    """Say what happens now: how many wait before, or when the office opens."""
    paragraphs = []
    if urgent:
        paragraphs.append(
            f"Nếu một cháu đang bị hại hay gặp nguy hiểm, gọi ngay {settings.CHILD_HOTLINE} (bảo vệ trẻ em, ngày đêm,"
            " miễn phí) hoặc 113. Lời anh/chị vừa viết đã được chuyển đến cán bộ, xếp đầu."
        )
    if works_now():
        before = Conversation.objects.filter(state=State.WAITING).exclude(pk=conversation_id).count()
        wait = (
            "sẽ trả lời tại đây"
            if urgent or not before
            else f"sẽ trả lời tại đây, trước anh/chị còn {before} người"
        )
        paragraphs.append(f"Cán bộ của Sở {wait}. Anh/chị cứ viết thêm những điều cần nói.")
    else:
        paragraphs.append(
            f"Giờ này cán bộ không trực ({opening_words()}). Lời nhắn được giữ lại; anh/chị để lại thư điện tử ở ô bên dưới"
            " thì cán bộ trả lời qua thư."
        )
    return Answer("handover", tuple(paragraphs), choices=(Choice("Hỏi trợ lý tiếp"),))


@transaction.atomic
def back_to_bot(*, conversation_id: int) -> None:
    """Let the assistant answer again; nobody waits any more."""
    Conversation.objects.filter(pk=conversation_id, state__in=[State.WAITING, State.CLOSED]).update(
        state=State.BOT, waiting_since=None, revision=F("revision") + 1
    )
