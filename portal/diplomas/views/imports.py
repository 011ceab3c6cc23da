"""A workbook on its way into a book: upload, which column is what, what the check found, two persons, undo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.ports import current_officer, officer_required, throttled
from portal.common.revisions import sent_revision
from portal.diplomas import selectors, services
from portal.diplomas.forms import ImportForm
from portal.diplomas.frame import frame
from portal.diplomas.import_check import check_now_if_small
from portal.diplomas.models import DiplomaImport
from portal.diplomas.normal.dates import spoken_date
from portal.diplomas.reach import KEEPING, WRITING, import_or_404, may_write, offices_of
from portal.diplomas.sheet.columns import CHOICES
from portal.pupils.ports import FileRefusedError

PER_PAGE = 20
ROWS_SHOWN = 100
_ENVELOPE = 64 * 2**10
_UNDER_WAY = frozenset({"checking", "writing", "undoing"})


@csrf_exempt  # checked by _upload, once the length is known: the token's check reads the whole body
@require_http_methods(["GET", "POST"])
@officer_required(*WRITING)
@throttled("import-diplomas", limit=60, seconds=3_600, only="POST")
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a file; take it unless it is longer than we ever read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    too_long = not length.isdecimal() or int(length) > settings.PUPIL_IMPORT_MAX_BYTES + _ENVELOPE
    if request.method == "POST" and too_long:
        return _asked(request, _form(request), status=413)
    return _upload(request)


def _form(request: HttpRequest, *data: Any) -> ImportForm:
    return ImportForm(list(selectors.issuers_kept_by(offices_of(request, *WRITING))), *data)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _asked(request, _form(request))
    form = _form(request, request.POST, request.FILES)
    if not form.is_valid():
        return _asked(request, form, status=422)
    given = form.cleaned_data
    book = services.open_book(issuer_id=int(given["issuer"]), level=given["level"], year=given["year"])
    try:
        taken = services.receive_import(
            file=given["file"].file,
            file_name=given["file"].name or "",
            book_id=book.pk,
            actor_id=current_officer(request).user.pk,
            school=given["school"],
            first_of_january_is_unknown=given["january"],
        )
    except FileRefusedError as refusal:
        form.add_error("file", str(refusal))
        return _asked(request, form, status=422)
    return HttpResponseRedirect(reverse("diplomas_desk:import", args=[taken.pk]))


def _asked(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    found = selectors.imports_into(offices_of(request))
    return render(
        request,
        "diplomas/import_upload.html",
        {
            **frame(request),
            "form": form,
            "too_long": status == 413,  # noqa: PLR2004 - the answer's own status
            "limit_mb": settings.PUPIL_IMPORT_MAX_BYTES // 2**20,
            "page": Paginator(found, PER_PAGE).get_page(request.GET.get("trang")),
        },
        status=status,
    )


def _standing(found: DiplomaImport) -> dict[str, Any]:
    reading = found.state == "mapping" and not found.headings
    read = found.rows.count() if found.state == "checking" else 0
    return {
        "import": found,
        "read": read,
        "reading": reading,
        "working": reading or found.state in _UNDER_WAY,
    }


@require_GET
@officer_required(*KEEPING)
def show(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show an import through all its states."""
    return _show(request, import_or_404(request, import_id))


def _show(request: HttpRequest, found: DiplomaImport, error: str = "", status: int = 200) -> HttpResponse:
    me = current_officer(request).user.pk
    return render(
        request,
        "diplomas/import.html",
        {
            **frame(request),
            **_standing(found),
            "book": found.book,
            "error": error,
            "choices": list(CHOICES.items()),
            "columns": [{**each, "field": found.columns.get(each["name"], "")} for each in found.headings],
            "errors": selectors.remarks(found.pk, "errors", ROWS_SHOWN),
            "warnings": selectors.remarks(found.pk, "warnings", ROWS_SHOWN)
            if found.state in {"ready", "sent"}
            else [],
            "sample": _sample(found),
            "rows_shown": ROWS_SHOWN,
            "may_write": may_write(request, found.book),
            "mine": found.entered_by_id == me,
        },
        status=status,
    )


def _sample(found: DiplomaImport) -> list[dict[str, Any]]:
    """Give the first rows as they will be entered, for whoever checks."""
    if found.state not in {"ready", "sent"}:
        return []
    return [
        {"number": row.number, "values": row.values, "birth": spoken_date(row.values.get("birth", ""))}
        for row in found.rows.defer("personal_id").order_by("number")[:10]
    ]


@require_GET
@officer_required(*KEEPING)
def progress(request: HttpRequest, import_id: int) -> HttpResponse:
    """Give how far it is, for the page's script; 205 once nothing is under way."""
    standing = _standing(import_or_404(request, import_id))
    if not standing["working"]:
        return HttpResponse(status=205)
    return render(request, "diplomas/_import_progress.html", standing)


@require_POST
@officer_required(*WRITING)
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take the columns as chosen and check the file."""
    found = _writable(request, import_id)
    chosen = {
        each["name"]: request.POST.get(f"column-{place}", "") for place, each in enumerate(found.headings)
    }
    try:
        found = services.confirm_columns(found=found, columns=chosen, revision=sent_revision(request))
        check_now_if_small(found)
    except services.RegisterRefusedError as refusal:
        found.columns = chosen
        return _show(request, found, error=str(refusal), status=422)
    return HttpResponseRedirect(reverse("diplomas_desk:import", args=[found.pk]))


def _writable(request: HttpRequest, import_id: int) -> DiplomaImport:
    found = import_or_404(request, import_id)
    if not may_write(request, found.book):
        raise Http404
    return found


@require_POST
@officer_required(*KEEPING)
def act(request: HttpRequest, import_id: int, action: str) -> HttpResponse:
    """Hand over, release, send back, drop or undo."""
    found = import_or_404(request, import_id)
    actor = current_officer(request).user.pk
    revision, reason = sent_revision(request), request.POST.get("reason", "")[:300]
    try:
        if action == "chuyen":
            services.send_import(import_id=found.pk, revision=revision)
            messages.success(request, _("Đã chuyển. Một người khác của cơ quan mở trang này để kiểm tra."))
        elif action == "duyet":
            services.release_import(import_id=found.pk, revision=revision, actor_id=actor)
        elif action == "tra-lai":
            services.return_import(import_id=found.pk, revision=revision, actor_id=actor, reason=reason)
        elif action == "hoan-tac":
            services.undo_import(import_id=found.pk, revision=revision, actor_id=actor, reason=reason)
        elif action == "bo":
            services.discard_import(import_id=found.pk, revision=revision)
            messages.success(
                request, _("Đã bỏ tệp %(name)s. Sổ gốc không đổi.") % {"name": found.file_name}
            )
            return HttpResponseRedirect(reverse("diplomas_desk:imports"))
        else:
            raise Http404
    except services.RegisterRefusedError as refusal:
        found.refresh_from_db()
        return _show(request, found, error=str(refusal), status=422)
    return HttpResponseRedirect(reverse("diplomas_desk:import", args=[found.pk]))
