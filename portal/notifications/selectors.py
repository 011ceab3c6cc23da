"""Reading notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from portal.notifications.models import Notice
from portal.notifications.ports import gathered
from portal.notifications.words import words_of

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True, slots=True)
class ReadableNotice:
    """A notice in the reader's language; ``link`` is a path."""

    pk: int
    title: str
    body: str
    link: str
    created_at: datetime
    read_at: datetime | None


def notices_of(user: User, *, unread_only: bool = False, limit: int = 50) -> list[ReadableNotice]:
    """List a user's notices, newest first, in the language that the request speaks.

    One query, and those of a gatherer for each kind of subject.
    """
    notices = Notice.objects.filter(recipient=user)
    if unread_only:
        notices = notices.filter(read_at=None)
    language = get_language() or "vi"
    found = list(notices[:limit])
    with gathered([(notice.subject_kind, notice.subject_id) for notice in found]):
        return [_readable(notice, language) for notice in found]


def _readable(notice: Notice, language: str) -> ReadableNotice:
    words = words_of(notice, language)
    return ReadableNotice(notice.pk, words.title, words.body, words.link, notice.created_at, notice.read_at)


def unread_count(user: User) -> int:
    """Count what the user has not read yet."""
    return Notice.objects.filter(recipient=user, read_at=None).count()
