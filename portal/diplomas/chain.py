"""The chain of digests over a book's versions, and the check that finds what was altered.

A digest is an HMAC under the installation's key, so whoever has the database alone cannot make a fitting
one. Cutting off the last lines together with the book's head would go unnoticed in here: that is why
``check_register --heads`` prints lengths and heads, to be kept elsewhere.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from portal.common.fields import blind_index
from portal.diplomas.models import Book, Entry, EntryVersion
from portal.diplomas.records import Record

_FETCHED = 2_000
_COLUMNS = (
    "full_name",
    "name_key",
    "gender",
    "school",
    "grade",
    "serial_index",
    "register_index",
    "name_birth_index",
)


def digest_of(version: EntryVersion, public_id: object) -> str:
    """Compute a version's digest from all that it says and from ``previous``."""
    said: list[Any] = [
        version.previous,
        version.book_id,
        version.sequence,
        str(public_id),
        version.number,
        version.action,
        version.state,
        version.content,
        version.personal_id_index,
        version.decision,
        version.decided_on.isoformat() if version.decided_on else "",
        version.reason,
        version.actor_id,
        version.source,
        version.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    ]
    written = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return blind_index("diploma-chain", written)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written. ``what`` is a short code, told in words by ``told``."""

    what: str
    sequence: int = 0
    entry_number: int = 0


def check_book(book: Book) -> Iterator[Finding]:
    """Walk through a book; what it finds was changed behind the register's back."""
    last_digest, expected = "", 1
    newest: dict[int, EntryVersion] = {}
    versions = EntryVersion.objects.filter(book=book).order_by("sequence").select_related("entry")
    for version in versions.iterator(chunk_size=_FETCHED):
        if version.sequence != expected:
            yield Finding("missing", expected)
        if version.previous != last_digest:
            yield Finding("unlinked", version.sequence, version.entry.number)
        if version.digest != digest_of(version, version.entry.public_id):
            yield Finding("altered", version.sequence, version.entry.number)
        last_digest, expected = version.digest, version.sequence + 1
        newest[version.entry_id] = version
    if (book.length, book.head) != (expected - 1, last_digest):
        yield Finding("head", book.length)
    yield from _entries(book, newest)


def _entries(book: Book, newest: dict[int, EntryVersion]) -> Iterator[Finding]:
    """Compare the entries as they are now with the last version of each."""
    for entry in Entry.objects.filter(book=book).defer("personal_id").iterator(chunk_size=_FETCHED):
        version = newest.pop(entry.pk, None)
        if version is None:
            yield Finding("unwritten", 0, entry.number)
            continue
        due = Record(version.content).columns()
        same = (
            (entry.version, entry.state, entry.content, entry.personal_id_index)
            == (version.number, version.state, version.content, version.personal_id_index)
        ) and all(getattr(entry, name) == due[name] for name in _COLUMNS)
        if not same:
            yield Finding("differs", version.sequence, entry.number)
    for version in newest.values():
        yield Finding("gone", version.sequence)
