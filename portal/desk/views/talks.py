"""Talks that the assistant handed over: who waits, who is being answered, what was said."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.ports import Role, current_officer, officer_required
from portal.assistant import selectors, services
from portal.assistant.selectors import Conversation
from portal.common.revisions import sent_revision
from portal.desk.frame import frame
from portal.desk.reach import AT_REGISTERS, require_province

PER_PAGE = 30
LONGEST_ANSWER = 2_000


@require_GET
@officer_required(Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)
def show(request: HttpRequest) -> HttpResponse:
    """List one of the queues, harm first, then whoever waits longest."""
    require_province(request, *AT_REGISTERS)
    name = request.GET.get("hang", "waiting")
    if name not in selectors.QUEUES:
        raise Http404
    counts = selectors.counts()
    titles = {"waiting": _("Đang chờ"), "active": _("Đang trả lời"), "closed": _("Đã kết thúc")}
    return render(
        request,
        "desk/talks.html",
        {
            **frame(request),
            "queues": [
                {"name": key, "title": title, "count": counts[key]} for key, title in titles.items()
            ],
            "active": name,
            "page": Paginator(selectors.queue(name), PER_PAGE).get_page(request.GET.get("trang")),
        },
    )


@require_GET
@officer_required(Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the whole talk, with an answer's form for whoever took it."""
    conversation = _found(request, public_id)
    return render(
        request,
        "desk/talk.html",
        {
            **frame(request),
            "talk": conversation,
            "turns": selectors.turns(conversation),
            "is_mine": conversation.officer_id == current_officer(request).pk
            and conversation.state == Conversation.State.ACTIVE,
            "canned": selectors.canned(),
            "moves": [("tra", _("Trả lại hàng chờ")), ("xong", _("Kết thúc"))],
            "may_take": conversation.state in {Conversation.State.WAITING, Conversation.State.CLOSED},
        },
    )


@require_POST
@officer_required(Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)
def move(request: HttpRequest, public_id: UUID, action: str) -> HttpResponse:
    """Take over, give back or end; of two officers one gets it, and the other is told."""
    conversation = _found(request, public_id)
    moves = {"nhan": services.take_over, "tra": services.give_back, "xong": services.close}
    if action not in moves:
        raise Http404
    try:
        moves[action](
            conversation_id=conversation.pk,
            officer=current_officer(request),
            revision=sent_revision(request),
        )
    except services.MovedOnError:
        messages.warning(request, _("Cuộc trò chuyện vừa được người khác xử lý. Xem lại bên dưới."))
    return HttpResponseRedirect(reverse("desk:talk", args=[public_id]))


@require_POST
@officer_required(Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Answer in one's own talk."""
    conversation = _found(request, public_id)
    text = request.POST.get("text", "").replace("\x00", "").strip()[:LONGEST_ANSWER]
    if not text:
        messages.warning(request, _("Viết câu trả lời rồi gửi."))
    else:
        try:
            services.answer_as_officer(
                conversation_id=conversation.pk, officer=current_officer(request), text=text
            )
        except services.MovedOnError:
            messages.warning(
                request, _("Cuộc trò chuyện không còn ở anh/chị, nên câu trả lời chưa được gửi.")
            )
    return HttpResponseRedirect(reverse("desk:talk", args=[public_id]))


def _found(request: HttpRequest, public_id: UUID) -> Conversation:
    require_province(request, *AT_REGISTERS)
    conversation = selectors.conversation(public_id)
    if conversation is None:
        raise Http404
    return conversation
