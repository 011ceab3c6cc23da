"""What one row of a confirmed file means for a pupil as the register has it: a pure decision.

The same row against the state that it made decides nothing: a file read twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.common.text import fold
from portal.pupils.grades import opening_day
from portal.pupils.models import Enrolment, Pupil, PupilStatus

_FACTS = ("full_name", "birth_date", "gender", "ethnicity", "status", "status_on")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a row says."""

    full_name: str
    birth_date: date
    gender: str
    ethnicity: str
    status: str
    status_on: date
    school_id: int
    grade: int
    class_name: str
    school_year: str

    @classmethod
    def staged(cls, values: dict[str, Any], school_year: str) -> Wanted:
        """Read what :mod:`portal.pupils.import_check` staged."""
        days = {key: date.fromisoformat(values[key]) for key in ("birth_date", "status_on")}
        return cls(**{**values, **days}, school_year=school_year)


@dataclass(slots=True)
class Decision:
    """What to write. ``skip`` is a sentence: the row fits no more, nothing of it is written."""

    facts: dict[str, Any] = field(default_factory=dict)
    close: tuple[Enrolment, date] | None = None
    correct: Enrolment | None = None
    begin: date | None = None
    end: date | None = None
    skip: str = ""

    @property
    def changes(self) -> bool:
        """Whether anything is written at all."""
        return bool(self.facts or self.close or self.correct or self.begin)


def decide(
    wanted: Wanted, pupil: Pupil | None, enrolments: Sequence[Enrolment], *, whole_province: bool
) -> Decision:
    """Compare a row with the register. ``enrolments`` are all of the pupil's."""
    current = next((enrolment for enrolment in enrolments if enrolment.ends_on is None), None)
    studying = wanted.status == PupilStatus.STUDYING
    if current is not None and current.school_id != wanted.school_id and not whole_province:
        # the old school's list may go on saying that the pupil left; it says nothing new
        return Decision(
            skip=_("Học sinh nay học ở trường khác nên không ghi dòng này.") if studying else ""
        )
    if current is not None and current.school_year > wanted.school_year:
        return Decision(skip=_("Học sinh đã có lớp của năm học sau nên không ghi dòng này."))
    decision = Decision(facts=_new_facts(wanted, pupil))
    if studying:
        _place(decision, wanted, current, enrolments)
    else:
        _leave(decision, wanted, current, enrolments)
    return decision


def _new_facts(wanted: Wanted, pupil: Pupil | None) -> dict[str, Any]:
    facts = {name: getattr(wanted, name) for name in _FACTS}
    if pupil is not None:
        facts = {name: value for name, value in facts.items() if getattr(pupil, name) != value}
    if "full_name" in facts:
        facts["name_key"] = fold(wanted.full_name)
    return facts


def _begins(wanted: Wanted, enrolments: Sequence[Enrolment]) -> date:
    """Not before an earlier enrolment ended."""
    ends = [enrolment.ends_on for enrolment in enrolments if enrolment.ends_on is not None]
    return max([opening_day(wanted.school_year, wanted.status_on), *ends])


def _place(
    decision: Decision, wanted: Wanted, current: Enrolment | None, enrolments: Sequence[Enrolment]
) -> None:
    if current is None:
        decision.begin = _begins(wanted, enrolments)
        return
    same_year = (current.school_id, current.school_year) == (wanted.school_id, wanted.school_year)
    if same_year and (current.grade, current.class_name) == (wanted.grade, wanted.class_name):
        return
    if same_year and wanted.status_on <= current.starts_on:
        # no day on which the class changed: the list was wrong from the start
        current.grade, current.class_name = wanted.grade, wanted.class_name
        decision.correct = current
        return
    decision.begin = max(_begins(wanted, enrolments), current.starts_on)
    decision.close = (current, decision.begin)


def _leave(
    decision: Decision, wanted: Wanted, current: Enrolment | None, enrolments: Sequence[Enrolment]
) -> None:
    if current is not None:
        decision.close = (current, max(wanted.status_on, current.starts_on))
    elif not enrolments:
        # a pupil whom we only meet when leaving was in that class until then
        decision.begin = min(opening_day(wanted.school_year, wanted.status_on), wanted.status_on)
        decision.end = wanted.status_on
