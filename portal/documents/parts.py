"""A file in parts: each is kept as it comes, so that a weak network loses one part and not the whole.

The row says how many bytes are here; a part that does not begin there changes nothing (a conditional
UPDATE), so a part sent twice, or from two windows, is taken once.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from portal.documents import storage
from portal.documents.intake.reading import MAX_BYTES, too_large
from portal.documents.models import PaperFile, Upload
from portal.documents.papers import StillOpen, of, owe_erasure, take_upload
from portal.documents.ports import Subject
from portal.documents.refusals import PaperRefusedError, shown_name

PART_BYTES = 256 * 1024
"""Bytes of one part: about two seconds at 1 Mbit/s."""
KEPT = dt.timedelta(days=1)
AT_ONCE = 40
"""Files that may be on their way to one subject."""
FOLDER = "parts"


class _Whole(BytesIO):
    """What the intake reads: bytes with a name and a size."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data)
        self.name: str | None = name
        self.size: int | None = len(data)


def begin_upload(*, owner_id: int, subject: Subject, paper: str, name: str, byte_count: int) -> Upload:
    """Begin a file, or go on with the same one (name and size) that was left half-way.

    Raises :class:`PaperRefusedError` for one that is too large, or where too many are on their way.
    """
    shown = shown_name(name)
    if byte_count > MAX_BYTES:
        raise PaperRefusedError(too_large(shown))
    mine = Upload.objects.filter(owner_id=owner_id, **of(subject))
    half = mine.filter(paper=paper, name=shown, byte_count=byte_count).order_by("-pk").first()
    if half is not None:
        return half
    if mine.count() >= AT_ONCE:
        discard_uploads(before=timezone.now(), subject=subject)
    return Upload.objects.create(
        owner_id=owner_id,
        paper=paper,
        name=shown,
        byte_count=byte_count,
        touched_at=timezone.now(),
        **of(subject),
    )


def add_part(*, upload: Upload, offset: int, data: bytes) -> int:
    """Keep a part that begins at ``offset``; give how many bytes are here now, whoever sent them."""
    fits = offset == upload.received and 0 < len(data) <= min(PART_BYTES, upload.byte_count - offset)
    if fits:
        name = storage.keep(data, FOLDER, "part")
        taken = Upload.objects.filter(pk=upload.pk, received=offset).update(
            received=offset + len(data), parts=[*upload.parts, name], touched_at=timezone.now()
        )
        if not taken:
            storage.erase(name)
        upload.refresh_from_db()
    return upload.received


def finish_upload(*, upload: Upload, still_open: StillOpen) -> PaperFile:
    """Turn a file that is all here into a page of its paper; refused or not, its parts are dropped.

    Raises :class:`PaperRefusedError` and ``SubjectClosedError``.
    """
    data = b"".join(storage.read(name) for name in upload.parts)
    try:
        return take_upload(
            owner_id=upload.owner_id,
            subject=Subject(upload.subject_kind, upload.subject_id),
            paper=upload.paper,
            upload=_Whole(data, upload.name),
            still_open=still_open,
        )
    finally:
        _drop(upload)


def discard_uploads(*, before: dt.datetime | None = None, subject: Subject | None = None) -> int:
    """Drop what was left half-way for a day (or before a moment); return how many. Run by beat."""
    old = Upload.objects.filter(touched_at__lte=before or timezone.now() - KEPT)
    if subject is not None:
        old = old.filter(**of(subject))
    dropped = 0
    for upload in old:
        dropped += _drop(upload)
    return dropped


def _drop(upload: Upload) -> int:
    with transaction.atomic():
        deleted, _by_model = Upload.objects.filter(pk=upload.pk).delete()
        if deleted:
            for name in upload.parts:
                owe_erasure([(name, "")])
    return deleted
