"""What every move shares: the move itself, its slip, its notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from portal.notifications.services import notify
from portal.procedures import slips, workflow

if TYPE_CHECKING:
    from portal.documents.ports import LeaderSignature
    from portal.procedures.models import Dossier


def move(
    dossier: Dossier,
    request: workflow.Request,
    actor: workflow.Actor,
    *,
    tell: str = "",
    signature: LeaderSignature | None = None,
) -> Dossier:
    """Move, order the slip that the move calls for, tell the applicant by the template ``dossier.TELL``."""
    with transaction.atomic():
        moved = workflow.make(dossier.pk, request, actor)
        slips.order_slip(moved, request, actor, signature)
        if tell:
            tell_applicant(moved, tell)
    return moved


def tell_applicant(dossier: Dossier, template: str) -> None:
    """Leave a notice of this revision's move."""
    notify(
        recipient_id=dossier.applicant.user_id,
        template=f"dossier.{template}",
        subject_kind="dossier",
        subject_id=str(dossier.pk),
        key=f"dossier:{dossier.pk}:{dossier.revision}",
    )
