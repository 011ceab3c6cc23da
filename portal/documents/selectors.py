"""Reading papers and documents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from portal.documents.kinds import KINDS
from portal.documents.models import GeneratedDocument, PaperFile
from portal.documents.papers import MAX_PAGES, of
from portal.documents.ports import Subject
from portal.documents.wording import ToldWording, wordings

__all__ = [
    "MAX_PAGES",
    "GeneratedDocument",
    "PaperFile",
    "ToldDocument",
    "ToldWording",
    "document_of",
    "documents_of",
    "documents_of_many",
    "given_before",
    "issuers_of",
    "page_of",
    "pages_of",
    "title_of",
    "wordings",
]


@dataclass(frozen=True, slots=True)
class ToldDocument:
    """A document as lists show it; not ready while it is still being made."""

    public_id: UUID
    title: str
    number: str
    day: dt.date
    ready: bool
    revoked: bool
    signed_as: str
    kilobytes: int
    code: str = ""
    """What its QR code leads to: whoever holds it may check the document."""
    kind: str = ""
    by_leader: bool = False
    waits_for_leader: bool = False
    internal: bool = False


def documents_of(subject: Subject, *, internal: bool = False) -> list[ToldDocument]:
    """List a subject's documents, the oldest first; their titles are Vietnamese, as on them. One query.

    ``internal`` also lists what is for the office alone.
    """
    told = documents_of_many(subject.kind, [subject.id]).get(subject.id, [])
    return [one for one in told if internal or not one.internal]


def documents_of_many(subject_kind: str, subject_ids: Iterable[str]) -> dict[str, list[ToldDocument]]:
    """List the documents of several subjects of a kind, by the subject's id. One query."""
    told: dict[str, list[ToldDocument]] = {}
    found = GeneratedDocument.objects.filter(subject_kind=subject_kind, subject_id__in=list(subject_ids))
    for row in found:
        told.setdefault(row.subject_id, []).append(_told(row))
    return told


def document_of(subject: Subject, public_id: UUID) -> GeneratedDocument | None:
    """Give one document of a subject; None for any other subject's."""
    return GeneratedDocument.objects.filter(**of(subject), public_id=public_id).first()


def title_of(document: GeneratedDocument) -> str:
    """Name a document's kind as it stands on it."""
    return KINDS[document.kind].title


def issuers_of(subject: Subject) -> dict[UUID, int]:
    """Say which organisation issued each of a subject's documents. One query."""
    return dict(GeneratedDocument.objects.filter(**of(subject)).values_list("public_id", "organisation_id"))


def _told(row: GeneratedDocument) -> ToldDocument:
    waits = row.unlocked_until is None or row.unlocked_until <= timezone.now()
    return ToldDocument(
        public_id=row.public_id,
        title=KINDS[row.kind].title,
        number=row.number,
        day=row.day,
        ready=row.issued_at is not None,
        revoked=row.revoked_at is not None,
        signed_as=row.signed_as,
        kilobytes=-(-row.byte_count // 1024),
        code=row.code,
        kind=row.kind,
        by_leader=row.by_leader,
        waits_for_leader=row.by_leader and row.issued_at is None and waits,
        internal=KINDS[row.kind].internal,
    )


def pages_of(subject: Subject) -> dict[str, list[PaperFile]]:
    """Give a subject's papers: name → pages in their order. One query."""
    papers: dict[str, list[PaperFile]] = {}
    for page in PaperFile.objects.filter(**of(subject)).order_by("paper", "position", "pk"):
        papers.setdefault(page.paper, []).append(page)
    return papers


def page_of(subject: Subject, public_id: UUID) -> PaperFile | None:
    """Give one page of a subject; None for any other subject's."""
    return PaperFile.objects.filter(**of(subject), public_id=public_id).first()


def given_before(
    owner_id: int, papers: Iterable[str], subject_kinds: Iterable[str]
) -> dict[str, list[PaperFile]]:
    """Give the pages of the owner's latest own copy of each paper, among subjects of some kinds."""
    found: dict[str, list[PaperFile]] = {}
    rows = PaperFile.objects.filter(
        owner_id=owner_id, paper__in=list(papers), subject_kind__in=list(subject_kinds)
    )
    for page in rows.order_by("-created_at", "-pk"):
        pages = found.setdefault(page.paper, [])
        if not pages or pages[0].subject_id == page.subject_id:
            pages.append(page)
    return {
        paper: sorted(pages, key=lambda page: (page.position, page.pk)) for paper, pages in found.items()
    }
