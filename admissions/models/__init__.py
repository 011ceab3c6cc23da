"""Rows of the room: seasons and their timetable, catchments, quotas, rounds, registrations."""

from admissions.models.places import Catchment, Place, Zone
from admissions.models.registrations import Answer, DataReview, Registration, RegistrationVersion, Writing
from admissions.models.rounds import Quota, Round
from admissions.models.seasons import LEVEL_FACTS, Level, Phase, PhaseKind, Season, SeasonEvent
from admissions.models.waiting import WaitingRoom

__all__ = [
    "LEVEL_FACTS",
    "Answer",
    "Catchment",
    "DataReview",
    "Level",
    "Phase",
    "PhaseKind",
    "Place",
    "Quota",
    "Registration",
    "RegistrationVersion",
    "Round",
    "Season",
    "SeasonEvent",
    "WaitingRoom",
    "Writing",
    "Zone",
]
