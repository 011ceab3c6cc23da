"""Pupils of the officer's school: lists by class, one pupil. Every look is recorded."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.accounts.ports import Role, current_officer, officer_required
from portal.accounts.services import record_look
from portal.common.clock import local_day
from portal.desk.forms import ExportForm
from portal.desk.frame import frame
from portal.desk.reach import AT_SCHOOL, holds_for_province, schools_of
from portal.organisations import selectors as organisations
from portal.pupils import selectors as pupils

PER_PAGE = 30
QUERY_LENGTH = 120
CLASS_LENGTH = 20


def chosen_school(
    request: HttpRequest, schools: list[organisations.Organisation]
) -> organisations.Organisation:
    """Give the school that the address names, the first one without; 404 for somebody else's."""
    wanted = request.GET.get("truong", "")
    if not wanted:
        return schools[0]
    found = next((school for school in schools if str(school.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


@require_GET
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def show(request: HttpRequest) -> HttpResponse:
    """List a school's pupils of today, by class or by name; the department is led to its files."""
    schools = organisations.by_ids(schools_of(request))
    if not schools:
        return _province(request)
    school = chosen_school(request, schools)
    class_name = request.GET.get("lop", "").replace("\x00", "")[:CLASS_LENGTH]
    query = request.GET.get("q", "").replace("\x00", "")[:QUERY_LENGTH].strip()
    found = pupils.pupils_of(school.pk, class_name=class_name or None, query=query)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    record_look(
        actor=current_officer(request).user,
        subject_kind="pupil-list",
        subject_id=school.pk,
        purpose="list",
        organisation_id=school.pk,
    )
    classes = pupils.classes_of(school.pk)
    return render(
        request,
        "desk/pupils.html",
        {
            **frame(request),
            "schools": schools,
            "school": school,
            "classes": classes,
            "total": sum(each.pupils for each in classes),
            "class_name": class_name,
            "query": query,
            "page": page,
        },
    )


def commune_choices() -> list[tuple[str, str]]:
    """Give the communes of today as choices of a form."""
    return [(str(commune.pk), commune.name) for commune in organisations.communes()]


def _province(request: HttpRequest) -> HttpResponse:
    if not holds_for_province(request, Role.DEPARTMENT_OFFICER):
        raise Http404
    context = {**frame(request), "total": pupils.count_in(None), "form": ExportForm(commune_choices())}
    return render(request, "desk/pupils_province.html", context)


@require_GET
@officer_required(*AT_SCHOOL)
def detail(request: HttpRequest, pupil_id: int) -> HttpResponse:
    """Show one pupil who is at the officer's school today; 404 for any other, as for none."""
    enrolment = pupils.open_enrolment(pupil_id)
    if enrolment is None or enrolment.school_id not in schools_of(request):
        raise Http404
    record_look(
        actor=current_officer(request).user,
        subject_kind="pupil",
        subject_id=pupil_id,
        purpose="register",
        organisation_id=enrolment.school_id,
    )
    return render(
        request,
        "desk/pupil.html",
        {
            **frame(request),
            "pupil": enrolment.pupil,
            "enrolment": enrolment,
            "way": pupils.enrolments_of(pupil_id).reverse(),
            "today": local_day(timezone.now()),
        },
    )
