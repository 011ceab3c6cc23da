"""Papers: taken, turned, moved, removed, given again, handed over.

Bytes are checked and written before a transaction opens, and erased by a duty after it closed, so a row
never points to nothing. ``still_open`` is the subject's own word, asked inside the transaction: it locks
its row and says whether papers may still change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from portal.documents import storage
from portal.documents.intake import Taken, images, read_upload
from portal.documents.intake.reading import Upload
from portal.documents.models import PaperFile
from portal.documents.ports import Subject
from portal.documents.refusals import PaperRefusedError, SubjectClosedError
from portal.outbox.services import owe

MAX_PAGES = 20
"""Files of one paper."""
MAX_FILES = 80
"""Files of one subject."""
FOLDER = "papers"

type StillOpen = Callable[[], bool]


def of(subject: Subject) -> dict[str, str]:
    """Write a subject as the filter of its rows."""
    return {"subject_kind": subject.kind, "subject_id": subject.id}


def take_upload(
    *, owner_id: int, subject: Subject, paper: str, upload: Upload, still_open: StillOpen
) -> PaperFile:
    """Check an upload and keep it as the paper's last page.

    Raises :class:`PaperRefusedError` with a sentence, or :class:`SubjectClosedError`.
    """
    _room_for(subject, paper)
    return _keep(owner_id, subject, paper, read_upload(upload), still_open)


def reuse_paper(
    *, owner_id: int, subject: Subject, paper: str, page_ids: Iterable[int], still_open: StillOpen
) -> list[PaperFile]:
    """Copy pages that the owner has given before; other people's and unknown ids are passed over."""
    before = PaperFile.objects.filter(pk__in=list(page_ids), owner_id=owner_id, paper=paper)
    kept = []
    for page in before:
        _room_for(subject, paper)
        preview = storage.read(page.preview_name) if page.preview_name else b""
        taken = Taken(
            storage.read(page.stored_name),
            preview,
            page.media_type,
            page.width,
            page.height,
            page.sheets,
            tuple(page.hints),
        )
        kept.append(_keep(owner_id, subject, paper, taken, still_open))
    return kept


def _room_for(subject: Subject, paper: str) -> None:
    here = PaperFile.objects.filter(**of(subject))
    if here.filter(paper=paper).count() >= MAX_PAGES:
        raise PaperRefusedError(
            _("Mỗi giấy tờ nhận nhiều nhất %(limit)d tệp. Gộp các trang vào một tệp PDF, hoặc xóa bớt.")
            % {"limit": MAX_PAGES}
        )
    if here.count() >= MAX_FILES:
        raise PaperRefusedError(
            _("Hồ sơ này đã có %(limit)d tệp, không nhận thêm được. Xóa bớt tệp không cần.")
            % {"limit": MAX_FILES}
        )


def _keep(owner_id: int, subject: Subject, paper: str, taken: Taken, still_open: StillOpen) -> PaperFile:
    names = _write(taken)
    try:
        with transaction.atomic():
            _still_takes(still_open)
            _room_for(subject, paper)
            last = PaperFile.objects.filter(**of(subject), paper=paper).aggregate(last=Max("position"))[
                "last"
            ]
            return PaperFile.objects.create(
                owner_id=owner_id,
                paper=paper,
                position=(last or 0) + 1,
                sheets=taken.sheets,
                media_type=taken.media_type,
                **of(subject),
                **_columns(taken, names),
            )
    except BaseException:
        storage.erase(*names)
        raise


def _still_takes(still_open: StillOpen) -> None:
    if not still_open():
        raise SubjectClosedError


def _write(taken: Taken) -> tuple[str, str]:
    ending = "pdf" if taken.media_type == "application/pdf" else "jpg"
    stored = storage.keep(taken.data, FOLDER, ending)
    preview = storage.keep(taken.preview, FOLDER, "jpg") if taken.preview else ""
    return stored, preview


def _columns(taken: Taken, names: tuple[str, str]) -> dict[str, Any]:
    return {
        "stored_name": names[0],
        "preview_name": names[1],
        "sha256": taken.sha256,
        "byte_count": len(taken.data),
        "width": taken.width,
        "height": taken.height,
        "hints": list(taken.hints),
    }


