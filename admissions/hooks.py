"""The rules of a registration inside the engine: what is derived, what cannot be, what follows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from admissions import selectors
from admissions.allocation.canonical import canonical, sha256
from admissions.models import (
    LEVEL_FACTS,
    Level,
    Phase,
    PhaseKind,
    Place,
    Registration,
    RegistrationVersion,
    Round,
)
from admissions.rules import HOME
from admissions.standing import zones_of
from portal.accounts import selectors as accounts
from portal.common.clock import local_day
from portal.common.day_words import moment_in_words
from portal.procedures import selectors as dossiers
from portal.procedures.ports import Answers, FormContext, Hooks, Status
from portal.pupils import selectors as pupils

CHOICES = ("first", "second", "third")


def chosen(answers: Answers) -> list[int]:
    """Give the schools in the family's order."""
    return [int(answers[name]) for name in CHOICES if answers.get(name)]


def derive(answers: Answers, _context: FormContext) -> dict[str, Any]:
    """Say which school checks the registration: the one whose catchment it is, else the first choice."""
    derived = {**answers, "verifier": answers.get("first")}
    round_ = Round.objects.select_related("season").filter(pk=answers.get("round") or 0).first()
    place = Place.objects.filter(pk=answers.get("place") or 0).first()
    if round_ is not None and place is not None:
        homes = [school for school, zone in zones_of(round_.season, place).items() if zone == HOME]
        with_places = round_.quota_rows.filter(school_id__in=homes).values_list("school_id", flat=True)
        derived["verifier"] = next(iter(with_places), derived["verifier"])
    return derived


def objections(answers: Answers, context: FormContext) -> list[str]:
    """Name what stands against submitting, in the words of §5.4: level, record, window, somebody else."""
    round_ = Round.objects.select_related("season").filter(pk=answers["round"]).first()
    if round_ is None:
        return [_("Đợt tuyển sinh này không còn. Về trang tuyển sinh để bắt đầu lại.")]
    return [
        *_time(round_),
        *_child(round_, int(answers["child"]), context),
        *_schools(round_, chosen(answers)),
        *([] if Place.objects.filter(pk=answers["place"]).exists() else [_("Chọn lại nơi ở của cháu.")]),
    ]


def _time(round_: Round) -> list[str]:
    window = selectors.phase(round_.season, PhaseKind.WINDOW, round_.number)
    if selectors.is_open(window):
        return []
    if window is not None and timezone.now() < window.opens_at:
        return [
            _("Chưa đến giờ đăng ký: mở lúc %(at)s. Bản nháp được giữ; nộp sớm hay muộn như nhau.")
            % {"at": moment_in_words(window.opens_at, with_year=True)}
        ]
    return [_("Đã hết giờ đăng ký của đợt này. Trẻ chưa đăng ký được xét ở đợt bổ sung.")]


def _child(round_: Round, pupil_id: int, context: FormContext) -> list[str]:
    said = []
    if not accounts.may_apply_for(accounts.citizen(context.citizen_id), pupil_id, context.today):
        said.append(_("Anh/chị chưa được xác nhận là người nộp hồ sơ thay cho cháu này."))
    fault = level_fault(round_, pupil_id)
    if fault:
        said.append(fault)
    placed = selectors.confirmed_before(round_, pupil_id)
    if placed is not None and placed.school is not None:
        said.append(
            _("Gia đình đã xác nhận cho cháu học %(school)s, nên không đăng ký thêm ở đợt bổ sung.")
            % {"school": placed.school.name}
        )
    return said


def level_fault(round_: Round, pupil_id: int) -> str:
    """Say that a child belongs to another level, from its birth year; nothing where it fits."""
    child, season = pupils.pupil(pupil_id), round_.season
    if selectors.entry_year_fits(season, child.birth_date.year):
        return ""
    age = int(season.school_year[:4]) - child.birth_date.year
    fitting = next((level for level, facts in LEVEL_FACTS.items() if facts[2] == age), None)
    if fitting is None:
        return _("Cháu sinh năm %(year)d, không thuộc lứa tuổi tuyển sinh đầu cấp năm nay.") % {
            "year": child.birth_date.year
        }
    return _(
        "Cháu sinh năm %(year)d nên năm nay vào %(right)s, không phải %(wrong)s. Chọn mùa đúng cấp."
    ) % {
        "year": child.birth_date.year,
        "right": fitting.label,
        "wrong": Level(season.level).label,
    }


def _schools(round_: Round, wanted: list[int]) -> list[str]:
    most = int((round_.rules or round_.season.rules)["choices"])
    said = []
    if len(wanted) > most:
        said.append(_("Mùa này có nhiều nhất %(most)d nguyện vọng.") % {"most": most})
    if len(set(wanted)) != len(wanted):
        said.append(_("Mỗi trường chỉ ghi một lần. Chọn trường khác cho nguyện vọng sau."))
    offered = round_.quota_rows.filter(school_id__in=wanted).values("school_id").count()
    if offered != len(set(wanted)):
        said.append(_("Có trường không tuyển sinh trong đợt này. Chọn lại trong danh sách."))
    return said


