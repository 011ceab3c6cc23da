"""What a notice about a registration says. No names, no IDs: mails pass through many hands."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from admissions import selectors
from admissions.models import PhaseKind, Registration
from portal.common.day_words import moment_in_words
from portal.notifications.ports import Words, register_words


def register_all() -> None:
    """Register the words of every notice of this room."""
    register_words("admission.reminder", _reminder)


def _reminder(subject_id: str, language: str) -> Words:
    found = Registration.objects.select_related("round__season", "dossier").get(pk=int(subject_id))
    phase = selectors.phase(found.round.season, PhaseKind.CONFIRMATION, found.round.number)
    with override(language):
        until = "" if phase is None else moment_in_words(phase.closes_at, with_year=True)
        return Words(
            title=_("Sắp hết hạn xác nhận nhập học"),
            body=_(
                "Anh/chị xác nhận hoặc từ chối trước %(until)s; không trả lời thì chỗ học được nhường lại."
            )
            % {"until": until},
            link=reverse("admissions:registration", args=[found.dossier.public_id]),
        )
