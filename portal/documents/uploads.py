"""How much a request may carry: bounded while it is read, before anything lies on the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from portal.documents.intake.reading import MAX_BYTES, too_large
from portal.documents.refusals import shown_name

AT_ONCE = 20
"""Files of one request."""

type View[**P] = Callable[Concatenate[HttpRequest, P], HttpResponse]


ACCEPT = "image/*,application/pdf"


class ManyFiles(forms.ClearableFileInput):
    """A native input that takes several files; phones offer the camera by ``accept``."""

    allow_multiple_selected = True


def files_field(label: str) -> forms.FileField:
    """Make the input of a paper; its files are kept one by one as they come, so the form never sees them."""
    return forms.FileField(label=label, required=False, widget=ManyFiles(attrs={"accept": ACCEPT}))


class Skipped(NamedTuple):
    """A file that was not even read: the form's field, and why."""

    field: str
    sentence: str


class BoundedHandler(FileUploadHandler):
    """Stands before Django's own handlers and skips what is too much."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.skipped: list[Skipped] = []
        self.count = 0
        self.seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count the file; it is skipped at its first bytes, for only then is it nobody else's."""
        super().new_file(*args, **kwargs)
        self.count += 1
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002 - Django's signature
        """Let bytes pass while they are not too many."""
        self.seen += len(raw_data)
        if self.count > AT_ONCE:
            self._skip(
                _(
                    "Mỗi lần gửi nhiều nhất %(limit)d tệp. Các tệp đầu đã được giữ; chọn tiếp những tệp còn lại."
                )
                % {"limit": AT_ONCE}
            )
        if self.seen > MAX_BYTES:
            self._skip(too_large(shown_name(self.file_name or "")))
        return raw_data

    def _skip(self, sentence: str) -> None:
        found = Skipped(self.field_name or "", sentence)
        if found not in self.skipped:
            self.skipped.append(found)
        raise SkipFile

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:  # noqa: ARG002 - Django's signature
        """Leave making the file to the handlers behind."""
        return None


def bounded_uploads[**P](view: View[P]) -> View[P]:
    """Bound what a view's form may carry; the outermost decorator, for it must come before any reading."""
    protected = csrf_protect(view)

    @csrf_exempt  # the token is in the body, and reading it would read the files: checked just below
    @wraps(view)
    def bounded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.upload_handlers.insert(0, BoundedHandler(request))
        return protected(request, *args, **kwargs)

    return bounded


def skipped_files(request: HttpRequest) -> list[Skipped]:
    """List what was skipped while the request was read."""
    return [
        skipped
        for handler in request.upload_handlers
        if isinstance(handler, BoundedHandler)
        for skipped in handler.skipped
    ]
