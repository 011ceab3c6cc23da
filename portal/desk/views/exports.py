"""Handing out the register as Excel, in the sector database's columns. Each hand-out is recorded."""

from __future__ import annotations

from io import BytesIO

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.accounts.services import record_look
from portal.common.clock import local_day
from portal.desk.forms import ExportForm
from portal.desk.forms.pupils import PROVINCE
from portal.desk.reach import AT_SCHOOL, require_province, schools_of
from portal.desk.views.pupils import chosen_school, commune_choices
from portal.organisations import selectors as organisations
from portal.pupils import selectors as pupils
from portal.pupils import services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@officer_required(*AT_SCHOOL)
@throttled("export-pupils", limit=30, seconds=3_600)
def school(request: HttpRequest) -> HttpResponse:
    """Hand out the pupils of one of the officer's schools, whole IDs included."""
    schools = organisations.by_ids(schools_of(request))
    if not schools:
        raise Http404
    chosen = chosen_school(request, schools)
    _record(request, chosen.pk, chosen.pk)
    return _workbook([chosen.pk], chosen.code)


@require_GET
@officer_required(Role.DEPARTMENT_OFFICER)
@throttled("export-pupils", limit=30, seconds=3_600)
def province(request: HttpRequest) -> HttpResponse:
    """Hand out a commune's pupils, or everybody's while that is few enough to wait for."""
    require_province(request, Role.DEPARTMENT_OFFICER)
    form = ExportForm(commune_choices(), request.GET)
    if not form.is_valid():
        messages.warning(request, _("Chọn xã, phường trong danh sách."))
        return HttpResponseRedirect(reverse("desk:pupils"))
    chosen = form.cleaned_data["commune"]
    department = organisations.department()
    ids: list[int] | None = None
    code = department.code
    if chosen != PROVINCE:
        commune = organisations.organisation(int(chosen))
        ids = [found.pk for found in organisations.schools(commune=commune.pk)]
        code = commune.code
    if pupils.count_in(ids) > settings.PUPIL_EXPORT_MAX_ROWS:
        messages.warning(
            request,
            _("Có hơn %(rows)d học sinh, quá nhiều cho một tệp. Xuất từng xã, phường.")
            % {"rows": settings.PUPIL_EXPORT_MAX_ROWS},
        )
        return HttpResponseRedirect(reverse("desk:pupils"))
    _record(request, department.pk if ids is None else int(chosen), department.pk)
    return _workbook(ids, code)


@require_GET
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def template(_request: HttpRequest) -> HttpResponse:
    """Hand out a file with the headings alone."""
    out = BytesIO()
    services.write_template(out=out)
    return attached(out, "mau-hoc-sinh.xlsx")


def _record(request: HttpRequest, subject_id: int, organisation_id: int) -> None:
    record_look(
        actor=current_officer(request).user,
        subject_kind="pupil-list",
        subject_id=subject_id,
        purpose="export",
        organisation_id=organisation_id,
    )


def _workbook(school_ids: list[int] | None, code: str) -> HttpResponse:
    out = BytesIO()
    services.export_pupils(school_ids=school_ids, out=out)
    return attached(out, f"hoc-sinh-{code}-{local_day(timezone.now()):%Y%m%d}.xlsx")


def attached(out: BytesIO, name: str) -> HttpResponse:
    """Hand out a workbook as a download."""
    response = HttpResponse(out.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
