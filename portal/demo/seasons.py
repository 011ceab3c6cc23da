"""Two admission seasons of the made-up province: one whose window is open, one whose result is out.

Everything goes through the services that families and offices use; the board's persons are the named ones.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from admissions import selectors as seasons
from admissions import services
from portal.accounts import selectors as accounts
from portal.accounts import services as people
from portal.accounts.ports import FamilyLink
from portal.common.codes import clean_personal_id
from portal.common.school_years import school_year_of
from portal.demo import cast
from portal.demo.geography import Scale, province
from portal.demo.registers import SOURCE
from portal.organisations import selectors as organisations
from portal.procedures import selectors as dossiers
from portal.pupils import selectors as pupils
from portal.pupils.services import NewPupil, register_in_bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.accounts.models import Officer

    type Season = seasons.Season

#: small children of the named parents: personal ID, name, gender, years before the season's first year
_CHILDREN = {
    cast.MAI.personal_id: (
        ("999321001201", "Nguyễn Minh Châu", "female", 6),
        ("999221001202", "Nguyễn Minh Khang", "male", 6),
    ),
    cast.PAO.personal_id: (
        ("999221001203", "Giàng A Dơ", "male", 6),
        ("999216001204", "Giàng A Lử", "male", 11),
    ),
}
_SCHOOL_OF_LEVEL = {6: ("preschool", 0, "Mẫu giáo lớn"), 11: ("primary", 5, "5A")}
#: where the named families live: commune, hamlet's position in the commune
VALUE_SOURCE = "Hai số cuối giải đặc biệt xổ số mẫu tối ngày chốt danh sách"


def seed_seasons(scale: Scale, links: Sequence[FamilyLink], rng: Random, today: dt.date) -> int:
    """Make both seasons; return how many children are registered."""
    year = int(school_year_of(today)[:4]) + 1
    _add_children(year)
    board = _board()
    grade_1 = _season(scale, "lop-1", "grade-1", "Lớp 1", year, rng, board)
    grade_6 = _season(scale, "lop-6", "grade-6", "Lớp 6", year, rng, board)
    made = _publish(grade_6, links, year, rng, board)
    _open(grade_1, days=21)
    return made


def _board() -> tuple[Officer, Officer]:
    department = organisations.department().pk
    return (
        accounts.officers_of(department, "department_officer")[0],
        accounts.officers_of(department, "leader")[0],
    )


def _add_children(year: int) -> None:
    """Register the named parents' small children where they go today, and tie them to their parents."""
    for personal_id, rows in _CHILDREN.items():
        parent = accounts.citizen_by_personal_id(personal_id)
        if parent is None:
            continue
        for number, (child_id, name, gender, age) in enumerate(rows):
            level, grade, class_name = _SCHOOL_OF_LEVEL[age]
            school = organisations.schools(level).order_by("code")[0]
            register_in_bulk(
                pupils=[
                    NewPupil(
                        personal_id=clean_personal_id(child_id),
                        full_name=name,
                        birth_date=dt.date(year - age, 3, 8 + number // 2),
                        gender=gender,
                        ethnicity="Kinh" if parent.personal_id == cast.MAI.personal_id else "Mông",
                        school_id=school.pk,
                        grade=grade,
                        class_name=class_name,
                        school_year=f"{year - 1}-{year}",
                        since=dt.date(year - 1, 9, 5),
                    )
                ],
                cause="demo",
            )
            child = pupils.by_personal_id(child_id)
            if child is not None:
                _tie(parent.pk, child.pk, personal_id, year)


def _tie(citizen_id: int, pupil_id: int, personal_id: str, year: int) -> None:
    relation = next(each.relation for each in cast.PARENTS if each.personal_id == personal_id)
    people.record_guardian(
        pupil_id=pupil_id, adult_personal_id=personal_id, relation=relation, source=SOURCE
    )
    people.confirm_link(
        citizen_id=citizen_id,
        pupil_id=pupil_id,
        relation=relation,
        basis=FamilyLink.Basis.REGISTER,
        valid_from=dt.date(year - 1, 9, 5),
    )


def _season(
    scale: Scale,
    prefix: str,
    level: str,
    words: str,
    year: int,
    rng: Random,
    board: tuple[Officer, Officer],
) -> Season:
    """Make a season with dates around today, a catchment per hamlet and places per school; commit to it."""
    season = services.create_season(
        code=f"{prefix}-{year}",
        name=f"Tuyển sinh {words} năm học {year}-{year + 1}",
        level=level,
        school_year=f"{year}-{year + 1}",
        source=f"Kế hoạch tuyển sinh mẫu năm {year} của tỉnh Hoa Ban (không có thật)",
        actor=board[0].user,
        rules={"birth_years": [year - (6 if level == "grade-1" else 11)]},
    )
    taught = "primary" if level == "grade-1" else "lower_secondary"
    schools = list(organisations.schools(taught))
    for commune in province(scale).communes:
        row = organisations.by_code(commune.code)
        if row is None:
            continue
        for hamlet in commune.hamlets:
            point = (
                round(commune.latitude + rng.uniform(-0.02, 0.02), 5),
                round(commune.longitude + rng.uniform(-0.02, 0.02), 5),
            )
            nearest = min(
                schools,
                key=lambda school: (
                    school.commune_id != row.pk,
                    ((school.latitude or 0) - point[0]) ** 2 + ((school.longitude or 0) - point[1]) ** 2,
                ),
            )
            services.set_catchment(
                season=season,
                commune_id=row.pk,
                place_name=hamlet,
                school_id=nearest.pk,
                zone="home",
                actor=None,
                point=point,
            )
    for school in schools:
        small = level == "grade-6"
        services.set_quota(
            season=season,
            school_id=school.pk,
            classes=1 if small else rng.randint(1, 4),
            class_size=2 if small else 35,
            reserves={} if small else {"disability": 2},
            actor=None,
        )
    _dates(season, board[0])
    services.commit_round(
        round_=seasons.current_round(season), value_source=VALUE_SOURCE, officer=board[0], revision=0
    )
    return season


def _dates(season: Season, officer: Officer) -> None:
    now = timezone.now()
    # the season whose result is out had its review long ago
    review = (-60.0, -45.0) if season.level == "grade-6" else (-20.0, 3.0)
    for kind, first, last in (
        ("review", *review),
        ("plan", -15.0, -1.0),
        ("window", 1.0, 22.0),
        ("verification", 22.0, 30.0),
        ("result", 33.0, 34.0),
        ("confirmation", 34.0, 41.0),
    ):
        services.set_phase(
            season=season,
            kind=kind,
            opens_at=_at(now, first, 8),
            closes_at=_at(now, last, 17),
            reason="Theo kế hoạch tuyển sinh mẫu đã duyệt",
            actor=officer.user,
        )


def _at(now: dt.datetime, days: float, hour: int) -> dt.datetime:
    return timezone.localtime(now + dt.timedelta(days=days)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


def _open(season: Season, days: int) -> None:
    window = seasons.phase(season, "window")
    if window is not None:
        services.open_now(phase=window, reason=f"Mở sớm một ngày để gia đình có đủ {days} ngày", actor=None)


def _publish(
    season: Season, links: Sequence[FamilyLink], year: int, rng: Random, board: tuple[Officer, Officer]
) -> int:
    """Walk a season to its result: families register, schools verify, two persons publish."""
    _open(season, 21)
    pao = accounts.citizen_by_personal_id(cast.PAO.personal_id)
    named = [] if pao is None else accounts.children_of(pao)
    fitting = [link for link in named if link.pupil.birth_date.year == year - 11]
    fitting += _leavers(links, year)
    places = list(seasons.places_of(season))
    nearby = places[:6]
    for number, link in enumerate(fitting[:60]):
        _register(season, link, nearby[number % len(nearby)] if number < 24 else rng.choice(places))  # noqa: PLR2004 - enough for one quarter to be crowded
    window = seasons.phase(season, "window")
    if window is not None:
        services.close_now(phase=window, reason="Hết giờ đăng ký", actor=board[0].user)
    round_ = seasons.current_round(season)
    for registration in seasons.unverified(round_):
        dossier = dossiers.dossier(registration.dossier_id)
        clerk = accounts.officers_of(dossier.organisation_id, "school_clerk")[0]
        services.verify(
            registration=registration,
            actor=dossiers.Actor(clerk.user, clerk.full_name, dossier.organisation_id),
            revision=dossier.revision,
        )
    services.freeze_round(round_=round_, actor=board[0].user)
    for officer in board:
        services.enter_public_value(round_=seasons.current_round(season), value="45", officer=officer)
    round_ = seasons.current_round(season)
    round_ = services.propose_publication(round_=round_, officer=board[0], revision=round_.revision)
    round_ = services.approve_publication(round_=round_, officer=board[1], revision=round_.revision)
    services.publish(round_=round_)
    services.conclude_dossiers(round_=seasons.current_round(season))
    for kind in ("result", "confirmation"):
        phase = seasons.phase(season, kind)
        if phase is not None:
            services.open_now(phase=phase, reason="Kiểm tra xong sớm hơn kế hoạch", actor=board[1].user)
    return len(fitting[:60])


def _leavers(links: Sequence[FamilyLink], year: int) -> list[FamilyLink]:
    """Give as many families a child more: one who finishes primary school this year, school by school."""
    found: list[FamilyLink] = []
    parents = iter(links)
    for school in organisations.schools("primary").order_by("code"):
        leaving = [row for row in pupils.pupils_of(school.pk) if row.grade == 5]  # noqa: PLR2004 - the last one
        for row in leaving[:4]:
            parent = next(parents, None)
            if parent is None or row.pupil.birth_date.year != year - 11:
                continue
            found.append(
                people.confirm_link(
                    citizen_id=parent.citizen_id,
                    pupil_id=row.pupil_id,
                    relation=parent.relation,
                    basis=FamilyLink.Basis.REGISTER,
                    valid_from=dt.date(year - 1, 9, 5),
                )
            )
    return found


def _register(season: Season, link: FamilyLink, place: seasons.Place) -> None:
    round_ = seasons.current_round(season)
    citizen = accounts.citizen(link.citizen_id)
    writing = services.begin_writing(citizen=citizen, round_=round_, pupil_id=link.pupil_id)
    home = services.Home(place.pk, "permanent", disability=False, phone=citizen.phone or "+84900000118")
    services.save_home(writing=writing, home=home, revision=writing.draft.revision)
    near = [offer.school.pk for offer in seasons.offers_from(round_, place)][:2]
    services.save_choices(writing=writing, schools=near, revision=writing.draft.revision)
    services.submit_registration(writing=writing)
