"""A family registers: a draft per child, one submission, new versions until the window closes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions import selectors, signing
from admissions.definitions.entry import CODE
from admissions.hooks import CHOICES
from admissions.models import Registration, Round, Writing
from admissions.refusals import AdmissionRefusedError
from portal.accounts import selectors as accounts
from portal.accounts import services as people
from portal.common.day_words import moment_in_words
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine

if TYPE_CHECKING:
    from portal.accounts.models import Citizen, Officer
    from portal.procedures.selectors import Actor


@dataclass(frozen=True, slots=True)
class Home:
    """Where the child lives, and what else the school must know."""

    place_id: int
    basis: str
    disability: bool
    phone: str


def begin_writing(*, citizen: Citizen, round_: Round, pupil_id: int) -> Writing:
    """Give the family's draft for a child in a round, or begin one. Raises AdmissionRefusedError."""
    if not accounts.may_apply_for(citizen, pupil_id):
        raise AdmissionRefusedError(_("Anh/chị chưa được xác nhận là người nộp hồ sơ thay cho cháu này."))
    _nobody_else(round_, pupil_id, citizen)
    known = Writing.objects.select_related("draft").filter(round=round_, pupil_id=pupil_id, citizen=citizen)
    found = known.first()
    if found is not None and found.draft.state == "writing":
        return found
    try:
        with transaction.atomic():
            known.delete()
            draft = engine.start_draft(citizen=citizen, procedure_code=CODE, anew=True)
            engine.save_page(
                draft=draft,
                page_name="child",
                page_answers={"round": round_.pk, "child": pupil_id},
                revision=draft.revision,
            )
            return Writing.objects.create(round=round_, pupil_id=pupil_id, citizen=citizen, draft=draft)
    except IntegrityError:  # the same family in another window
        return known.get()


def _nobody_else(round_: Round, pupil_id: int, citizen: Citizen) -> None:
    there = selectors.registration_about(round_, pupil_id)
    if there is None:
        return
    at = moment_in_words(there.dossier.submitted_at, with_year=True)
    if there.dossier.applicant_id == citizen.pk:
        raise AdmissionRefusedError(
            _("Cháu đã được đăng ký lúc %(at)s. Mở đăng ký để xem, sửa.") % {"at": at}
        )
    raise AdmissionRefusedError(
        _(
            "Cháu đã được một người giám hộ khác đăng ký lúc %(at)s. Mỗi cháu chỉ có một đăng ký; "
            "hai bên thống nhất rồi người đã nộp sửa."
        )
        % {"at": at}
    )


def save_home(*, writing: Writing, home: Home, revision: int) -> Writing:
    """Store the page about residence. Raises ``engine.StaleDraftError``."""
    return _save(writing, "home", _home(home), revision)


def _home(home: Home) -> dict[str, Any]:
    return {
        "place": home.place_id,
        "basis": home.basis,
        "disability": home.disability,
        "phone": home.phone,
    }


def save_choices(*, writing: Writing, schools: list[int], revision: int) -> Writing:
    """Store the schools in the family's order. Raises ``engine.StaleDraftError``."""
    return _save(writing, "choices", _choices(schools), revision)


def _choices(schools: list[int]) -> dict[str, Any]:
    return dict(zip(CHOICES, [*schools, None, None, None], strict=False))


def _save(writing: Writing, page: str, answers: dict[str, Any], revision: int) -> Writing:
    engine.save_page(draft=writing.draft, page_name=page, page_answers=answers, revision=revision)
    return writing


def submit_registration(*, writing: Writing) -> Registration:
    """Submit once; a second call gives the same registration.

    Raises ``engine.IncompleteDraftError`` with sentences, ``engine.StaleDraftError`` for a deleted draft,
    AdmissionRefusedError where another guardian was faster.
    """
    try:
        dossier = engine.submit_draft(draft=writing.draft)
    except IntegrityError as error:
        _nobody_else(writing.round, writing.pupil_id, writing.citizen)
        raise AdmissionRefusedError(_("Chưa nộp được. Anh/chị bấm nộp lần nữa.")) from error
    return Registration.objects.select_related("round__season", "dossier").get(dossier=dossier)


def amend_registration(
    *, registration: Registration, home: Home | None, schools: list[int] | None, actor: Actor, revision: int
) -> Registration:
    """Write a new version of the answers while the window is open.

    Raises ``engine.OvertakenError``, ``engine.RefusedMoveError``, ``engine.IncompleteDraftError``.
    """
    answers = {**(_home(home) if home else {}), **(_choices(schools) if schools else {})}
    engine.amend_dossier(
        dossier=dossiers.dossier(registration.dossier_id),
        answers=answers,
        actor=actor,
        revision=revision,
        at=timezone.now(),
    )
    registration.refresh_from_db()
    return registration


def withdraw_registration(*, registration: Registration, actor: Actor, revision: int) -> None:
    """Take a registration back; the child may be registered anew while the window is open."""
    engine.withdraw_dossier(
        dossier=dossiers.dossier(registration.dossier_id), actor=actor, revision=revision
    )


def receipt_of_time(registration: Registration) -> str:
    """Give the signed receipt of the newest version: the same text whenever it is asked for."""
    newest = registration.versions.first()
    if newest is None:  # pragma: no cover - written with the registration
        raise LookupError
    return signing.sign(
        {
            "season": registration.round.season.code,
            "round": registration.round.number,
            "code": registration.dossier.temporary_code,
            "version": newest.number,
            "digest": newest.digest,
            "at": newest.at.astimezone(dt.UTC).isoformat(timespec="milliseconds"),
        }
    )


@dataclass(frozen=True, slots=True)
class Adult:
    """Who stands at the counter, as their papers say."""

    personal_id: str
    full_name: str
    relation: str
    phone: str


def enter_for_family(
    *,
    round_: Round,
    pupil_id: int,
    adult: Adult,
    home: Home,
    schools: list[int],
    officer: Officer,
) -> Registration:
    """Register a child for a family that cannot do it itself; the helper saw their papers.

    The adult becomes the applicant and finds the registration at the first sign-in.
    """
    with transaction.atomic():
        try:
            citizen = people.citizen_at_counter(
                personal_id=adult.personal_id, full_name=adult.full_name, birth_date=None, phone=adult.phone
            )
        except people.SignInRefusedError as refusal:
            raise AdmissionRefusedError(str(refusal)) from refusal
        people.confirm_link(
            citizen_id=citizen.pk,
            pupil_id=pupil_id,
            relation=adult.relation,
            basis="clerk",
            actor=officer.user,
        )
        writing = begin_writing(citizen=citizen, round_=round_, pupil_id=pupil_id)
        save_home(writing=writing, home=home, revision=writing.draft.revision)
        save_choices(writing=writing, schools=schools, revision=writing.draft.revision)
    dossier = engine.submit_draft(draft=writing.draft, channel="counter")
    return Registration.objects.select_related("round__season", "dossier").get(dossier=dossier)
