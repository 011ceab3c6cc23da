"""What the rooms above say about their subjects: who may see what belongs to them, what documents say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from portal.documents.typesetting.setting import FONTS
from portal.documents.uploads import bounded_uploads, files_field, skipped_files

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import HttpRequest, JsonResponse

    from portal.accounts.models import User
    from portal.documents.models import GeneratedDocument


__all__ = [
    "FONTS",
    "LeaderSignature",
    "Sheet",
    "Sight",
    "Subject",
    "bounded_uploads",
    "compose",
    "files_field",
    "receive_part",
    "register_composer",
    "register_viewer",
    "sight_of",
    "skipped_files",
]


class Subject(NamedTuple):
    """What a paper or a document belongs to: a kind such as "dossier" and that row's id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Sight:
    """Leave to see: as one's own affair, or as an officer's work for an office, which is recorded."""

    own: bool = True
    organisation_id: int | None = None


def receive_part(
    request: HttpRequest,
    *,
    owner_id: int,
    subject: Subject,
    papers: Collection[str],
    still_open: Callable[[], bool],
) -> JsonResponse:
    """Answer a browser that sends a file in parts (see ``views/parts.py``); the caller found the subject its own."""
    from portal.documents.views import parts  # noqa: PLC0415 - it takes its subjects from here

    return parts.receive_part(
        request, owner_id=owner_id, subject=subject, papers=papers, still_open=still_open
    )


type Viewer = Callable[[User, str], Sight | None]

_viewers: dict[str, Viewer] = {}


def register_viewer(subject_kind: str, may_see: Viewer) -> None:
    """Register ``may_see(user, subject_id)`` for a kind of subject; called in ``AppConfig.ready``.

    It gives None where the user must not even learn that there is something.
    """
    known = _viewers.get(subject_kind)
    if known is not None and known is not may_see:
        raise ValueError(f"Somebody already says who may see the papers of a {subject_kind!r}: {known}.")
    _viewers[subject_kind] = may_see


def sight_of(user: User, subject: Subject) -> Sight | None:
    """Ask the subject's room; nobody may see what belongs to an unknown kind."""
    viewer = _viewers.get(subject.kind)
    return viewer(user, subject.id) if viewer is not None else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document says besides letterhead and standing words, in Vietnamese: (label, value) rows.

    ``drawing`` is an SVG for forms that show one; ``inside`` goes into the PDF's keywords, for machines.
    """

    rows: tuple[tuple[str, str], ...]
    items: tuple[str, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    #: a table, its first row the heads of its columns
    table: tuple[tuple[str, ...], ...] = ()
    drawing: str = ""
    inside: str = ""


@dataclass(frozen=True, slots=True)
class LeaderSignature:
    """A leader's word for one signature: who, and what opens the key; the second factor gave it just now."""

    officer_id: int
    key: str = field(repr=False)


type Composer = Callable[[str, str, int], Sheet]

_composers: dict[str, Composer] = {}


def register_composer(subject_kind: str, composer: Composer) -> None:
    """Register ``composer(subject_id, document_kind, occasion)``; called in ``AppConfig.ready``.

    It only reads, gives the same for the same occasion, and may be asked twice.
    """
    known = _composers.get(subject_kind)
    if known is not None and known is not composer:
        raise ValueError(f"Somebody already writes the documents of a {subject_kind!r}: {known}.")
    _composers[subject_kind] = composer


def compose(document: GeneratedDocument) -> Sheet:
    """Ask the subject's room what a document says; ``LookupError`` where nobody writes for the kind."""
    return _composers[document.subject_kind](document.subject_id, document.kind, document.occasion)
