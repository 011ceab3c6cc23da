"""Scanned pages of books: kept as papers of a page, shown beside the entries that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from portal.accounts import selectors as accounts
from portal.diplomas.models import Book
from portal.diplomas.reach import KEEPING
from portal.diplomas.refusals import RegisterRefusedError
from portal.documents import selectors as documents
from portal.documents.ports import Sight, Subject
from portal.documents.services import take_upload

if TYPE_CHECKING:
    from portal.documents.selectors import PaperFile

SUBJECT = "diploma-page"
PAPER = "page"
LAST_PAGE = 2_000


def page_of(book_id: int, page: int) -> Subject:
    """Name a page of a book as the owner of its scans."""
    return Subject(SUBJECT, f"{book_id}-{page}")


def add_scan(*, book: Book, page: int, owner_id: int, upload: Any) -> PaperFile:
    """Keep a scan of a page. Raises RegisterRefusedError, or PaperRefusedError of documents."""
    if not 1 <= page <= LAST_PAGE:
        raise RegisterRefusedError(_("Số trang là từ 1 đến %(last)d.") % {"last": LAST_PAGE})
    return take_upload(
        owner_id=owner_id,
        subject=page_of(book.pk, page),
        paper=PAPER,
        upload=upload,
        still_open=lambda: True,
    )


def scans_of(book_id: int, page: str) -> list[PaperFile]:
    """Give the scans of a page, as an entry names it; none for an entry that names none."""
    return documents.pages_of(page_of(book_id, int(page))).get(PAPER, []) if page.isdigit() else []


def may_see(user: Any, subject_id: str) -> Sight | None:
    """Let the officers who keep the book see its pages."""
    book = Book.objects.select_related("issuer").filter(pk=int(subject_id.partition("-")[0])).first()
    if book is None:
        return None
    keeper = book.issuer.keeper_id
    kept = any(
        role.organisation_id == keeper and role.role in KEEPING for role in accounts.active_roles(user)
    )
    return Sight(own=False, organisation_id=keeper) if kept else None
