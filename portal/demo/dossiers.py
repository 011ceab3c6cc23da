"""Dossiers in every state, made by the services that citizens and officers use, at past moments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from portal.accounts import selectors as accounts
from portal.accounts.services import demo_signing_key
from portal.common.clock import ZONE
from portal.documents.ports import LeaderSignature
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.procedures import services
from portal.pupils import selectors as pupils

if TYPE_CHECKING:
    from portal.accounts.models import FamilyLink, Officer
    from portal.procedures.models import Dossier

TRANSFER = "2.002854"
COPY = "H99-BSHB"

#: the moves after submission; each walk is a story that happens in offices every week
WALKS: dict[str, tuple[str, ...]] = {
    "new": (),
    "accepted": ("accept",),
    "reception_refused": ("refuse_reception",),
    "withdrawn": ("withdraw",),
    "supplement": ("request_supplement",),
    "leaving": ("accept", "start"),
    "deciding": ("accept", "start", "complete_step"),
    "supplement_late": ("accept", "start", "request_supplement"),
    "supplied": ("accept", "request_supplement", "supply"),
    "suspended": ("accept", "start", "suspend"),
    "granted": ("accept", "start", "complete_step", "grant"),
    "refused": ("accept", "start", "complete_step", "refuse", "deliver"),
    "delivered": ("accept", "start", "complete_step", "grant", "deliver"),
}

NOTES = {
    "refuse_reception": "Hồ sơ ghi lớp 4 nhưng cháu đang học lớp 2. Anh/chị nộp lại với lớp đúng.",
    "request_supplement": "Đề nghị ghi rõ thôn, tổ dân phố nơi gia đình đang ở.",
    "supply": "Gia đình ở tổ 5, phường Ban Trắng.",
    "suspend": "Trường chờ Sở trả lời về chỉ tiêu của khối lớp.",
    "refuse": "Khối lớp đã đủ sĩ số theo quy định. Gia đình có thể chọn trường khác trong xã.",
}


def seed_dossiers(links: Sequence[FamilyLink], rng: Random, now: dt.datetime) -> int:
    """Submit a transfer for each link and walk it on; links should lie at different schools."""
    walks = list(WALKS.items())
    made = 0
    for number, link in enumerate(links):
        _name, moves = walks[number % len(walks)]
        days_ago = 2 + len(moves) + number % 5
        begun = _working_moment(now - dt.timedelta(days=days_ago * 7 / 5), rng)
        dossier = submit_transfer(link, rng, begun)
        if dossier is None:
            continue
        made += 1
        at = begun
        for move in moves:
            at = min(_working_moment(at + dt.timedelta(hours=rng.randint(3, 26)), rng), now)
            dossier = walk(dossier, move, at)
    return made


def seed_copies(links: Sequence[FamilyLink], rng: Random, now: dt.datetime) -> int:
    """Ask for copies of study records: the procedure that costs something, so some wait for their fee."""
    made = 0
    for number, link in enumerate(links):
        enrolment = pupils.open_enrolment(link.pupil_id)
        if enrolment is None:
            continue
        level = enrolment.school.levels[0]
        if level not in {"primary", "lower_secondary", "upper_secondary"}:
            continue
        at = _working_moment(now - dt.timedelta(days=6 - number % 3), rng)
        dossier = _submit(
            link,
            COPY,
            {
                "child": {"child": link.pupil_id},
                "record": {
                    "school": enrolment.school_id,
                    "level": level,
                    "phone": accounts.citizen(link.citizen_id).phone,
                },
            },
            at,
        )
        dossier = walk(dossier, "accept", min(at + dt.timedelta(hours=1), now))
        walk(dossier, "request_payment", min(at + dt.timedelta(hours=2), now))
        made += 1
    return made


def _working_moment(at: dt.datetime, rng: Random) -> dt.datetime:
    """Move a moment into office hours of a day on which offices work."""
    local = at.astimezone(ZONE)
    day = local.date()
    calendar = organisations.calendar()
    while not calendar.is_working(day):
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(rng.choice([8, 9, 10, 14, 15]), rng.randint(0, 59)), ZONE)


def submit_transfer(link: FamilyLink, rng: Random, at: dt.datetime, to: str = "") -> Dossier | None:
    """Submit a transfer for a child as its parent would; None where there is no school to go to."""
    enrolment = pupils.open_enrolment(link.pupil_id)
    if enrolment is None:
        return None
    level = enrolment.school.levels[0]
    others = [school for school in organisations.schools(level) if school.pk != enrolment.school_id]
    named = [school for school in others if school.name == to]
    if not others or level not in {"primary", "lower_secondary", "upper_secondary"}:
        return None
    school = named[0] if named else rng.choice(others)
    citizen = accounts.citizen(link.citizen_id)
    pages: dict[str, dict[str, Any]] = {
        "child": {"child": link.pupil_id},
        "destination": {
            "to_school": school.pk,
            "to_grade": str(enrolment.grade),
            "starts_on": (at.date() + dt.timedelta(days=21)).isoformat(),
        },
        "reason": {
            "reason": rng.choice(["moved", "moved", "hardship"]),
            "reason_words": "Gia đình về ở gần ông bà để có người đón cháu.",
            "disability": False,
        },
        "contact": {"phone": citizen.phone, "address": "Tổ 5, phường Ban Trắng"},
    }
    return _submit(link, TRANSFER, pages, at)


def _submit(link: FamilyLink, code: str, pages: dict[str, dict[str, Any]], at: dt.datetime) -> Dossier:
    draft = services.start_draft(citizen=accounts.citizen(link.citizen_id), procedure_code=code)
    for page, answers in pages.items():
        draft = services.save_page(
            draft=draft, page_name=page, page_answers=answers, revision=draft.revision
        )
    return services.submit_draft(draft=draft, at=at)


def walk(dossier: Dossier, move: str, at: dt.datetime) -> Dossier:
    """Make one move as the person whose turn it is."""
    verbs: dict[str, Callable[..., Dossier]] = {
        "accept": services.accept_dossier,
        "refuse_reception": services.refuse_reception,
        "request_supplement": services.request_supplement,
        "request_payment": services.request_payment,
        "supply": services.supply,
        "start": services.start_work,
        "complete_step": services.complete_step,
        "suspend": services.suspend_dossier,
        "grant": services.grant_dossier,
        "refuse": services.refuse_dossier,
        "deliver": services.deliver_dossier,
        "withdraw": services.withdraw_dossier,
    }
    if move in {"supply", "withdraw"}:
        actor, signed = dossiers.Actor(dossier.applicant.user, dossier.applicant.full_name), {}
    else:
        officer = _whose_turn(dossier, move)
        place = dossier.step_organisation_id if move == "complete_step" else dossier.organisation_id
        actor = dossiers.Actor(officer.user, officer.full_name, place)
        signed = {"signature": _signature(officer)} if move in {"grant", "refuse"} else {}
    return verbs[move](
        dossier=dossier,
        actor=actor,
        revision=dossier.revision,
        note=NOTES.get(move, ""),
        at=at,
        **signed,
    )


def _signature(officer: Officer) -> LeaderSignature:
    """Give a made-up leader's word; outside the demo there is none without a code."""
    return LeaderSignature(officer.pk, demo_signing_key(officer.user))


def _whose_turn(dossier: Dossier, move: str) -> Officer:
    if move == "complete_step" and dossier.step_organisation_id:
        return accounts.officers_of(dossier.step_organisation_id, "school_clerk")[0]
    role = "principal" if move in {"grant", "refuse"} else "school_clerk"
    return accounts.officers_of(dossier.organisation_id, role)[0]
