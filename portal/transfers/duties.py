"""What a delivered transfer owes: the pupil's enrolment moves on its date."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypedDict

from django.utils import timezone

from portal.common.clock import local_day
from portal.common.school_years import school_year_of
from portal.outbox.ports import duty_handler
from portal.procedures import selectors as dossiers
from portal.pupils.services import enrol, move_pupil


class _Place(TypedDict):
    pupil_id: int
    grade: int
    class_name: str
    school_year: str
    on: dt.date
    cause: str


@duty_handler("transfers.move_enrolment")
def move_enrolment(payload: dict[str, Any]) -> None:
    """Close the old enrolment and open the new one; running again changes nothing (same cause)."""
    dossier = dossiers.dossier(payload["dossier_id"])
    answers = dossiers.answers_of(dossier)
    if dossier.pupil_id is None:
        raise LookupError("a transfer without a pupil")
    on = max(dt.date.fromisoformat(answers["starts_on"]), local_day(dossier.concluded_at or timezone.now()))
    place = _Place(
        pupil_id=dossier.pupil_id,
        grade=int(answers["to_grade"]),
        class_name=f"{answers['to_grade']} (chờ xếp lớp)",
        school_year=school_year_of(on),
        on=on,
        cause=f"dossier:{dossier.pk}",
    )
    to_school, from_school = int(answers["to_school"]), answers.get("from_school")
    if from_school is None:
        enrol(school_id=to_school, **place)
    else:
        move_pupil(to_school_id=to_school, from_school_id=int(from_school), **place)
