"""How a browser sends a file in parts: the same address begins a file and takes its parts.

``POST paper=…&name=…&size=…`` begins or resumes one and answers ``{"id", "received", "part"}``.
``POST ?tep=ID&tu=OFFSET`` with the bytes takes a part and answers ``{"received"}``; the last one makes the page
(201), or says in ``error`` why not. 409 tells where to go on, 410 that nothing is taken any more.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse

from portal.documents.models import Upload
from portal.documents.papers import StillOpen, of
from portal.documents.parts import PART_BYTES, add_part, begin_upload, finish_upload
from portal.documents.ports import Subject
from portal.documents.refusals import PaperRefusedError, SubjectClosedError

DIGITS = 9


def receive_part(
    request: HttpRequest, *, owner_id: int, subject: Subject, papers: Collection[str], still_open: StillOpen
) -> JsonResponse:
    """Answer one request of a browser for a subject that its view has found to be the reader's own."""
    try:
        if "tep" in request.GET:
            return _part(request, owner_id, subject, still_open)
        return _begin(request, owner_id, subject, papers)
    except PaperRefusedError as refusal:
        return JsonResponse({"error": str(refusal)})
    except SubjectClosedError:
        return JsonResponse({}, status=410)


def _begin(request: HttpRequest, owner_id: int, subject: Subject, papers: Collection[str]) -> JsonResponse:
    paper, size = request.POST.get("paper", ""), _number(request.POST.get("size", ""))
    if paper not in papers or not size:
        raise Http404
    name = request.POST.get("name", "")
    upload = begin_upload(owner_id=owner_id, subject=subject, paper=paper, name=name, byte_count=size)
    return JsonResponse({"id": str(upload.public_id), "received": upload.received, "part": PART_BYTES})


def _part(request: HttpRequest, owner_id: int, subject: Subject, still_open: StillOpen) -> JsonResponse:
    try:
        public_id = UUID(request.GET["tep"])
    except ValueError:
        raise Http404 from None
    upload = Upload.objects.filter(owner_id=owner_id, public_id=public_id, **of(subject)).first()
    if upload is None:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > PART_BYTES:
        return JsonResponse({"received": upload.received}, status=413)
    before, offset = upload.received, _number(request.GET.get("tu", ""))
    received = add_part(upload=upload, offset=offset, data=request.body)
    if received < upload.byte_count:
        return JsonResponse({"received": received}, status=200 if received > before else 409)
    finish_upload(upload=upload, still_open=still_open)
    return JsonResponse({"received": received}, status=201)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
