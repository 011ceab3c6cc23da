"""A small season for these tests: two schools, three hamlets, a family with twins, strangers and officers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from admissions import services
from admissions.models import Phase, Place, Registration, Round, Season
from portal.accounts import services as accounts
from portal.accounts.models import Citizen, FamilyLink, Officer
from portal.common.fields import blind_index
from portal.common.text import fold
from portal.organisations.models import Kind, Organisation, OrganisationPeriod
from portal.procedures import selectors as dossiers
from portal.procedures.workflow import Actor
from portal.pupils.models import Gender, Pupil
from tests.accounts import people

BORN = dt.date(2021, 3, 4)


@dataclass
class Fair:
    """Everybody whom a season needs."""

    season: Season
    round: Round
    near: Organisation
    far: Organisation
    commune: Organisation
    home: Place
    edge: Place
    lan: Citizen
    tuan: Citizen
    an: Pupil
    binh: Pupil
    chi: Pupil
    clerk: Officer
    principal: Officer
    ngoc: Officer
    son: Officer

    def again(self) -> Fair:
        """Read the round anew."""
        self.round.refresh_from_db()
        return self


def _place(code: str, kind: str, name: str, **more: Any) -> Organisation:
    made = Organisation.objects.create(
        code=code, kind=kind, name=name, name_key=fold(name), opened_on=people.LONG_AGO, **more
    )
    OrganisationPeriod.objects.create(
        organisation=made,
        valid_from=people.LONG_AGO,
        code=code,
        name=name,
        parent=more.get("parent"),
        source="thử",
    )
    return made


def pupil(personal_id: str, name: str, born: dt.date = BORN) -> Pupil:
    return Pupil.objects.create(
        personal_id=personal_id,
        personal_id_index=blind_index("personal-id", personal_id),
        full_name=name,
        name_key=fold(name),
        birth_date=born,
        gender=Gender.FEMALE,
        ethnicity="Thái",
        status_on=people.LONG_AGO,
    )


def link(citizen: Citizen, child: Pupil) -> None:
    made = accounts.confirm_link(
        citizen_id=citizen.pk, pupil_id=child.pk, relation="mother", basis=FamilyLink.Basis.REGISTER
    )
    FamilyLink.objects.filter(pk=made.pk).update(valid_from=people.LONG_AGO)


def dates(season: Season, round_number: int = 1, **hours: tuple[float, float]) -> None:
    """Set phases by hours from now."""
    now = timezone.now()
    for kind, (opens, closes) in hours.items():
        services.set_phase(
            season=season,
            kind=kind,
            opens_at=now + dt.timedelta(hours=opens),
            closes_at=now + dt.timedelta(hours=closes),
            reason="Kế hoạch năm",
            actor=None,
            round_number=round_number,
        )


def build(seats: int = 1, **rules: Any) -> Fair:
    """Make a season whose window opens in an hour; the near school has ``seats`` places."""
    department = _place("H99", Kind.DEPARTMENT, "Sở Giáo dục và Đào tạo")
    commune = _place(
        "H99.20", Kind.COMMUNE, "Xã Nậm Ban", parent=department, latitude=21.5, longitude=103.0
    )
    near = _place(
        "H99.20.1", Kind.SCHOOL, "Trường Tiểu học Nậm Ban", parent=commune, commune=commune,
        levels=["primary"], latitude=21.5, longitude=103.0,
    )  # fmt: skip
    far = _place(
        "H99.20.2", Kind.SCHOOL, "Trường Tiểu học Ban Trắng", parent=commune, commune=commune,
        levels=["primary"], latitude=21.53, longitude=103.0,
    )  # fmt: skip
    season = services.create_season(
        code="lop-1-2027",
        name="Tuyển sinh lớp 1 năm học 2027-2028",
        level="grade-1",
        school_year="2027-2028",
        source="Kế hoạch 1/KH-UBND (mẫu)",
        actor=None,
        rules=rules,
    )
    for name, school, point in (
        ("Bản Nà Lếch", near, (21.501, 103.0)),
        ("Bản Pá Sáng", near, (21.51, 103.0)),
        ("Bản Huổi Mây", far, (21.529, 103.0)),
    ):
        services.set_catchment(
            season=season, commune_id=commune.pk, place_name=name, school_id=school.pk, zone="home",
            actor=None, point=point,
        )  # fmt: skip
    services.set_quota(
        season=season, school_id=near.pk, classes=1, class_size=seats, reserves={}, actor=None
    )
    services.set_quota(season=season, school_id=far.pk, classes=1, class_size=30, reserves={}, actor=None)
    lan, tuan = people.citizen(people.LAN), people.citizen(people.TUAN)
    an, binh = pupil("999321000101", "Lò Bảo An"), pupil("999321000102", "Lò Gia Bình")
    chi = pupil("999321000103", "Quàng Mai Chi")
    link(lan, an)
    link(lan, binh)
    link(tuan, chi)
    places = {place.name: place for place in Place.objects.all()}
    return Fair(
        season=season,
        round=season.rounds.get(),
        near=near,
        far=far,
        commune=commune,
        home=places["Bản Nà Lếch"],
        edge=places["Bản Pá Sáng"],
        lan=lan,
        tuan=tuan,
        an=an,
        binh=binh,
        chi=chi,
        clerk=people.officer("thu", "school_clerk", near),
        principal=people.officer("dung", "principal", near),
        ngoc=people.officer("ngoc", "department_officer", department),
        son=people.officer("son", "leader", department),
    )


def phase(fair: Fair, kind: str) -> Phase:
    """Give a phase of the fair's round."""
    return fair.season.phases.get(kind=kind, round_number=fair.round.number)


