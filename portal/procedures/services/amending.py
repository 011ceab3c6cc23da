"""A new version of a dossier's answers, while its procedure's room still allows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.common.clock import local_day
from portal.procedures import ports, registry, workflow
from portal.procedures.answers import digests, relevant, seal, unseal
from portal.procedures.models import Dossier, DossierKey
from portal.procedures.services.submission import IncompleteDraftError, handling_place, wrong_pages
from portal.procedures.states import Action


def amend_dossier(
    *, dossier: Dossier, answers: dict[str, Any], actor: workflow.Actor, revision: int, at: dt.datetime
) -> Dossier:
    """Put ``answers`` over those of a dossier that nobody has received yet; the status stays.

    Everything is checked anew, as at submission. Raises ``IncompleteDraftError``, ``OvertakenError`` and
    ``RefusedMoveError`` (the room allows it no more).
    """
    definition = registry.as_written(dossier.definition)
    hooks = ports.hooks_of(definition.code)
    if not hooks.may_amend(dossier.pk):
        raise workflow.RefusedMoveError(_("Đã hết thời gian sửa hồ sơ này."))
    context = ports.FormContext(dossier.applicant_id, "vi", local_day(timezone.now()))
    told = relevant(definition, unseal(dossier.answers) | answers)
    told = relevant(definition, hooks.derive(told, context))
    wrong = wrong_pages(definition, told, context)
    sentences = [] if wrong else hooks.objections(told, context)
    if wrong or sentences:
        raise IncompleteDraftError(wrong, sentences)
    with transaction.atomic():
        moved = workflow.make(
            dossier.pk,
            workflow.Request(Action.AMEND, revision, at=at),
            actor,
            answers=seal(definition, told),
            organisation_id=handling_place(definition, told),
        )
        DossierKey.objects.bulk_create(
            [
                DossierKey(dossier=moved, purpose=purpose, digest=digest)
                for purpose, digest in digests(definition, told)
            ],
            ignore_conflicts=True,
        )
        hooks.on_amended(moved.pk)
    return moved
