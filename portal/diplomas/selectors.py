"""Reading the register."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from portal.common.text import fold
from portal.diplomas.chain import Finding, check_book
from portal.diplomas.models import (
    Book,
    DiplomaImport,
    DiplomaImportRow,
    Entry,
    EntryVersion,
    Issuer,
    Level,
    Look,
    Share,
    State,
    Sweep,
)
from portal.diplomas.records import LABELS, NAMES, keys_of_number, keys_of_person, shown
from portal.diplomas.statistics import Row, figures, years_with_figures

if TYPE_CHECKING:
    from portal.accounts.models import Citizen

__all__ = [
    "Book",
    "Change",
    "Entry",
    "Finding",
    "Issuer",
    "Level",
    "Row",
    "State",
    "all_books",
    "books_kept_by",
    "check_book",
    "entries_of",
    "entry",
    "entry_of_holder",
    "figures",
    "find_entries",
    "find_public",
    "history_of",
    "imports_into",
    "issuers_kept_by",
    "looks_at",
    "of_holder",
    "remarks",
    "share",
    "shares_of",
    "sweeps_open",
    "years_with_figures",
]

_FEW = 5


def all_books() -> QuerySet[Book]:
    """List every book, the newest first."""
    return Book.objects.select_related("issuer__keeper").order_by("-year", "level", "issuer__name")


def books_kept_by(offices: Collection[int]) -> QuerySet[Book]:
    """List the books of some offices with the number of entries that count."""
    return (
        all_books()
        .filter(issuer__keeper__in=offices)
        .annotate(entry_total=Count("entries", filter=~Q(entries__state=State.VOID)))
    )


def issuers_kept_by(offices: Collection[int]) -> QuerySet[Issuer]:
    """List the issuers whose books some offices keep."""
    return Issuer.objects.filter(keeper__in=offices).select_related("keeper").order_by("name")


def entry(public_id: UUID) -> Entry | None:
    """Give an entry."""
    return Entry.objects.select_related("book__issuer__keeper").filter(public_id=public_id).first()


def entries_of(book: Book, query: str = "") -> QuerySet[Entry]:
    """List a book's entries, or those that a name or number fits, in the book's order."""
    found = Entry.objects.filter(book=book).defer("personal_id")
    return (found.filter(_fits(query)) if query.strip() else found).order_by("number")


def find_entries(offices: Collection[int], query: str, limit: int = 50) -> list[Entry]:
    """Find by name, serial or register number in all books of some offices."""
    if not query.strip():
        return []
    found = Entry.objects.filter(_fits(query), book__issuer__keeper__in=offices).exclude(state=State.VOID)
    return list(
        found.defer("personal_id").select_related("book__issuer").order_by("name_key", "pk")[:limit]
    )


def _fits(query: str) -> Q:
    serial, number = keys_of_number(query)
    rule = Q(name_key__startswith=fold(query))
    if serial:
        rule |= Q(serial_index=serial)
    if number:
        rule |= Q(register_index=number)
    return rule


def find_public(number: str, name: str, birth: str) -> list[Entry]:
    """Find by two keys: a number, and a name with a (partial) date of birth. Always one query.

    ``number`` is a serial or a register number as typed. A miss tells nothing of which key was wrong.
    """
    serial, register = keys_of_number(number)
    # a digest that no row has keeps the query the same where nothing usable was typed
    people = keys_of_person(name, birth) or ["-"]
    rule = Q(serial_index=serial or "-") | Q(register_index=register or "-")
    return list(
        Entry.objects.filter(rule, name_birth_index__in=people)
        .exclude(state=State.VOID)
        .defer("personal_id")
        .select_related("book__issuer__keeper")[:_FEW]
    )


def of_holder(citizen: Citizen) -> list[Entry]:
    """List the diplomas that the register has under the citizen's own personal ID. One query."""
    mine = Entry.objects.filter(personal_id_index=citizen.personal_id_index).exclude(state=State.VOID)
    return list(mine.select_related("book__issuer__keeper").order_by("-book__year", "pk"))


def entry_of_holder(citizen: Citizen, public_id: UUID) -> Entry | None:
    """Give one of :func:`of_holder`; None for anybody else's or none."""
    return next((each for each in of_holder(citizen) if each.public_id == public_id), None)


@dataclass(frozen=True, slots=True)
class Change:
    """A field that a version changed; in words, as :func:`records.shown` tells them."""

    label: object
    before: str
    after: str


def history_of(found: Entry) -> list[EntryVersion]:
    """List an entry's versions, the newest first; each carries its ``changes`` against the one before."""
    versions = list(found.versions.select_related("actor__officer").order_by("-number"))
    for newer, older in itertools.pairwise(versions):
        newer.changes = _changes(older.content, newer.content)  # type: ignore[attr-defined]  # for templates
    return versions


def _changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    old = {row["name"]: row for row in shown(before)}
    new = {row["name"]: row for row in shown(after)}
    names = [name for name in NAMES if old.get(name) != new.get(name)]
    return [
        Change(LABELS[name], old.get(name, {}).get("value", ""), new.get(name, {}).get("value", ""))
        for name in names
    ]


def imports_into(offices: Collection[int]) -> QuerySet[DiplomaImport]:
    """List the imports of some offices, the newest first."""
    return (
        DiplomaImport.objects.filter(book__issuer__keeper__in=offices)
        .select_related("book__issuer", "entered_by__officer")
        .order_by("-pk")
    )


def remarks(import_id: int, kind: str, limit: int) -> list[dict[str, object]]:
    """List what is to be said of cells: ``kind`` is "errors" or "warnings"; by row, at most ``limit`` rows."""
    rows = DiplomaImportRow.objects.filter(diploma_import_id=import_id).exclude(**{kind: []})
    return [
        {"row": row.number, **remark}
        for row in rows.defer("personal_id", "values")[:limit]
        for remark in getattr(row, kind)
    ]


def shares_of(found: Entry) -> list[Share]:
    """List the links to a diploma that its holder made, the newest first."""
    return list(found.shares.order_by("-pk"))


def share(code: str) -> Share | None:
    """Give a link by its code, whatever became of it."""
    return Share.objects.select_related("entry__book__issuer__keeper").filter(code=code).first()


def looks_at(found: Entry, limit: int = 50) -> list[Look]:
    """List who from outside looked at a diploma, newest first."""
    return list(found.looks.order_by("-at")[:limit])


def sweeps_open() -> QuerySet[Sweep]:
    """List alarms that nobody has seen yet, newest first."""
    return Sweep.objects.filter(seen_at=None).order_by("-window")
