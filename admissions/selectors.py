"""Reads of the room: seasons and their dates, who may do what now, registrations of a family or a school."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from admissions.models import (
    Answer,
    Catchment,
    DataReview,
    Phase,
    PhaseKind,
    Place,
    Quota,
    Registration,
    Round,
    Season,
)
from admissions.standing import offers_from
from portal.common.clock import local_day
from portal.common.day_words import moment_in_words
from portal.procedures.ports import Status
from portal.pupils import selectors as pupils

if TYPE_CHECKING:
    from uuid import UUID

    from portal.accounts.models import Citizen


__all__ = ["Place", "Season", "offers_from"]  # offered here; the rest is public by its name

type Registrations = QuerySet[Registration]


def seasons(*, everything: bool = False) -> QuerySet[Season]:
    """List seasons, the newest first; those shown to the public unless told."""
    found = Season.objects.order_by("-school_year", "level")
    return found if everything else found.filter(open_to_all=True)


def season(code: str) -> Season | None:
    """Give a season by its code."""
    return Season.objects.filter(code=code).first()


def phase(season: Season, kind: str, round_number: int = 1) -> Phase | None:
    """Give a part of a round's timetable."""
    return Phase.objects.filter(season=season, kind=kind, round_number=round_number).first()


def is_open(found: Phase | None, now: dt.datetime | None = None) -> bool:
    """Whether something may be done at a moment (default: now)."""
    now = now or timezone.now()
    return found is not None and found.opens_at <= now < found.closes_at


def current_round(season: Season) -> Round:
    """Give the round that runs: the newest one."""
    found = season.rounds.select_related("season").order_by("-number").first()
    if found is None:  # pragma: no cover - a season is made with its main round
        raise Round.DoesNotExist
    return found


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the season's timeline: done, now or expected."""

    title: str
    when: str
    state: str
    note: str = ""


def timeline(season: Season, now: dt.datetime | None = None) -> list[Moment]:
    """Draw the timetable, newest first, as the timeline component wants it."""
    now = now or timezone.now()
    told = []
    for row in season.phases.all():
        title = str(PhaseKind(row.kind).label)
        if row.round_number > 1:
            title = _("Đợt bổ sung %(number)d: %(title)s") % {
                "number": row.round_number - 1,
                "title": title,
            }
        state = "done" if row.closes_at <= now else "now" if row.opens_at <= now else "expected"
        told.append(Moment(title, span(row), state))
    return told[::-1]


def span(row: Phase) -> str:
    """Say from when until when."""
    return _("%(start)s đến %(end)s") % {
        "start": moment_in_words(row.opens_at, with_year=True),
        "end": moment_in_words(row.closes_at, with_year=True),
    }


def valid_registrations(round_: Round) -> QuerySet[Registration]:
    """List the registrations of a round that enter the list: verified and not withdrawn."""
    return Registration.objects.filter(round=round_, withdrawn_at=None, dossier__status=Status.IN_PROGRESS)


def unverified(round_: Round) -> QuerySet[Registration]:
    """List those that a school has still to decide about."""
    return Registration.objects.filter(
        round=round_,
        withdrawn_at=None,
        dossier__status__in=[Status.SUBMITTED, Status.ACCEPTED, Status.SUPPLEMENT_REQUESTED],
    )


def registration_of(citizen: Citizen, public_id: UUID) -> Registration | None:
    """Give a citizen's own registration by its dossier's public id."""
    return _told().filter(dossier__public_id=public_id, dossier__applicant=citizen).first()


def registrations_of(citizen: Citizen, season: Season | None = None) -> list[Registration]:
    """List a citizen's registrations, newest first."""
    found = _told().filter(dossier__applicant=citizen)
    if season is not None:
        found = found.filter(round__season=season)
    return list(found.order_by("-pk"))


def registration_about(round_: Round, pupil_id: int) -> Registration | None:
    """Give the registration that counts for a child, whoever made it."""
    return _told().filter(round=round_, pupil_id=pupil_id, withdrawn_at=None).first()


