"""HTTP API version 1: procedures for everybody, a dossier's status by code and a second proof."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Status
from ninja.errors import ValidationError

from portal.accounts.ports import address_key
from portal.accounts.services import take_turn
from portal.api.schemas import LimitOut, ProblemOut, ProcedureOut, StatusIn, StatusOut
from portal.common.clock import local_day
from portal.procedures import selectors as procedures
from portal.procedures.definition import Definition, say

api = NinjaAPI(
    title="Cổng Dịch vụ Giáo dục",
    version="1",
    description="Thủ tục, và tình trạng hồ sơ theo mã hồ sơ cùng số điện thoại ghi trong hồ sơ.",
    urls_namespace="api-v1",
    docs_url=None,
)

LOOKUPS_AN_HOUR = 30


@api.exception_handler(ValidationError)
def _explain(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which field is wrong without repeating what was sent."""
    fields = sorted({".".join(str(part) for part in item["loc"][1:]) for item in error.errors})
    detail = _("Chưa đọc được yêu cầu: %(fields)s.") % {"fields": ", ".join(fields) or "body"}
    return api.create_response(request, {"detail": detail}, status=422)


def _today() -> dt.date:
    return local_day(timezone.now())


def _told(request: HttpRequest, definition: Definition, day: dt.date) -> ProcedureOut:
    language = get_language() or "vi"
    rows = procedures.limits_of(definition.code, day)
    return ProcedureOut(
        code=definition.code,
        title=say(definition.title, language),
        short_title=say(definition.short_title, language),
        summary=say(definition.summary, language),
        authority=say(definition.authority, language),
        fee=procedures.fee_of(definition.code, day),
        limits=[
            LimitOut(working_days=rows[rule.key].working_days, case=say(rule.label, language))
            for rule in definition.deadline_rules
            if rule.key in rows
        ],
        papers=[say(paper.title, language) for paper in definition.papers],
        legal_basis=list(definition.legal_basis),
        start_url=request.build_absolute_uri(f"/nop/{definition.code}/"),
    )


@api.get("/procedures", response=list[ProcedureOut], summary="Procedures offered today")
def list_procedures(request: HttpRequest) -> list[ProcedureOut]:
    """List what can be applied for today."""
    day = _today()
    return [_told(request, definition, day) for definition in procedures.offered(day)]


@api.get(
    "/procedures/{code}",
    response={200: ProcedureOut, 404: ProblemOut, 422: ProblemOut},
    summary="One procedure",
)
def show_procedure(
    request: HttpRequest, code: Annotated[str, Path(min_length=1, max_length=40)]
) -> ProcedureOut | Status[ProblemOut]:
    """Give one procedure by its code."""
    day = _today()
    for definition in procedures.offered(day):
        if definition.code == code:
            return _told(request, definition, day)
    return Status(404, ProblemOut(detail=_("Không có thủ tục nào mang mã này.")))


@api.post(
    "/dossiers/status",
    response={200: StatusOut, 400: ProblemOut, 404: ProblemOut, 422: ProblemOut, 429: ProblemOut},
    summary="A dossier's status",
)
def dossier_status(request: HttpRequest, wanted: StatusIn) -> StatusOut | Status[ProblemOut]:
    """Give a dossier's status. A wrong code and a wrong phone number get the same answer.

    The proof travels in the body, so that it stands in no log.
    """
    if not take_turn(key=f"dossier-status:{address_key(request)}", limit=LOOKUPS_AN_HOUR, seconds=3_600):
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
