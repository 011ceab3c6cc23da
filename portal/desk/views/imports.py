"""Reading the sector database's file: upload, what the check found, confirming, how far it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.common.clock import local_day
from portal.common.revisions import sent_revision
from portal.desk.forms import ImportForm
from portal.desk.forms.pupils import PROVINCE
from portal.desk.frame import frame
from portal.desk.reach import AT_SCHOOL, holds_for_province, schools_of
from portal.organisations import selectors as organisations
from portal.pupils import selectors as pupils
from portal.pupils import services
from portal.pupils.services import FileRefusedError, PupilRefusedError

PER_PAGE = 20
# boundaries, names of fields and the other answers around the file
_ENVELOPE = 64 * 2**10
ROWS_SHOWN = 100
_WORKING = frozenset({"checking", "applying"})


def _scopes(request: HttpRequest) -> list[tuple[str, str]]:
    own = [(str(school.pk), school.name) for school in organisations.by_ids(schools_of(request))]
    if holds_for_province(request, Role.DEPARTMENT_OFFICER):
        own.append((PROVINCE, _("Toàn tỉnh, mỗi dòng ghi mã trường")))
    return own


@csrf_exempt  # checked by _upload, once the length is known: the token's check reads the whole body
@require_http_methods(["GET", "POST"])
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
@throttled("import-pupils", limit=30, seconds=3_600, only="POST")
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; take it unless it is longer than we ever read."""
    scopes = _scopes(request)
    if not scopes:
        raise Http404
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_long = not length.isdecimal() or int(length) > settings.PUPIL_IMPORT_MAX_BYTES + _ENVELOPE
    if request.method == "POST" and too_long:
        form = ImportForm(scopes, local_day(timezone.now()))
        return _asked(request, scopes, form, status=413)
    return _upload(request, scopes)


@csrf_protect
def _upload(request: HttpRequest, scopes: list[tuple[str, str]]) -> HttpResponse:
    today = local_day(timezone.now())
    if request.method != "POST":
        return _asked(request, scopes, ImportForm(scopes, today))
    form = ImportForm(scopes, today, request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, scopes, form, status=422)
    scope, file = form.cleaned_data["scope"], form.cleaned_data["file"]
    try:
        taken = services.receive_import(
            file=file.file,
            file_name=file.name or "",
            school_id=None if scope == PROVINCE else int(scope),
            school_year=form.cleaned_data["school_year"],
            requested_by_id=current_officer(request).user.pk,
        )
    except FileRefusedError as refusal:
        form.add_error("file", str(refusal))
        return _asked(request, scopes, form, status=422)
    return HttpResponseRedirect(reverse("desk:import", args=[taken.pk]))


def _asked(
    request: HttpRequest, scopes: list[tuple[str, str]], form: ImportForm, status: int = 200
) -> HttpResponse:
    found = pupils.imports_within(
        school_ids=[int(scope) for scope, _name in scopes if scope != PROVINCE],
        province=any(scope == PROVINCE for scope, _name in scopes),
    )
    return render(
        request,
        "desk/import_upload.html",
        {
            **frame(request),
            "form": form,
            "too_long": status == 413,  # noqa: PLR2004 - the answer's own status
            "limit_mb": settings.PUPIL_IMPORT_MAX_BYTES // 2**20,
            "province": any(scope == PROVINCE for scope, _name in scopes),
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
        },
        status=status,
    )


def _reachable(request: HttpRequest, import_id: int) -> pupils.PupilImport:
    """Give an import of the officer's own places; 404 for any other, as for none."""
    try:
        found = pupils.pupil_import(import_id)
    except pupils.PupilImport.DoesNotExist as error:
        raise Http404 from error
    if found.school_id is None:
        if not holds_for_province(request, Role.DEPARTMENT_OFFICER):
            raise Http404
    elif found.school_id not in schools_of(request):
        raise Http404
    return found


def _standing(found: pupils.PupilImport) -> dict[str, Any]:
    read = pupils.staged_count(found.pk) if found.state == "checking" else 0
    return {"import": found, "read": read, "working": found.state in _WORKING}


@require_GET
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Say what was found, or how far it is; the one page of an import through all its states."""
    found = _reachable(request, import_id)
    return render(
        request,
        "desk/import.html",
        {
            **frame(request),
            **_standing(found),
            "errors": pupils.error_remarks(found.pk, ROWS_SHOWN),
            "warnings": pupils.warning_remarks(found.pk, ROWS_SHOWN) if found.state == "ready" else [],
            "rows_shown": ROWS_SHOWN,
        },
    )


@require_GET
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give how far it is, for the page's script; 205 (show the page anew) once nothing is under way."""
    standing = _standing(_reachable(request, import_id))
    if not standing["working"]:
        return HttpResponse(status=205)
    return render(request, "desk/_import_progress.html", standing)


@require_POST
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def confirm(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let the checked file be written."""
    found = _reachable(request, import_id)
    try:
        services.confirm_import(import_id=found.pk, revision=sent_revision(request))
    except PupilRefusedError as refusal:
        messages.warning(request, str(refusal))
    return HttpResponseRedirect(reverse("desk:import", args=[found.pk]))


@require_POST
@officer_required(*AT_SCHOOL, Role.DEPARTMENT_OFFICER)
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Drop a file that nobody wants written."""
    found = _reachable(request, import_id)
    try:
        services.discard_import(import_id=found.pk, revision=sent_revision(request))
    except PupilRefusedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("desk:import", args=[found.pk]))
    messages.success(request, _("Đã bỏ tệp %(name)s. Sổ học sinh không đổi.") % {"name": found.file_name})
    return HttpResponseRedirect(reverse("desk:imports"))
