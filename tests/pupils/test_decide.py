"""Random lists against one pupil: a row read twice decides nothing, and a pupil is never in two classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from portal.pupils.import_decide import Decision, Wanted, decide
from portal.pupils.models import Enrolment, Pupil, PupilStatus

FIRST_DAY = date(2024, 8, 1)

rows = st.builds(
    Wanted,
    full_name=st.sampled_from(["Lò Thị Ban", "Lò Thị Bân", "Y Blô"]),
    birth_date=st.just(date(2018, 3, 4)),
    gender=st.just("female"),
    ethnicity=st.sampled_from(["Thái", "Mông"]),
    status=st.sampled_from(PupilStatus.values),
    status_on=st.integers(0, 1_000).map(lambda days: FIRST_DAY + timedelta(days=days)),
    school_id=st.integers(1, 2),
    grade=st.integers(1, 2),
    class_name=st.sampled_from(["A", "B"]),
    school_year=st.sampled_from(["2024-2025", "2025-2026", "2026-2027"]),
)


@dataclass
class Kept:
    """The register of one pupil, kept in memory as the import keeps it in tables."""

    pupil: Pupil | None = None
    enrolments: list[Enrolment] = field(default_factory=list)

    def decide(self, wanted: Wanted, *, whole_province: bool) -> Decision:
        return decide(wanted, self.pupil, self.enrolments, whole_province=whole_province)

    def carry_out(self, wanted: Wanted, decision: Decision) -> None:
        if decision.skip:
            return
        self.pupil = self.pupil or Pupil()
        for name, value in decision.facts.items():
            setattr(self.pupil, name, value)
        if decision.close is not None:
            enrolment, on = decision.close
            enrolment.ends_on = on
        if decision.begin is not None:
            place: dict[str, Any] = {
                name: getattr(wanted, name) for name in ("school_id", "grade", "class_name", "school_year")
            }
            self.enrolments.append(Enrolment(**place, starts_on=decision.begin, ends_on=decision.end))


@given(st.lists(st.tuples(rows, st.booleans()), max_size=8))
def test_a_row_read_twice_decides_nothing_and_enrolments_never_overlap(
    lists: list[tuple[Wanted, bool]],
) -> None:
    kept = Kept()
    for wanted, whole_province in lists:
        kept.carry_out(wanted, kept.decide(wanted, whole_province=whole_province))
        again = kept.decide(wanted, whole_province=whole_province)
        assert again.skip or not again.changes, again
        way = kept.enrolments
        assert sum(enrolment.ends_on is None for enrolment in way) <= 1
        for enrolment in way:
            assert enrolment.ends_on is None or enrolment.starts_on <= enrolment.ends_on
        for before, after in pairwise(way):
            assert before.ends_on is not None
            assert before.ends_on <= after.starts_on
