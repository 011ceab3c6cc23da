"""Links by which a holder lets others see one diploma, and who looked."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.text import tidy
from portal.diplomas.models import Entry, Look, Share
from portal.diplomas.refusals import RegisterRefusedError

DAYS = (1, 7, 30)
AT_ONCE = 10


@transaction.atomic
def share_diploma(*, entry: Entry, citizen_id: int, days: int, note: str = "") -> Share:
    """Make a link that ends after 1, 7 or 30 days. Raises RegisterRefusedError beyond ten open ones."""
    if days not in DAYS:
        raise RegisterRefusedError(_("Chọn thời hạn của liên kết."))
    now = timezone.now()
    if Share.objects.filter(entry=entry, ended_at=None, ends_at__gt=now).count() >= AT_ONCE:
        raise RegisterRefusedError(_("Đã có 10 liên kết còn mở. Đóng bớt một liên kết rồi tạo mới."))
    return Share.objects.create(
        code=secrets.token_urlsafe(16),
        entry=entry,
        made_by_id=citizen_id,
        note=tidy(note)[:80],
        ends_at=now + dt.timedelta(days=days),
    )


def end_share(*, share_id: int, citizen_id: int) -> bool:
    """End a link of one's own now; False where it is another's or over."""
    mine = Share.objects.filter(pk=share_id, made_by_id=citizen_id, ended_at=None)
    return bool(mine.update(ended_at=timezone.now()))


def open_share(*, code: str, address: str) -> Entry | None:
    """Follow a link and record the look; None for a link that is over or never was."""
    found = (
        Share.objects.filter(code=code, ended_at=None, ends_at__gt=timezone.now())
        .select_related("entry__book__issuer__keeper")
        .first()
    )
    if found is None:
        return None
    Look.objects.create(entry=found.entry, way=Look.Way.SHARE, address=address)
    return found.entry
