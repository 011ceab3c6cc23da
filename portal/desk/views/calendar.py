"""The working calendar of the province: days off and days worked in exchange, by year."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import current_officer, officer_required
from portal.common.clock import local_day
from portal.desk.forms import CalendarDayForm, SourceForm
from portal.desk.frame import frame
from portal.desk.reach import AT_REGISTERS, require_province
from portal.organisations import selectors as organisations
from portal.organisations import services
from portal.organisations.services import OrganisationRefusedError

_YEARS = range(2000, 2200)


def _back(year: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('desk:calendar')}?nam={year}")


@require_GET
@officer_required(*AT_REGISTERS)
def show(request: HttpRequest) -> HttpResponse:
    """List a year's days that differ from the plain week, with who changed them last."""
    require_province(request, *AT_REGISTERS)
    present = local_day(timezone.now()).year
    asked = {str(each): each for each in _YEARS}
    year = asked.get(request.GET.get("nam", ""), present)
    return render(
        request,
        "desk/calendar.html",
        {
            **frame(request),
            "year": year,
            "years": sorted({*organisations.calendar_years(), present, year}),
            "rows": organisations.calendar_rows(year),
        },
    )


@require_http_methods(["GET", "POST"])
@officer_required(*AT_REGISTERS)
def add(request: HttpRequest) -> HttpResponse:
    """Enter a day."""
    require_province(request, *AT_REGISTERS)
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.add_calendar_day(
                day=said["day"],
                working=said["working"] == "worked",
                name=said["name"],
                source=said["source"],
                actor_id=current_officer(request).user.pk,
            )
        except OrganisationRefusedError as refusal:
            form.add_error("day", str(refusal))
        else:
            messages.success(
                request, _told(_("Đã thêm ngày %(day)s.") % {"day": f"{said['day']:%d/%m/%Y}"})
            )
            return _back(said["day"].year)
    return render(
        request,
        "desk/calendar_add.html",
        {**frame(request), "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@officer_required(*AT_REGISTERS)
def switch(request: HttpRequest, day_id: int) -> HttpResponse:
    """Put a day into force or out of it, after saying what that does."""
    require_province(request, *AT_REGISTERS)
    row = organisations.calendar_day(day_id)
    if row is None:
        raise Http404
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enable = request.POST.get("enable") == "1"
        try:
            services.switch_calendar_day(
                day_id=row.pk,
                enabled=enable,
                source=form.cleaned_data["source"],
                actor_id=current_officer(request).user.pk,
            )
        except OrganisationRefusedError as refusal:
            messages.warning(request, str(refusal))
        else:
            sentence = _("Đã bật ngày %(day)s.") if enable else _("Đã tắt ngày %(day)s.")
            messages.success(request, _told(sentence % {"day": f"{row.day:%d/%m/%Y}"}))
        return _back(row.day.year)
    return render(
        request,
        "desk/calendar_switch.html",
        {**frame(request), "row": row, "form": form},
        status=422 if form.errors else 200,
    )


def _told(sentence: str) -> str:
    """Add what the change does to deadlines, and what it does not."""
    effect = _("Hồ sơ tiếp nhận từ bây giờ tính theo lịch mới; hồ sơ đang chạy giữ hạn đã báo.")
    return f"{sentence} {effect}"
