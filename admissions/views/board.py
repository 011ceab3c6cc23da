"""The board's pages: the plan, the dates, the proof, a dry run with figures, publication by two persons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from admissions import selectors, services, sheet
from admissions.models import Catchment, Phase, PhaseKind, Round, Season
from admissions.standing import zone_words
from admissions.views.office import BOARD, frame, is_board, require_board, round_here, season_here
from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.common.clock import ZONE
from portal.common.revisions import sent_revision

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from portal.accounts.models import Officer

_SHOWN = 40
_LARGEST = 5 * 2**20


class PhaseForm(forms.Form):
    """When a part of the season opens and closes, and why that changes."""

    use_required_attribute = False

    opens_at = forms.DateTimeField(
        label=gettext_lazy("Mở lúc"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Ghi ngày giờ mở."),
            "invalid": gettext_lazy("Ghi đủ ngày và giờ."),
        },
    )
    closes_at = forms.DateTimeField(
        label=gettext_lazy("Đóng lúc"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": gettext_lazy("Ghi ngày giờ đóng."),
            "invalid": gettext_lazy("Ghi đủ ngày và giờ."),
        },
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do, mọi người đều đọc được"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Ghi lý do: mọi người đều đọc được vì sao có thay đổi.")},
    )


class FileForm(forms.Form):
    """An Excel file of catchments or places."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel (.xlsx)"),
        error_messages={"required": gettext_lazy("Chọn một tệp .xlsx.")},
    )


@require_GET
@officer_required(*BOARD)
def season(request: HttpRequest, code: str) -> HttpResponse:
    """Show the season as the board works on it: where it stands, what is next, what is wrong with the plan."""
    require_board(request)
    round_ = round_here(code)
    found = round_.season
    officer = current_officer(request)
    waiting = selectors.unverified(round_).count()
    return render(
        request,
        "admissions/desk/season.html",
        {
            **frame(request),
            "season": found,
            "round": round_,
            "states": Round.State,
            "phases": _phases(found, round_),
            "findings": selectors.findings(found),
            "shown": _SHOWN,
            "quotas": selectors.current_quotas(found)[:_SHOWN],
            "catchments": Catchment.objects.filter(season=found).count(),
            "waiting": waiting,
            "verified": selectors.valid_registrations(round_).count(),
            "dry": round_.dry_figures,
            "dry_at": dt.datetime.fromisoformat(round_.dry_figures["at"]) if round_.dry_figures else None,
            "first_is_me": round_.first_value_by_id == officer.pk,
            "proposed_by_me": round_.proposed_by_id == officer.pk,
            "is_leader": is_board(request, Role.LEADER),
            "is_officer": is_board(request, Role.DEPARTMENT_OFFICER),
            "events": found.events.select_related("actor__officer")[:15],
            "answers": services.answers_of(round_) if round_.published_at else {},
        },
    )


def _phases(season: Any, round_: Round) -> list[dict[str, Any]]:
    known = {row.kind: row for row in season.phases.filter(round_number=round_.number)}
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "phase": known.get(kind.value),
            "words": selectors.span(known[kind.value]) if kind.value in known else "",
        }
        for kind in PhaseKind
    ]


