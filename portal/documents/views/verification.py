"""The page on which anybody checks a document: by the code in its QR, or by the file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import throttled
from portal.documents.intake import MAX_BYTES
from portal.documents.uploads import bounded_uploads, skipped_files
from portal.documents.verification import Answer, Verdict, check_code, check_file

KINDS = {
    Answer.GENUINE: ("success", "check"),
    Answer.KNOWN: ("info", "info"),
    Answer.ALTERED: ("danger", "warning"),
    Answer.REVOKED: ("danger", "warning"),
    Answer.UNKNOWN: ("warning", "help"),
}


@never_cache
@bounded_uploads
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file; answer where one was given."""
    if request.method == "POST":
        return _checked_file(request)
    if request.GET.get("ma", "").strip():
        return _checked_code(request)
    return _page(request, None)


@throttled("verify", limit=40, seconds=600)
def _checked_code(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("ma", "").replace("\x00", "")[:60]
    return _page(request, check_code(typed), code=typed)


@throttled("verify", limit=40, seconds=600)
def _checked_file(request: HttpRequest) -> HttpResponse:
    file = request.FILES.get("file")
    if file is None:
        skipped = [found.sentence for found in skipped_files(request)]
        return _page(request, None, error=skipped[0] if skipped else _("Chọn tệp PDF cần kiểm tra."))
    return _page(request, check_file(file.read(MAX_BYTES)))


def _page(request: HttpRequest, verdict: Verdict | None, code: str = "", error: str = "") -> HttpResponse:
    kind, icon_name = KINDS[verdict.answer] if verdict else ("", "")
    context = {
        "verdict": verdict,
        "answer": verdict.answer.value if verdict else "",
        "document": verdict.document if verdict else None,
        "verdict_kind": kind,
        "verdict_icon": icon_name,
        "code": code,
        "error": error,
    }
    return render(request, "documents/verify.html", context, status=422 if error else 200)
