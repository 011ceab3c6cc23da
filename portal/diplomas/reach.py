"""Which books an officer works on: those that their office keeps."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from portal.accounts.ports import Role, current_roles
from portal.diplomas.models import Book, DiplomaImport, Entry

#: who enters and changes
WRITING = (Role.DEPARTMENT_OFFICER, Role.COMMUNE_OFFICER, Role.SCHOOL_CLERK)
#: who reads, checks what another entered, signs
KEEPING = (*WRITING, Role.LEADER, Role.PRINCIPAL)


def offices_of(request: HttpRequest, *roles: str) -> list[int]:
    """Give the ids of the offices at which the officer holds one of ``roles`` (any that keeps) today."""
    wanted = roles or KEEPING
    return sorted({active.organisation_id for active in current_roles(request) if active.role in wanted})


def may_write(request: HttpRequest, book: Book) -> bool:
    """Say whether the officer may enter and change in this book."""
    return book.issuer.keeper_id in offices_of(request, *WRITING)


def book_or_404(request: HttpRequest, pk: int) -> Book:
    """Give a book of the officer's office; 404 for any other, as for none."""
    found = Book.objects.select_related("issuer__keeper", "issuer__organisation").filter(pk=pk).first()
    if found is None or found.issuer.keeper_id not in offices_of(request):
        raise Http404
    return found


def entry_or_404(request: HttpRequest, public_id: UUID) -> Entry:
    """Give an entry of such a book."""
    found = Entry.objects.select_related("book__issuer__keeper").filter(public_id=public_id).first()
    if found is None or found.book.issuer.keeper_id not in offices_of(request):
        raise Http404
    return found


def import_or_404(request: HttpRequest, pk: int) -> DiplomaImport:
    """Give an import into such a book."""
    found = (
        DiplomaImport.objects.select_related(
            "book__issuer__keeper", "entered_by__officer", "checked_by__officer", "undone_by__officer"
        )
        .filter(pk=pk)
        .first()
    )
    if found is None or found.book.issuer.keeper_id not in offices_of(request):
        raise Http404
    return found