@require_http_methods(["GET", "POST"])
@officer_required(*BOARD)
def phase(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Enter or move a phase's dates, with the reason that the public reads."""
    require_board(request)
    round_ = round_here(code)
    if kind not in PhaseKind.values:
        raise Http404
    known = Phase.objects.filter(season=round_.season, round_number=round_.number, kind=kind).first()
    initial = (
        {}
        if known is None
        else {"opens_at": known.opens_at.astimezone(ZONE), "closes_at": known.closes_at.astimezone(ZONE)}
    )
    form = PhaseForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_phase(
                season=round_.season,
                kind=kind,
                opens_at=form.cleaned_data["opens_at"],
                closes_at=form.cleaned_data["closes_at"],
                reason=form.cleaned_data["reason"],
                actor=current_officer(request).user,
                round_number=round_.number,
                revision=sent_revision(request) if known is not None else None,
            )
        except services.AdmissionRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi thời gian; thay đổi và lý do hiện trên trang của mùa."))
            return _back(code)
    return render(
        request,
        "admissions/desk/phase.html",
        {
            **frame(request),
            "season": round_.season,
            "title": PhaseKind(kind).label,
            "form": form,
            "revision": 0 if known is None else known.revision,
        },
        status=422 if form.is_bound else 200,
    )


def _back(code: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admissions_desk:season", args=[code]))


@require_http_methods(["GET", "POST"])
@officer_required(Role.DEPARTMENT_OFFICER)
@throttled("admission-import", limit=60, seconds=3_600, only="POST")
def upload(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Take an Excel file of catchments or quotas; one wrong row and nothing is written."""
    require_board(request, Role.DEPARTMENT_OFFICER)
    season = _with(what, code)
    form = FileForm(request.POST or None, request.FILES or None)
    remarks: list[services.Remark] = []
    file = request.FILES.get("file")
    if file is not None and (file.size or 0) > _LARGEST:
        form.add_error("file", _("Tệp lớn hơn 5 MB. Xem lại có phải tệp này không."))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        take = services.import_catchments if what == "tuyen" else services.import_quotas
        try:
            count = take(
                season=season,
                file=BytesIO(file.read()),
                file_name=file.name or "",
                actor=current_officer(request).user,
            )
        except services.SheetRefusedError as refused:
            remarks = refused.remarks
        except services.AdmissionRefusedError as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Đã ghi %(count)d dòng.") % {"count": count})
            return _back(code)
    return render(
        request,
        "admissions/desk/upload.html",
        {
            **frame(request),
            "season": season,
            "what": what,
            "form": form,
            "remarks": remarks[:100],
            "remark_count": len(remarks),
            "columns": [heading for heading, _needed in _columns(what).values()],
        },
        status=422 if remarks or (form.is_bound and form.errors) else 200,
    )


def _with(what: str, code: str) -> Season:
    if what not in {"tuyen", "chi-tieu"}:
        raise Http404
    return season_here(code)


def _columns(what: str) -> sheet.Columns:
    return sheet.CATCHMENTS if what == "tuyen" else sheet.QUOTAS


@require_GET
@officer_required(*BOARD)
def download(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Hand the present plan out as the file that can be read again."""
    require_board(request)
    found, out = _with(what, code), BytesIO()
    lines: list[list[str | float]]
    if what == "tuyen":
        rows = Catchment.objects.filter(season=found).select_related("place__commune", "school")
        lines = [
            [
                row.place.commune.name,
                row.place.name,
                row.school.code,
                zone_words(row.zone).capitalize(),
                "" if row.place.latitude is None else row.place.latitude,
                "" if row.place.longitude is None else row.place.longitude,
            ]
            for row in rows.order_by("place__commune__name_key", "place__name_key")
        ]
    else:
        lines = [
            [quota.school.code, quota.classes, quota.class_size, quota.reserves.get("disability", 0)]
            for quota in selectors.current_quotas(found)
        ]
    sheet.write(_columns(what), lines, out)
    answer = HttpResponse(
        out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.code}-{what}.xlsx"'
    return answer


@dataclass(frozen=True, slots=True)
class _Step:
    """A word of the address: who may say it (either of the board, if nobody is named) and what it came to."""

    take: Callable[[Round, Officer, int, str], object]
    said: str | Promise
    roles: tuple[str, ...] = ()


_STEPS = {
    "cam-ket": _Step(
        lambda round_, officer, revision, text: services.commit_round(
            round_=round_, value_source=text, officer=officer, revision=revision
        ),
        gettext_lazy("Đã công bố cam kết."),
        (Role.DEPARTMENT_OFFICER,),
    ),
    "chay-thu": _Step(
        lambda round_, officer, _revision, _text: services.ask_for(
            round_=round_, task="dry_run", officer=officer
        ),
        gettext_lazy("Đang chạy thử. Tải lại trang sau ít giây để xem số liệu."),
        (Role.DEPARTMENT_OFFICER,),
    ),
    "chot": _Step(
        lambda round_, officer, _revision, _text: services.ask_for(
            round_=round_, task="freeze", officer=officer
        ),
        gettext_lazy("Đang chốt danh sách. Tải lại trang sau ít giây."),
        (Role.DEPARTMENT_OFFICER,),
    ),
    "gia-tri": _Step(
        lambda round_, officer, _revision, text: services.enter_public_value(
            round_=round_, value=text, officer=officer
        ),
        gettext_lazy("Đã ghi giá trị công khai."),
    ),
    "de-nghi": _Step(
        lambda round_, officer, revision, _text: services.propose_publication(
            round_=round_, officer=officer, revision=revision
        ),
        gettext_lazy("Đã đề nghị công bố. Người thứ hai duyệt."),
        (Role.DEPARTMENT_OFFICER,),
    ),
    "duyet": _Step(
        lambda round_, officer, revision, _text: services.approve_publication(
            round_=round_, officer=officer, revision=revision
        ),
        gettext_lazy("Đã duyệt. Kết quả đang được tính và sẽ hiện cùng lúc cho mọi gia đình."),
        (Role.LEADER,),
    ),
    "dot-bo-sung": _Step(
        lambda round_, officer, _revision, _text: services.open_additional_round(
            season=round_.season, officer=officer
        ),
        gettext_lazy("Đã mở đợt bổ sung với các chỗ còn trống. Ghi lịch của đợt."),
        (Role.DEPARTMENT_OFFICER,),
    ),
}


@require_POST
@officer_required(*BOARD)
def act(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """Take the round's next step; who may take which is checked here, whether it fits by the service."""
    step = _STEPS.get(word)
    if step is None:
        raise Http404
    require_board(request, *step.roles)
    text = request.POST.get("text", "").replace("\x00", "")[:300]
    try:
        step.take(round_here(code), current_officer(request), sent_revision(request), text)
    except services.AdmissionRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(step.said))
    return _back(code)
