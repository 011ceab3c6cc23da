"""Recording who opened a record about a person."""

from __future__ import annotations

from portal.accounts.models import Look, User


def record_look(
    *,
    actor: User,
    subject_kind: str,
    subject_id: str | int,
    purpose: str,
    organisation_id: int | None = None,
) -> Look:
    """Write that ``actor`` opened a record.

    ``subject_kind`` is "pupil", "citizen", "dossier" …; ``subject_id`` that row's id, never a personal
    ID; ``purpose`` a short code such as "queue" or "family-claim"; ``organisation_id`` the office for
    which the actor looked.
    """
    return Look.objects.create(
        actor=actor,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        purpose=purpose,
        organisation_id=organisation_id,
    )
