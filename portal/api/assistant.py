"""The assistant over the API: the same talk as on the pages, held by the session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from ninja import Router, Status

from portal.accounts.ports import address_key
from portal.accounts.services import seconds_until_next_turn, take_turn
from portal.api.schemas import ConversationOut, FactOut, LinkOut, MessageIn, ProblemOut, ReplyOut
from portal.assistant import services
from portal.assistant.ports import ask_as, conversation_in, forget_in, open_in
from portal.assistant.selectors import Turn

router = Router()

FIVE_MINUTES = 300


def _from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page sends this in a browser: it may not speak in the visitor's session."""
    origin = request.headers.get("Origin", "")
    return bool(origin) and origin != f"{request.scheme}://{request.get_host()}"


@router.post(
    "/messages",
    response={200: ConversationOut, 403: ProblemOut, 422: ProblemOut, 429: ProblemOut},
    summary="Ask the assistant",
)
def send_message(
    request: HttpRequest, response: HttpResponse, message: MessageIn
) -> ConversationOut | Status[ProblemOut]:
    """Ask; the talk goes on in the session's cookie."""
    patch_cache_control(response, private=True, no_store=True)
    if _from_elsewhere(request):
        return Status(403, ProblemOut(detail=_("Yêu cầu gửi từ một trang khác.")))
    if not take_turn(
        key=f"assistant-api:{address_key(request)}", limit=settings.ASSISTANT_MESSAGES, seconds=FIVE_MINUTES
    ):
        response.headers["Retry-After"] = str(seconds_until_next_turn(FIVE_MINUTES))
        return Status(429, ProblemOut(detail=_("Anh/chị hỏi nhanh quá. Thử lại sau vài phút.")))
    conversation = open_in(request)
    turns = services.say(
        conversation_id=conversation.pk, text=message.text.replace("\x00", ""), asker=ask_as(request)
    )
    conversation.refresh_from_db()
    return ConversationOut(
        state=conversation.state,
        replies=[_told(turn) for turn in turns if turn.author == Turn.Author.ASSISTANT],
    )


@router.delete("/conversation", response={204: None, 403: ProblemOut}, summary="Delete the talk")
def delete_conversation(request: HttpRequest) -> Status[Any]:
    """Delete all that was said in this session."""
    if _from_elsewhere(request):
        return Status(403, ProblemOut(detail=_("Yêu cầu gửi từ một trang khác.")))
    conversation = conversation_in(request)
    if conversation is not None:
        services.delete_conversation(conversation_id=conversation.pk)
    forget_in(request)
    return Status(204, None)


def _told(turn: Turn) -> ReplyOut:
    parts = turn.parts
    return ReplyOut(
        number=turn.number,
        topic=turn.topic,
        source=turn.source,
        paragraphs=list(parts.get("paragraphs", [])),
        papers=list(parts.get("papers", [])),
        facts=[FactOut(**fact) for fact in parts.get("facts", [])],
        links=[LinkOut(**link) for link in parts.get("links", [])],
        choices=[choice["words"] for choice in parts.get("choices", [])],
        updated=parts.get("updated", ""),
    )
