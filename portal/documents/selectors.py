"""Reading papers and documents."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from portal.documents.models import PaperFile
from portal.documents.papers import MAX_PAGES, of
from portal.documents.ports import Subject

__all__ = ["MAX_PAGES", "PaperFile", "given_before", "page_of", "pages_of"]


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
