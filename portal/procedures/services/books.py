"""Ordering the office's own papers."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from portal.common.clock import local_day
from portal.documents.services import order_document
from portal.procedures import books
from portal.procedures.papers import dossier_papers

if TYPE_CHECKING:
    from portal.documents.selectors import GeneratedDocument
    from portal.procedures.models import Dossier


def order_control_slip(*, dossier: Dossier, at: dt.datetime | None = None) -> GeneratedDocument:
    """Order the control slip of a dossier as it stands; asking again before it moves gives the same one."""
    return order_document(
        subject=dossier_papers(dossier.pk),
        kind="control",
        occasion=dossier.revision,
        organisation_id=dossier.organisation_id,
        at=at or timezone.now(),
    )


def order_ledger(
    *, organisation_id: int, month: dt.date, at: dt.datetime | None = None
) -> GeneratedDocument:
    """Order the register of a month; asking again on the same day gives the same one."""
    now = at or timezone.now()
    return order_document(
        subject=books.office_book(organisation_id),
        kind="ledger",
        occasion=books.occasion_of(month, local_day(now)),
        organisation_id=organisation_id,
        at=now,
    )
