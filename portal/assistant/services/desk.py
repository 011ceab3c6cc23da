"""What officers do with a talk. Every move is a conditional UPDATE: of two officers one gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.assistant.models import Conversation, Turn
from portal.assistant.services.keeping import add_turn
from portal.outbox.services import owe

if TYPE_CHECKING:
    from portal.accounts.models import Officer

State = Conversation.State


class MovedOnError(Exception):
    """Somebody else did something with the talk meanwhile; the officer's page is out of date."""


@transaction.atomic
def take_over(*, conversation_id: int, officer: Officer, revision: int) -> None:
    """Take a waiting talk; raises :class:`MovedOnError`."""
    _move(
        conversation_id,
        revision,
        [State.WAITING, State.CLOSED],
        state=State.ACTIVE,
        officer=officer,
        closed_at=None,
    )


@transaction.atomic
def give_back(*, conversation_id: int, officer: Officer, revision: int) -> None:
    """Put one's own talk back into the queue, where it waited since; raises :class:`MovedOnError`."""
    _move(conversation_id, revision, [State.ACTIVE], holder=officer, state=State.WAITING, officer=None)


@transaction.atomic
def close(*, conversation_id: int, officer: Officer, revision: int) -> None:
    """End one's own talk; raises :class:`MovedOnError`."""
    _move(
        conversation_id,
        revision,
        [State.ACTIVE],
        holder=officer,
        state=State.CLOSED,
        closed_at=timezone.now(),
    )


@transaction.atomic
def answer_as_officer(*, conversation_id: int, officer: Officer, text: str) -> Turn:
    """Answer in one's own talk; raises :class:`MovedOnError`. Where an address was left, a mail is owed."""
    held = Conversation.objects.filter(pk=conversation_id, state=State.ACTIVE, officer=officer)
    if not held.update(last_at=timezone.now()):
        raise MovedOnError
    turn = add_turn(conversation_id, Turn.Author.OFFICER, text=text)
    if held.get().mail:
        owe(kind="assistant.mail", key=f"turn:{turn.pk}", payload={"turn_id": turn.pk})
    return turn


def mail_answers(*, turn_id: int) -> None:
    """Send an officer's answer to the address that was left; a talk deleted meanwhile gets none."""
    turn = Turn.objects.select_related("conversation").filter(pk=turn_id).first()
    if turn is None or not turn.conversation.mail:
        return
    EmailMessage(
        subject="Trả lời của Sở Giáo dục và Đào tạo",
        body=f"Kính gửi anh/chị,\n\n{turn.text}\n\nThư này trả lời lời nhắn của anh/chị trên Cổng Dịch vụ Giáo dục.\n",
        to=[turn.conversation.mail],
        headers={
            "Message-ID": f"<assistant-{turn.pk}@cong-dich-vu-giao-duc>",
            "Auto-Submitted": "auto-replied",
        },
    ).send()


def _move(
    conversation_id: int,
    revision: int,
    states: list[str],
    *,
    holder: Officer | None = None,
    **changes: object,
) -> None:
    rows = Conversation.objects.filter(pk=conversation_id, revision=revision, state__in=states)
    if holder is not None:
        rows = rows.filter(officer=holder)
    if rows.update(revision=F("revision") + 1, **changes) != 1:
        raise MovedOnError
