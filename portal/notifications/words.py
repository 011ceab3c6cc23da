"""Rendering a notice for its reader."""

from __future__ import annotations

import logging

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.common.discretion import holds_personal_id
from portal.notifications import ports
from portal.notifications.models import Notice

logger = logging.getLogger(__name__)


class PersonalWordsError(ValueError):
    """The words of a template hold a personal ID; they must not leave the portal."""


def words_of(notice: Notice, language: str) -> ports.Words:
    """Say the notice in ``language``; a notice whose subject is gone says so instead of failing."""
    with override(language):
        try:
            return ports.speaker_of(notice.template)(notice.subject_id, language)
        except (ObjectDoesNotExist, ports.UnknownTemplateError) as error:
            logger.warning("notice %d has no words: %s", notice.pk, type(error).__qualname__)
            return ports.Words(
                title=_("Thông báo cũ"),
                body=_("Nội dung mà thông báo này nói tới không còn trên cổng. Anh/chị không phải làm gì."),
                link="/",
            )


def words_to_send(notice: Notice, language: str) -> ports.Words:
    """Say the notice for a channel. Raises when there is nothing to say or when it says too much."""
    with override(language):
        words = ports.speaker_of(notice.template)(notice.subject_id, language)
    if holds_personal_id(f"{words.title} {words.body} {words.link}"):
        raise PersonalWordsError(f"The words of {notice.template!r} hold a personal ID.")
    return words
