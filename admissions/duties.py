"""What takes long or waits for its day: dry runs, freezing, publication, conclusions, enrolments."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from admissions.events import note
from admissions.models import LEVEL_FACTS, Answer, Level, Registration, Round
from admissions.refusals import AdmissionRefusedError
from admissions.services import answering, rounds
from portal.common.clock import local_day
from portal.outbox.ports import duty_handler
from portal.outbox.services import extend_lease
from portal.pupils import selectors as pupils
from portal.pupils.services import enrol, move_pupil

_LONG = 600


def _round(payload: dict[str, Any]) -> Round:
    return Round.objects.select_related("season").get(pk=payload["round"])


def _user(payload: dict[str, Any]) -> Any:
    return get_user_model().objects.get(pk=payload["user"])


def _keep_alive() -> None:
    extend_lease(seconds=_LONG)


@duty_handler("admissions.dry_run", lease_seconds=_LONG)
def dry_run(payload: dict[str, Any]) -> None:
    """Compute the board's figures."""
    round_ = _round(payload)
    try:
        rounds.dry_run(round_=round_)
    except AdmissionRefusedError as refusal:
        _say(round_, "dry-run-refused", payload, refusal)


@duty_handler("admissions.freeze", lease_seconds=_LONG)
def freeze(payload: dict[str, Any]) -> None:
    """Freeze the list; a refusal stands among the season's events, and nothing is tried again."""
    round_ = _round(payload)
    if round_.state != Round.State.COMMITTED:
        return
    try:
        rounds.freeze_round(round_=round_, actor=_user(payload))
    except AdmissionRefusedError as refusal:
        _say(round_, "freeze-refused", payload, refusal)


def _say(round_: Round, action: str, payload: dict[str, Any], refusal: AdmissionRefusedError) -> None:
    note(
        round_.season,
        action,
        actor=_user(payload),
        reason=str(refusal),
        round_number=round_.number,
    )


@duty_handler("admissions.publish", lease_seconds=_LONG)
def publish(payload: dict[str, Any]) -> None:
    """Compute and show the result."""
    rounds.publish(round_=_round(payload), keep_alive=_keep_alive)


@duty_handler("admissions.conclude", lease_seconds=_LONG)
def conclude(payload: dict[str, Any]) -> None:
    """Bring every dossier to its result."""
    answering.conclude_dossiers(round_=_round(payload), keep_alive=_keep_alive)


@duty_handler("admissions.enrol")
def enrol_child(payload: dict[str, Any]) -> None:
    """Put a confirmed child into its school; running again changes nothing (same cause)."""
    registration = Registration.objects.select_related("round__season").get(pk=payload["registration"])
    if registration.answer != Answer.CONFIRMED or registration.school_id is None:
        return
    season = registration.round.season
    grade = LEVEL_FACTS[Level(season.level)][1]
    on = max(answering.opening_day(season), local_day(timezone.now()))
    cause = f"registration:{registration.pk}"
    class_name = f"{grade or 'MG'} (chờ xếp lớp)"
    current = pupils.open_enrolment(registration.pupil_id, on)
    if current is None:
        enrol(
            pupil_id=registration.pupil_id,
            school_id=registration.school_id,
            grade=grade,
            class_name=class_name,
            school_year=season.school_year,
            on=on,
            cause=cause,
        )
    elif current.school_id != registration.school_id:
        move_pupil(
            pupil_id=registration.pupil_id,
            to_school_id=registration.school_id,
            grade=grade,
            class_name=class_name,
            school_year=season.school_year,
            on=on,
            cause=cause,
        )