def turn_page(*, page: PaperFile, degrees: int, still_open: StillOpen) -> bool:
    """Turn a photo clockwise by 90, 180 or 270 degrees; False for a PDF, or where it changed meanwhile."""
    if not page.is_image or degrees not in {90, 180, 270}:
        return False
    picture = images.turned(storage.read(page.stored_name), degrees)
    taken = Taken(
        picture.data,
        picture.preview,
        images.MEDIA_TYPE,
        picture.width,
        picture.height,
        1,
        tuple(page.hints),
    )
    names = _write(taken)
    with transaction.atomic():
        changed = still_open() and PaperFile.objects.filter(
            pk=page.pk, stored_name=page.stored_name
        ).update(**_columns(taken, names))
        owe_erasure([(page.stored_name, page.preview_name)] if changed else [names])
    return bool(changed)


def move_page(*, page: PaperFile, earlier: bool, still_open: StillOpen) -> bool:
    """Swap a page with its neighbour; False at the end of the row."""
    with transaction.atomic():
        if not still_open():
            return False
        row = list(
            PaperFile.objects.filter(
                subject_kind=page.subject_kind, subject_id=page.subject_id, paper=page.paper
            )
        )
        here = next((number for number, other in enumerate(row) if other.pk == page.pk), None)
        there = None if here is None else here + (-1 if earlier else 1)
        if here is None or there is None or not 0 <= there < len(row):
            return False
        row[here], row[there] = row[there], row[here]
        for number, other in enumerate(row, start=1):
            if other.position != number:
                PaperFile.objects.filter(pk=other.pk).update(position=number)
    return True


def remove_page(*, page: PaperFile, still_open: StillOpen) -> bool:
    """Delete a page and owe the erasure of its bytes; False where it is gone or may not change."""
    with transaction.atomic():
        if not still_open():
            return False
        return bool(_delete(PaperFile.objects.filter(pk=page.pk).values_list("pk", flat=True)))


def discard_papers(*, subject: Subject) -> int:
    """Delete all papers of a subject; return how many. Call it where the subject ends."""
    with transaction.atomic():
        return _delete(PaperFile.objects.filter(**of(subject)).values_list("pk", flat=True))


def hand_over_papers(*, giver: Subject, receiver: Subject, papers: Collection[str]) -> frozenset[str]:
    """Let the papers of ``giver`` belong to ``receiver``; give the names of those that had pages.

    Papers that are not named are discarded. Call it inside the transaction that makes the receiver.
    """
    with transaction.atomic():
        given = frozenset(
            PaperFile.objects.filter(**of(giver), paper__in=papers).values_list("paper", flat=True)
        )
        PaperFile.objects.filter(**of(giver), paper__in=papers).update(**of(receiver))
        discard_papers(subject=giver)
    return given


def append_papers(*, giver: Subject, receiver: Subject) -> int:
    """Let the pages of ``giver`` stand behind those of ``receiver``, paper by paper; return how many.

    Call it inside the transaction of its cause.
    """
    moved = 0
    with transaction.atomic():
        for page in PaperFile.objects.filter(**of(giver)).order_by("paper", "position", "pk"):
            here = PaperFile.objects.filter(**of(receiver), paper=page.paper)
            last = here.aggregate(last=Max("position"))["last"] or 0
            moved += PaperFile.objects.filter(pk=page.pk).update(**of(receiver), position=last + 1)
    return moved


def _delete(page_ids: Iterable[int]) -> int:
    rows = PaperFile.objects.filter(pk__in=list(page_ids))
    names = list(rows.values_list("stored_name", "preview_name"))
    deleted, _by_model = rows.delete()
    owe_erasure(names)
    return deleted


def owe_erasure(names: Iterable[tuple[str, str]]) -> None:
    """Owe the erasure of files, given as (file, small picture), in the caller's transaction."""
    for stored, preview in names:
        owe(
            kind="documents.erase",
            key=f"documents.erase:{stored}",
            payload={"names": [name for name in (stored, preview) if name]},
        )
