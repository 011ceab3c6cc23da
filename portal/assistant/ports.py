"""What other rooms need of this one: registering facts that answers quote, the talk of a browser session."""

from __future__ import annotations

from django.http import HttpRequest

from portal.accounts.ports import address_key, citizen_or_none
from portal.assistant.answers.registry import FactReader, register_fact
from portal.assistant.models import Conversation
from portal.assistant.services import Asker, open_conversation

__all__ = ["FactReader", "ask_as", "conversation_in", "forget_in", "open_in", "register_fact"]

SESSION_KEY = "assistant"


def conversation_in(request: HttpRequest) -> Conversation | None:
    """Give the talk of this browser session, if it has one."""
    public_id = request.session.get(SESSION_KEY)
    return Conversation.objects.filter(public_id=public_id).first() if public_id else None


def open_in(request: HttpRequest) -> Conversation:
    """Give the talk of this browser session, beginning one where there is none."""
    conversation = conversation_in(request)
    if conversation is None:
        conversation = open_conversation()
        request.session[SESSION_KEY] = str(conversation.public_id)
    return conversation


def forget_in(request: HttpRequest) -> None:
    """Let the session know of no talk."""
    request.session.pop(SESSION_KEY, None)


def ask_as(request: HttpRequest) -> Asker:
    """Say who asks: a digest of the address, the citizen where one is signed in."""
    citizen = citizen_or_none(request)
    return Asker(address_key(request), citizen.pk if citizen else None)