def confirmed_before(round_: Round, pupil_id: int) -> Registration | None:
    """Give the registration of an earlier round of the season in which the family confirmed a place."""
    return (
        _told()
        .filter(
            round__season=round_.season,
            round__number__lt=round_.number,
            pupil_id=pupil_id,
            answer=Answer.CONFIRMED,
        )
        .first()
    )


def registrations_at(school_ids: Collection[int], season: Season) -> QuerySet[Registration]:
    """List what these schools have to verify, oldest submission first."""
    return (
        _told()
        .filter(dossier__organisation_id__in=school_ids, round__season=season, withdrawn_at=None)
        .order_by("dossier__submitted_at", "pk")
    )


def placed_at(school_ids: Collection[int], season: Season) -> QuerySet[Registration]:
    """List the children who were given a place at these schools, by name."""
    return (
        _told()
        .filter(school_id__in=school_ids, round__season=season, round__published_at__isnull=False)
        .order_by("pupil__name_key", "pk")
    )


def _told() -> QuerySet[Registration]:
    return Registration.objects.select_related(
        "round__season", "pupil", "dossier__organisation", "dossier__definition", "place__commune", "school"
    )


def review_of(season: Season, pupil_id: int) -> DataReview | None:
    """Give what the family said to the data of its child."""
    return DataReview.objects.filter(season=season, pupil_id=pupil_id).first()


def reviews_at(school_ids: Collection[int], season: Season) -> QuerySet[DataReview]:
    """List corrections that families ask these schools for, oldest first."""
    return (
        DataReview.objects.filter(season=season, school_id__in=school_ids, state=DataReview.State.ASKED)
        .select_related("pupil", "citizen")
        .order_by("pk")
    )


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a plan: names of places and schools, for whoever mends it."""

    places_without_school: tuple[str, ...]
    schools_without_places: tuple[str, ...]
    schools_without_quota: tuple[str, ...]
    places_off_the_map: tuple[str, ...]

    @property
    def nothing(self) -> bool:
        """Whether the plan is whole."""
        return not any(
            (
                self.places_without_school,
                self.schools_without_places,
                self.schools_without_quota,
                self.places_off_the_map,
            )
        )


def findings(season: Season) -> Findings:
    """Look for gaps in a plan. Two home schools of one place cannot be: the database refuses them."""
    rows = Catchment.objects.filter(season=season)
    homes = rows.filter(zone="home")
    covered = Q(pk__in=homes.values("place_id")) | Q(
        commune_id__in=homes.filter(place__name_key="").values("place__commune_id")
    )
    places = Place.objects.exclude(covered).select_related("commune")
    quotas = {quota.school_id: quota.school.name for quota in current_quotas(season)}
    with_home = {row.school_id: row.school.name for row in homes.select_related("school")}
    off = Place.objects.filter(latitude=None, catchments__season=season, commune__latitude=None).distinct()
    return Findings(
        tuple(_place_name(place) for place in places),
        tuple(sorted(name for pk, name in quotas.items() if pk not in with_home)),
        tuple(sorted(name for pk, name in with_home.items() if pk not in quotas)),
        tuple(_place_name(place) for place in off.select_related("commune")),
    )


def current_quotas(season: Season) -> list[Quota]:
    """List the running round's places by school."""
    found = current_round(season).quota_rows.select_related("school__commune")
    return list(found.order_by("school__name_key"))


def _place_name(place: Place) -> str:
    return f"{place.name}, {place.commune.name}" if place.name else place.commune.name


def places_of(season: Season) -> QuerySet[Place]:
    """List the places that a season's plan names."""
    return Place.objects.filter(catchments__season=season).select_related("commune").distinct()


def enrolment_of(pupil_id: int) -> pupils.Enrolment | None:
    """Give where a child is enrolled today."""
    return pupils.open_enrolment(pupil_id)


def entry_year_fits(season: Season, birth_year: int) -> bool:
    """Whether a child born in that year enters the season's level."""
    return birth_year in season.rules.get("birth_years", [])


def today() -> dt.date:
    """Give the local day."""
    return local_day(timezone.now())
