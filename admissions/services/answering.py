"""After publication: dossiers concluded, families' answers, places that became free, the next round."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions import selectors
from admissions.events import note
from admissions.models import Answer, PhaseKind, Quota, Registration, Round, Season
from admissions.refusals import AdmissionRefusedError
from admissions.services.rounds import alone
from portal.common.clock import ZONE
from portal.notifications.services import notify
from portal.organisations import selectors as organisations
from portal.outbox.services import owe
from portal.procedures import selectors as dossiers
from portal.procedures import services as engine
from portal.procedures.ports import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.accounts.models import Officer
    from portal.procedures.selectors import Actor

#: days before the last one on which a silent family is reminded
REMINDED_DAYS_BEFORE = 2
_OPENING = (9, 5)


def conclude_dossiers(*, round_: Round, keep_alive: Callable[[], None] = alone) -> int:
    """Move every dossier of a published round to its result (4→9); what is done already is left alone."""
    found = Registration.objects.filter(
        round=round_, withdrawn_at=None, dossier__status=Status.IN_PROGRESS
    ).exclude(pseudonym="")
    concluded = 0
    for pk in list(found.order_by("pk").values_list("pk", flat=True)):
        registration = Registration.objects.select_related("dossier").get(pk=pk)
        _conclude(registration)
        concluded += 1
        keep_alive()
    return concluded


def _conclude(registration: Registration) -> None:
    dossier = registration.dossier
    board = _board()
    try:
        if registration.school_id is None:
            engine.refuse_dossier(
                dossier=dossier,
                actor=board,
                revision=dossier.revision,
                note=_("Chưa xếp được trường trong đợt này. Phiếu kết quả nói rõ vì sao."),
            )
        else:
            engine.grant_dossier(dossier=dossier, actor=board, revision=dossier.revision)
    except engine.OvertakenError:  # withdrawn at this very moment
        return


def _board() -> Actor:
    return dossiers.Actor(None, _("Hội đồng tuyển sinh"), organisations.department().pk)


def answer_place(*, registration: Registration, confirm: bool, actor: Actor) -> Registration:
    """Confirm or decline the place, once, while the phase lasts (9→10). Raises AdmissionRefusedError."""
    season, number = registration.round.season, registration.round.number
    if registration.round.published_at is None or registration.school_id is None:
        raise AdmissionRefusedError(_("Cháu chưa có trường trong đợt này nên chưa có gì để xác nhận."))
    if not selectors.is_open(selectors.phase(season, PhaseKind.CONFIRMATION, number)):
        raise AdmissionRefusedError(_("Đã ngoài thời gian xác nhận nhập học. Gọi trường nếu cần."))
    answer = Answer.CONFIRMED if confirm else Answer.DECLINED
    with transaction.atomic():
        _answer(registration, answer)
        _deliver(registration, actor)
        if confirm:
            _owe_enrolment(registration)
    registration.refresh_from_db()
    return registration


def _answer(registration: Registration, answer: str) -> None:
    answered = Registration.objects.filter(
        pk=registration.pk, answer=Answer.NONE, withdrawn_at=None
    ).update(answer=answer, answered_at=timezone.now())
    if answered != 1:
        now = Registration.objects.get(pk=registration.pk)
        raise AdmissionRefusedError(
            _("Anh/chị đã trả lời “%(answer)s” rồi. Cần đổi, anh/chị gọi trường.")
            % {"answer": now.get_answer_display()}
        )


def _deliver(registration: Registration, actor: Actor) -> None:
    dossier = dossiers.dossier(registration.dossier_id)
    if dossier.status == Status.IN_PROGRESS:  # the family was faster than the worker that concludes
        registration.dossier = dossier
        _conclude(registration)
        dossier = dossiers.dossier(registration.dossier_id)
    if dossier.status == Status.CONCLUDED:
        engine.deliver_dossier(dossier=dossier, actor=actor, revision=dossier.revision)


def _owe_enrolment(registration: Registration) -> None:
    owe(
        kind="admissions.enrol",
        key=f"admissions.enrol:{registration.pk}",
        payload={"registration": registration.pk},
        not_before=dt.datetime.combine(opening_day(registration.round.season), dt.time(0, 0), ZONE),
    )


def opening_day(season: Season) -> dt.date:
    """Give the day from which the children are in their classes."""
    return dt.date(int(season.school_year[:4]), *_OPENING)


def remind(*, now: dt.datetime | None = None) -> int:
    """Remind the families that have not answered shortly before the last day; each once."""
    now = now or timezone.now()
    told = 0
    for round_ in Round.objects.filter(state=Round.State.PUBLISHED).select_related("season"):
        phase = selectors.phase(round_.season, PhaseKind.CONFIRMATION, round_.number)
        if phase is None or not selectors.is_open(phase, now):
            continue
        if phase.closes_at - now > dt.timedelta(days=REMINDED_DAYS_BEFORE):
            continue
        for registration in _silent(round_).select_related("dossier__applicant"):
            notify(
                recipient_id=registration.dossier.applicant.user_id,
                template="admission.reminder",
                subject_kind="registration",
                subject_id=str(registration.pk),
                key=f"admission.reminder:{registration.pk}",
            )
            told += 1
    return told


def _silent(round_: Round) -> selectors.Registrations:
    return Registration.objects.filter(
        round=round_, answer=Answer.NONE, withdrawn_at=None, school__isnull=False
    )


def close_confirmations(*, now: dt.datetime | None = None) -> int:
    """End what is over: silence becomes "no answer", dossiers are delivered, the round closes."""
    now = now or timezone.now()
    ended = 0
    for round_ in Round.objects.filter(state=Round.State.PUBLISHED).select_related("season"):
        phase = selectors.phase(round_.season, PhaseKind.CONFIRMATION, round_.number)
        if phase is None or now < phase.closes_at:
            continue
        conclude_dossiers(round_=round_)
        for registration in _silent(round_):
            with transaction.atomic():
                _answer(registration, Answer.SILENT)
        left = Registration.objects.filter(round=round_, dossier__status=Status.CONCLUDED)
        for registration in left:
            with transaction.atomic():
                _deliver(registration, _board())
        with transaction.atomic():
            Round.objects.filter(pk=round_.pk, state=Round.State.PUBLISHED).update(state=Round.State.CLOSED)
            note(
                round_.season,
                "closed",
                actor=None,
                round_number=round_.number,
                answers=answers_of(round_),
            )
        ended += 1
    return ended


def answers_of(round_: Round) -> dict[str, int]:
    """Count what families answered."""
    placed = Registration.objects.filter(round=round_, school__isnull=False, withdrawn_at=None)
    return {str(answer) or "none": placed.filter(answer=answer).count() for answer in Answer}


def open_additional_round(*, season: Season, officer: Officer) -> Round:
    """Offer the places that are free in a further round, by the same rule. Raises AdmissionRefusedError."""
    last = selectors.current_round(season)
    if last.state != Round.State.CLOSED:
        raise AdmissionRefusedError(
            _("Đợt trước chưa kết thúc xác nhận nhập học nên chưa mở đợt bổ sung được.")
        )
    with transaction.atomic():
        fresh, made = Round.objects.get_or_create(season=season, number=last.number + 1)
        if not made:
            raise AdmissionRefusedError(_("Đợt bổ sung này vừa được người khác mở."))
        Quota.objects.bulk_create(
            Quota(round=fresh, school_id=quota.school_id, seats=free)
            for quota in last.quota_rows.all()
            if (free := quota.seats - _kept(last, quota.school_id)) > 0
        )
        note(season, "additional", actor=officer.user, round_number=fresh.number)
    return fresh


def _kept(round_: Round, school_id: int) -> int:
    return Registration.objects.filter(
        round=round_, school_id=school_id, answer=Answer.CONFIRMED, hardship_note=""
    ).count()


def give_hardship_place(
    *, registration: Registration, school_id: int, reason: str, officer: Officer
) -> Registration:
    """Add a seat for a child left without one: recorded, published as a number, displacing nobody."""
    if not reason.strip():
        raise AdmissionRefusedError(_("Ghi lý do và số quyết định."))
    given = Registration.objects.filter(
        pk=registration.pk, school=None, withdrawn_at=None, round__published_at__isnull=False
    )
    with transaction.atomic():
        if given.update(school_id=school_id, hardship_note=reason.strip()[:300], answer=Answer.NONE) != 1:
            raise AdmissionRefusedError(_("Cháu đã có trường, hoặc kết quả chưa công bố."))
        note(
            registration.round.season,
            "hardship",
            actor=officer.user,
            round_number=registration.round.number,
            school=school_id,
        )
    registration.refresh_from_db()
    return registration
