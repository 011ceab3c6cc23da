"""Saying how content one is, once, after the result was delivered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.text import nfc
from portal.procedures import ratings, workflow
from portal.procedures.models import Dossier, Rating
from portal.procedures.states import Status

WORDS_LENGTH = 2_000


def rate_dossier(
    *,
    dossier: Dossier,
    level: int,
    reasons: Collection[str] = (),
    words: str = "",
    at: dt.datetime | None = None,
) -> Rating:
    """Keep the applicant's rating; raises ``RefusedMoveError`` before delivery, twice, or for no level."""
    if Status(dossier.status) is not Status.DELIVERED:
        raise workflow.RefusedMoveError(_("Hồ sơ chưa trả kết quả nên chưa đánh giá được."))
    if level not in ratings.LEVELS:
        raise workflow.RefusedMoveError(_("Chọn một mức hài lòng."))
    try:
        with transaction.atomic():
            return Rating.objects.create(
                dossier=dossier,
                level=level,
                reasons=[code for code in ratings.REASONS if code in reasons],
                words=nfc(words).replace("\x00", "").strip()[:WORDS_LENGTH],
                rated_at=at or timezone.now(),
            )
    except IntegrityError as twice:
        raise workflow.RefusedMoveError(_("Anh/chị đã đánh giá hồ sơ này. Cảm ơn anh/chị.")) from twice