def on_submitted(dossier_id: int) -> None:
    """Write the registration; a second one for the same child breaks the constraint, and all is taken back."""
    dossier = dossiers.dossier(dossier_id)
    answers = dossiers.answers_of(dossier)
    registration = Registration.objects.create(
        round_id=answers["round"], pupil_id=answers["child"], dossier_id=dossier_id, **_facts(answers)
    )
    _version(registration, str(dossier.public_id), dossier.submitted_at)


def on_amended(dossier_id: int) -> None:
    """Follow the new answers, and keep the old version beside them."""
    dossier = dossiers.dossier(dossier_id)
    registration = Registration.objects.get(dossier_id=dossier_id)
    for name, value in _facts(dossiers.answers_of(dossier)).items():
        setattr(registration, name, value)
    registration.version += 1
    registration.save(update_fields=["place", "basis", "choices", "group", "version"])
    _version(registration, str(dossier.public_id), timezone.now())


def _facts(answers: Answers) -> dict[str, Any]:
    return {
        "place_id": answers["place"],
        "basis": answers["basis"],
        "choices": chosen(answers),
        "group": "disability" if answers.get("disability") else "",
    }


def _version(registration: Registration, public_id: str, at: dt.datetime) -> None:
    said = {
        "dossier": public_id,
        "round": registration.round_id,
        "place": registration.place_id,
        "basis": registration.basis,
        "choices": registration.choices,
        "group": registration.group,
        "version": registration.version,
    }
    RegistrationVersion.objects.create(
        registration=registration,
        number=registration.version,
        choices=registration.choices,
        place_id=registration.place_id,
        digest=sha256(canonical(said)),
        at=at,
    )


def on_withdrawn(dossier_id: int) -> None:
    """Let the child be registered anew while the window is open."""
    Registration.objects.filter(dossier_id=dossier_id, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


def may_amend(dossier_id: int) -> bool:
    """Until the window closes."""
    registration = Registration.objects.select_related("round__season").get(dossier_id=dossier_id)
    return selectors.is_open(_phase(registration, PhaseKind.WINDOW))


def due_on(dossier_id: int) -> dt.date | None:
    """Give the day on which the season publishes its results."""
    registration = (
        Registration.objects.select_related("round__season").filter(dossier_id=dossier_id).first()
    )
    result = None if registration is None else _phase(registration, PhaseKind.RESULT)
    return None if result is None else local_day(result.opens_at)


def _phase(registration: Registration, kind: str) -> Phase | None:
    return selectors.phase(registration.round.season, kind, registration.round.number)


def sentence(dossier_id: int) -> str:
    """Say what the family reads at each status, in the season's dates."""
    registration = (
        Registration.objects.select_related("round__season", "dossier__organisation", "school")
        .filter(dossier_id=dossier_id)
        .first()
    )
    if registration is None:
        return ""
    status = Status(registration.dossier.status)
    result = _phase(registration, PhaseKind.RESULT)
    known = {
        "office": registration.dossier.organisation.name,
        "result": "" if result is None else moment_in_words(result.opens_at, with_year=True),
    }
    if status is Status.SUBMITTED:
        window = _phase(registration, PhaseKind.WINDOW)
        closes = "" if window is None else moment_in_words(window.closes_at, with_year=True)
        return _(
            "Đăng ký đã có biên nhận. %(office)s kiểm tra sau khi hết giờ đăng ký; anh/chị sửa được đến %(closes)s. "
            "Nộp sớm hay muộn như nhau."
        ) % {**known, "closes": closes}
    if status in {Status.ACCEPTED, Status.IN_PROGRESS}:
        return _("%(office)s đã xác minh đăng ký. Kết quả công bố lúc %(result)s.") % known
    if status is Status.CONCLUDED and registration.school is not None:
        answer_by = _phase(registration, PhaseKind.CONFIRMATION)
        until = "" if answer_by is None else moment_in_words(answer_by.closes_at, with_year=True)
        return _("Cháu được nhận vào %(school)s. Xác nhận hoặc từ chối trước %(until)s.") % {
            "school": registration.school.name,
            "until": until,
        }
    if status is Status.CONCLUDED:
        return _("Cháu chưa được xếp trường trong đợt này. Xem phiếu kết quả và đợt bổ sung.")
    return ""


HOOKS = Hooks(
    derive=derive,
    objections=objections,
    on_submitted=on_submitted,
    on_amended=on_amended,
    on_withdrawn=on_withdrawn,
    may_amend=may_amend,
    due_on=due_on,
    sentence=sentence,
)