def committed(fair: Fair) -> Fair:
    """Publish the promise and open the window."""
    dates(
        fair.season,
        fair.round.number,
        window=(1, 24),
        verification=(24, 48),
        result=(48, 49),
        confirmation=(49, 72),
    )
    services.commit_round(
        round_=fair.round, value_source="Xổ số mẫu tối 20/06", officer=fair.ngoc, revision=0
    )
    services.open_now(phase=phase(fair, "window"), reason="Mở đúng kế hoạch", actor=None)
    return fair.again()


def write(fair: Fair, child: Pupil, by: Citizen, schools: list[Organisation], **home: Any) -> Any:
    """Give a draft with everything filled in."""
    writing = services.begin_writing(citizen=by, round_=fair.round, pupil_id=child.pk)
    told = {
        "place_id": fair.home.pk, "basis": "permanent", "disability": False, "phone": "+84900000118", **home,
    }  # fmt: skip
    services.save_home(writing=writing, home=services.Home(**told), revision=writing.draft.revision)
    services.save_choices(
        writing=writing, schools=[school.pk for school in schools], revision=writing.draft.revision
    )
    return writing


def register(
    fair: Fair, child: Pupil, by: Citizen, schools: list[Organisation], **home: Any
) -> Registration:
    """Submit for a child."""
    return services.submit_registration(writing=write(fair, child, by, schools, **home))


def closed(fair: Fair) -> Fair:
    """End the window."""
    services.close_now(phase=phase(fair, "window"), reason="Hết giờ", actor=None)
    return fair.again()


def verify_all(fair: Fair) -> None:
    """Let the schools find every registration right."""
    for registration in Registration.objects.filter(round=fair.round, withdrawn_at=None):
        dossier = dossiers.dossier(registration.dossier_id)
        actor = Actor(fair.clerk.user, fair.clerk.full_name, dossier.organisation_id)
        services.verify(registration=registration, actor=actor, revision=dossier.revision)


def published(fair: Fair) -> Fair:
    """Freeze, draw and publish as the board does, and open the confirmation."""
    closed(fair)
    verify_all(fair)
    services.freeze_round(round_=fair.round, actor=fair.ngoc.user)
    for officer in (fair.ngoc, fair.son):
        services.enter_public_value(round_=fair.again().round, value="45 67 89", officer=officer)
    services.propose_publication(round_=fair.round, officer=fair.ngoc, revision=fair.again().round.revision)
    services.approve_publication(round_=fair.round, officer=fair.son, revision=fair.again().round.revision)
    services.publish(round_=fair.again().round)
    services.conclude_dossiers(round_=fair.again().round)
    services.open_now(phase=phase(fair, "confirmation"), reason="Công bố sớm hơn dự kiến", actor=None)
    return fair.again()
