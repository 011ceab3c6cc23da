"""The chat: a page that works by itself, and the same parts as fragments for the panel on every page."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.ports import throttled
from portal.assistant import services
from portal.assistant.answers import fixed
from portal.assistant.models import Conversation, Turn
from portal.assistant.ports import ask_as, conversation_in, forget_in, open_in

FRAGMENT = "X-Fragment"
MESSAGES, FIVE_MINUTES = 60, 300


def _context(request: HttpRequest, **more: object) -> dict[str, object]:
    conversation = conversation_in(request)
    turns = list(conversation.turns.all()) if conversation else []
    return {
        "conversation": conversation,
        "turns": turns,
        "last_number": turns[-1].number if turns else 0,
        "greeting": fixed.GREETING,
        "keep_days": settings.ASSISTANT_KEEP_DAYS,
        "asks_for_mail": _asks_for_mail(conversation),
        **more,
    }


def _asks_for_mail(conversation: Conversation | None) -> bool:
    return (
        conversation is not None
        and conversation.state == Conversation.State.WAITING
        and not conversation.mail
    )


@require_GET
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show the whole talk with a form."""
    return render(request, "assistant/page.html", _context(request))


@require_GET
@never_cache
def panel(request: HttpRequest) -> HttpResponse:
    """Give the panel's inside: head, talk, form."""
    return render(request, "assistant/panel.html", _context(request))


@require_GET
@never_cache
def news(request: HttpRequest, after: int) -> HttpResponse:
    """Give what was said since; 204 where nothing was."""
    conversation = conversation_in(request)
    found = list(conversation.turns.filter(number__gt=after)) if conversation else []
    return _turns(request, found) if found else HttpResponse(status=204)


@require_POST
@never_cache
@throttled("assistant", limit=MESSAGES, seconds=FIVE_MINUTES)
def send(request: HttpRequest) -> HttpResponse:
    """Take a message; the page comes back, or the new turns for the panel."""
    conversation = open_in(request)
    # a choice is a button with its words as value; typed text stands in the field
    text = request.POST.get("choice") or request.POST.get("text", "")
    turns = services.say(
        conversation_id=conversation.pk, text=text.replace("\x00", ""), asker=ask_as(request)
    )
    return _turns(request, turns) if FRAGMENT in request.headers else _back()


@require_POST
@never_cache
@throttled("assistant-rate", limit=MESSAGES, seconds=FIVE_MINUTES)
def rate(request: HttpRequest, number: int) -> HttpResponse:
    """Note whether an answer helped."""
    conversation = conversation_in(request)
    if conversation is not None:
        services.rate(
            conversation_id=conversation.pk, number=number, helped=request.POST.get("helped") == "1"
        )
    return render(request, "assistant/rated.html") if FRAGMENT in request.headers else _back()


@require_POST
@never_cache
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the talk at the citizen's word."""
    conversation = conversation_in(request)
    if conversation is not None:
        services.delete_conversation(conversation_id=conversation.pk)
    forget_in(request)
    return (
        render(request, "assistant/panel.html", _context(request))
        if FRAGMENT in request.headers
        else _back()
    )


@require_POST
@never_cache
@throttled("assistant-mail", limit=10, seconds=FIVE_MINUTES)
def leave_mail(request: HttpRequest) -> HttpResponse:
    """Take the address to which an answer goes."""
    conversation = conversation_in(request)
    mail = request.POST.get("mail", "").strip()[:254]
    if conversation is None:
        return _back()
    try:
        validate_email(mail)
    except ValidationError:
        return render(request, "assistant/page.html", _context(request, wrong_mail=mail), status=422)
    services.call_person(conversation_id=conversation.pk, mail=mail)
    return _back()


def _turns(request: HttpRequest, turns: list[Turn]) -> HttpResponse:
    return render(request, "assistant/turns.html", {"turns": turns, "last_number": turns[-1].number})


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("assistant:page") + "#cuoi")
