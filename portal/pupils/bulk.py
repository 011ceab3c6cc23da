"""Many new pupils at once, for data whose maker vouches for it: a made-up province, a migration.

Files of people go through the import, which checks every cell; nothing is checked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from portal.common.fields import blind_index
from portal.common.text import fold
from portal.pupils.models import Enrolment, Pupil, PupilStatus


@dataclass(frozen=True, slots=True)
class NewPupil:
    """A pupil with the class in which he or she is; ``gender`` is a Gender value."""

    personal_id: str
    full_name: str
    birth_date: date
    gender: str
    ethnicity: str
    school_id: int
    grade: int
    class_name: str
    school_year: str
    since: date


@transaction.atomic
def register_in_bulk(*, pupils: Sequence[NewPupil], cause: str) -> int:
    """Enter pupils and their classes in one transaction (some thousand at most); give how many were new.

    Whoever is known by personal ID already is left as he or she is, so that a run can be repeated.
    """
    by_index = {blind_index("personal-id", entry.personal_id): entry for entry in pupils}
    known = Pupil.objects.filter(personal_id_index__in=list(by_index))
    for index in known.values_list("personal_id_index", flat=True):
        del by_index[index]
    rows = Pupil.objects.bulk_create(
        Pupil(
            personal_id=entry.personal_id,
            personal_id_index=index,
            full_name=entry.full_name,
            name_key=fold(entry.full_name),
            birth_date=entry.birth_date,
            gender=entry.gender,
            ethnicity=entry.ethnicity,
            status=PupilStatus.STUDYING,
            status_on=entry.since,
        )
        for index, entry in by_index.items()
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            pupil=row,
            school_id=entry.school_id,
            grade=entry.grade,
            class_name=entry.class_name,
            school_year=entry.school_year,
            starts_on=entry.since,
            cause=cause,
        )
        for row, entry in zip(rows, by_index.values(), strict=True)
    )
    return len(rows)
