"""HTTP API version 1: procedures for everybody, a dossier's status by code and a second proof."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Path, Status
from ninja.errors import HttpError, ValidationError

from portal.accounts.ports import address_key
from portal.accounts.services import seconds_until_next_turn, take_turn
from portal.api.assistant import router as assistant
from portal.api.schemas import LimitOut, MessageIn, ProblemOut, ProcedureOut, StatusIn, StatusOut
from portal.common.clock import local_day
from portal.procedures import selectors as procedures
from portal.procedures.definition import say

api = NinjaAPI(
    title="Cổng Dịch vụ Giáo dục",
    version="1",
    description="Thủ tục, và tình trạng hồ sơ theo mã hồ sơ cùng số điện thoại ghi trong hồ sơ.",
    urls_namespace="api-v1",
    docs_url=None,
)

api.add_router("/assistant", assistant)

LOOKUPS_AN_HOUR = 30
HOUR = 3_600


@api.exception_handler(ValidationError)
def _explain(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field is wrong without repeating what was sent: names that we do not know are sent, too."""
    said = {str(part) for item in error.errors for part in item["loc"][1:]}
    known = sorted(said & (set(StatusIn.model_fields) | set(MessageIn.model_fields) | {"code"}))
    strange = any(item["type"] == "extra_forbidden" for item in error.errors)
    where = ", ".join(known + ([_("mục lạ")] if strange else [])) or _("nội dung gửi đến")
    return problem(
        request, 422, _("Chưa đọc được yêu cầu: %(fields)s. Xem lại tài liệu API.") % {"fields": where}
    )


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer what ninja itself refuses: a body that is no JSON."""
    return problem(
        request,
        error.status_code,
        _("Chưa đọc được yêu cầu: nội dung gửi đến không phải JSON. Xem lại rồi gửi lại."),
    )


@api.exception_handler(RequestDataTooBig)
def _too_long(request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    return problem(request, 400, _("Yêu cầu dài quá mức cho phép. Gửi lại yêu cầu ngắn hơn."))


def problem(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    """Answer with a sentence."""
    return api.create_response(request, {"detail": detail}, status=status)


@csrf_exempt  # nothing is done, and no cookie is read
def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer programs in their own form; the portal's page is for people."""
    return problem(request, 404, _("API không có địa chỉ này. Xem tài liệu tại /api/v1/openapi.json."))


def _today() -> dt.date:
    return local_day(timezone.now())


def _told(request: HttpRequest, offer: procedures.Offer) -> ProcedureOut:
    language = get_language() or "vi"
    definition = offer.definition
    return ProcedureOut(
        code=definition.code,
        title=say(definition.title, language),
        short_title=say(definition.short_title, language),
        summary=say(definition.summary, language),
        authority=say(definition.authority, language),
        fee=offer.fee,
        limits=[
            LimitOut(working_days=offer.limits[rule.key].working_days, case=say(rule.label, language))
            for rule in definition.deadline_rules
        ],
        papers=[say(paper.title, language) for paper in definition.papers],
        legal_basis=list(definition.legal_basis),
        start_url=request.build_absolute_uri(f"/nop/{definition.code}/"),
    )


@api.get("/procedures", response=list[ProcedureOut], summary="Procedures offered today")
def list_procedures(request: HttpRequest) -> list[ProcedureOut]:
    """List what can be applied for today."""
    return [_told(request, offer) for offer in procedures.offers(_today())]


@api.get(
    "/procedures/{code}",
    response={200: ProcedureOut, 404: ProblemOut, 422: ProblemOut},
    summary="One procedure",
)
def show_procedure(
    request: HttpRequest, code: Annotated[str, Path(min_length=1, max_length=40)]
) -> ProcedureOut | Status[ProblemOut]:
    """Give one procedure by its code."""
    offer = procedures.offer(code, _today())
    if offer is None:
        return Status(404, ProblemOut(detail=_("Không có thủ tục nào mang mã này.")))
    return _told(request, offer)


@api.post(
    "/dossiers/status",
    response={200: StatusOut, 400: ProblemOut, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut},
    summary="A dossier's status",
)
def dossier_status(
    request: HttpRequest, response: HttpResponse, wanted: StatusIn
) -> StatusOut | Status[ProblemOut]:
    """Give a dossier's status. A wrong code and a wrong phone number get the same answer.

    The proof travels in the body, so that it stands in no log.
    """
    patch_cache_control(response, private=True, no_store=True)
    if not take_turn(key=f"dossier-status:{address_key(request)}", limit=LOOKUPS_AN_HOUR, seconds=HOUR):
        response.headers["Retry-After"] = str(seconds_until_next_turn(HOUR))
        return Status(429, ProblemOut(detail=_("Anh/chị tra cứu quá nhiều lần. Thử lại sau một giờ.")))
    dossier = procedures.by_code_and_phone(wanted.code, wanted.phone)
    if dossier is None:
        return Status(
            404,
            ProblemOut(detail=_("Không tìm thấy hoặc thông tin chưa khớp. Xem lại hai mục đã nhập.")),
        )
    language = get_language() or "vi"
    situation = procedures.situation(dossier, language)
    return StatusOut(
        code=dossier.code or dossier.temporary_code,
        procedure=procedures.title_of(dossier.definition, language),
        office=dossier.organisation.name,
        status=situation.status.value,
        status_label=situation.label,
        sentence=f"{situation.headline}. {situation.sentence}",
        citizen_acts=situation.citizen_acts,
        due_on=dossier.due_on,
        clock_paused=procedures.is_paused(dossier),
    )
