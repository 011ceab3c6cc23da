"""An office's own words on its documents: read with what stands behind them, written, taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.text import nfc
from portal.documents.kinds import KINDS
from portal.documents.models import Wording

LENGTH = 2_000


class WordingRefusedError(ValueError):
    """The words cannot be kept; the message says why."""


@dataclass(frozen=True, slots=True)
class ToldWording:
    """The words of a place on a kind of document: the office's own, and what counts without them."""

    kind: str
    title: str
    key: str
    own: str
    common: str


def wordings(organisation_id: int) -> list[ToldWording]:
    """List every place whose words an office may change, in Vietnamese. Two queries."""
    rows = Wording.objects.all()
    common = {(row.kind, row.key): row.words for row in rows.filter(organisation=None)}
    own = {(row.kind, row.key): row.words for row in rows.filter(organisation_id=organisation_id)}
    return [
        ToldWording(name, kind.title, key, own.get((name, key), ""), common.get((name, key), words))
        for name, kind in KINDS.items()
        for key, words in kind.words.items()
    ]


def set_wording(*, organisation_id: int, kind: str, key: str, words: str) -> bool:
    """Keep an office's own words; empty ones, or those that count anyway, take them back. Say if it changed.

    Documents that were ordered before keep nothing of it: words are read when a document is made.
    Raises :class:`WordingRefusedError` for words that are too long, ``KeyError`` for an unknown place.
    """
    place = {(told.kind, told.key): told for told in wordings(organisation_id)}[kind, key]
    text = nfc(words).replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LENGTH:
        raise WordingRefusedError(
            _("Đoạn này dài %(length)d ký tự; mỗi đoạn không quá %(limit)d.")
            % {"length": len(text), "limit": LENGTH}
        )
    if text == place.common.strip():
        text = ""
    if text == place.own:
        return False
    with transaction.atomic():
        mine = Wording.objects.filter(organisation_id=organisation_id, kind=kind, key=key)
        if not text:
            mine.delete()
        elif not mine.update(words=text):
            Wording.objects.create(organisation_id=organisation_id, kind=kind, key=key, words=text)
    return True


def sample_pdf(kind: str, organisation_id: int) -> bytes:
    """Set a document of made-up content with an office's words, unsigned, marked as a sample."""
    from portal.documents import issuing  # noqa: PLC0415 - issuing reads words from here

    return issuing.draw_sample(kind, organisation_id, timezone.now())
