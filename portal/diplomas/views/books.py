"""Books of the officer's office: the list, one book, its scans, its check, its export."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.accounts.services import record_look
from portal.common.clock import local_day
from portal.diplomas import selectors, services
from portal.diplomas.forms import ScanForm
from portal.diplomas.frame import frame
from portal.diplomas.lookup import mark_seen
from portal.diplomas.models import Book
from portal.diplomas.reach import KEEPING, WRITING, book_or_404, may_write, offices_of
from portal.diplomas.sheet.writing import csv_lines, workbook
from portal.documents.ports import bounded_uploads, skipped_files
from portal.documents.services import PaperRefusedError

PER_PAGE = 30
WATCHING = (Role.DEPARTMENT_OFFICER, Role.LEADER)
"""Who is told that somebody sweeps."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@officer_required(*KEEPING)
def show(request: HttpRequest) -> HttpResponse:
    """List the books, or what a search through all of them finds."""
    offices = offices_of(request)
    query = request.GET.get("q", "").replace("\x00", "")[:120]
    return render(
        request,
        "diplomas/books.html",
        {
            **frame(request),
            "page": Paginator(selectors.books_kept_by(offices), PER_PAGE).get_page(
                request.GET.get("trang")
            ),
            "query": query,
            "found": selectors.find_entries(offices, query),
            "imports": selectors.imports_into(offices)[:5],
            "may_write": bool(offices_of(request, *WRITING)),
            "sweeps": selectors.sweeps_open()[:5] if offices_of(request, *WATCHING) else [],
        },
    )


@require_GET
@officer_required(*KEEPING)
def book(request: HttpRequest, book_id: int) -> HttpResponse:
    """Show a book's entries in their order."""
    return _book(request, book_or_404(request, book_id), ScanForm())


def _book(request: HttpRequest, found: Book, form: ScanForm, status: int = 200) -> HttpResponse:
    query = request.GET.get("q", "").replace("\x00", "")[:120]
    _record(request, found, "browse")
    return render(
        request,
        "diplomas/book.html",
        {
            **frame(request),
            "book": found,
            "query": query,
            "page": Paginator(selectors.entries_of(found, query), PER_PAGE).get_page(
                request.GET.get("trang")
            ),
            "may_write": may_write(request, found),
            "form": form,
        },
        status=status,
    )


def _record(request: HttpRequest, found: Book, purpose: str) -> None:
    record_look(
        actor=current_officer(request).user,
        subject_kind="diploma-book",
        subject_id=found.pk,
        purpose=purpose,
        organisation_id=found.issuer.keeper_id,
    )


@bounded_uploads
@require_POST
@officer_required(*WRITING)
@throttled("diploma-scan", limit=300, seconds=3_600)
def scan(request: HttpRequest, book_id: int) -> HttpResponse:
    """Take a scanned page."""
    found = book_or_404(request, book_id)
    form = ScanForm(request.POST, request.FILES)
    for skipped in skipped_files(request):
        form.add_error("file", skipped.sentence)
    if form.is_valid():
        try:
            services.add_scan(
                book=found,
                page=form.cleaned_data["page"],
                owner_id=current_officer(request).user.pk,
                upload=form.cleaned_data["file"],
            )
        except (PaperRefusedError, services.RegisterRefusedError) as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(
                request, _("Đã giữ ảnh của trang %(page)d.") % {"page": form.cleaned_data["page"]}
            )
            return HttpResponseRedirect(reverse("diplomas_desk:book", args=[found.pk]))
    return _book(request, found, form, status=422)


@require_POST
@officer_required(*KEEPING)
@throttled("diploma-check", limit=30, seconds=3_600)
def check(request: HttpRequest, book_id: int) -> HttpResponse:
    """Check that nobody changed the book behind the register's back."""
    found = book_or_404(request, book_id)
    findings = list(selectors.check_book(found))
    if not findings:
        messages.success(
            request,
            _("Sổ còn nguyên: %(lines)d dòng lịch sử khớp với nhau và với các mục hiện nay.")
            % {"lines": found.length},
        )
        return HttpResponseRedirect(reverse("diplomas_desk:book", args=[found.pk]))
    return render(
        request,
        "diplomas/findings.html",
        {**frame(request), "book": found, "findings": findings},
        status=200,
    )


@require_GET
@officer_required(*WRITING)
@throttled("diploma-export", limit=30, seconds=3_600)
def export(request: HttpRequest, book_id: int, kind: str) -> HttpResponse:
    """Hand out a book as XLSX or CSV; recorded."""
    found = book_or_404(request, book_id)
    _record(request, found, f"export-{kind}")
    name = f"so-goc-{found.level.replace('_', '-')}-{found.year}-{local_day(timezone.now()):%Y%m%d}.{kind}"
    if kind == "csv":
        answer = HttpResponse("".join(csv_lines(found)), content_type="text/csv; charset=utf-8")
    else:
        answer = HttpResponse(workbook(found), content_type=XLSX)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or ""
    )
    return answer


@require_POST
@officer_required(*WATCHING)
def sweep_seen(request: HttpRequest, sweep_id: int) -> HttpResponse:
    """Say that somebody has looked into an alarm."""
    mark_seen(sweep_id=sweep_id, actor_id=current_officer(request).user.pk)
    return HttpResponseRedirect(reverse("diplomas_desk:books"))
