from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from portal.pupils import selectors, services
from portal.pupils.models import Enrolment, Gender, Pupil, PupilChange, PupilStatus
from portal.pupils.services import PupilRefusedError
from tests.factories.registers import SEPTEMBER, personal_id
from tests.pupils.build import YEAR, Province, enrolled, province, pupil

pytestmark = pytest.mark.django_db
MOVE_DAY = date(2026, 11, 30)


@pytest.fixture
def made() -> Province:
    return province()


def _move(
    place: Enrolment, to: int, cause: str = "dossier:7", from_school_id: int | None = None
) -> Enrolment:
    return services.move_pupil(
        pupil_id=place.pupil_id,
        to_school_id=to,
        grade=1,
        class_name="1B",
        school_year=YEAR,
        on=MOVE_DAY,
        cause=cause,
        from_school_id=from_school_id,
    )


def test_a_move_closes_one_enrolment_and_opens_another_on_its_day(made: Province) -> None:
    old = enrolled(made.primary)
    new = _move(old, made.other.pk, from_school_id=made.primary.pk)
    old.refresh_from_db()
    assert (old.ends_on, old.end_cause, new.starts_on, new.ends_on) == (
        MOVE_DAY,
        "dossier:7",
        MOVE_DAY,
        None,
    )
    assert selectors.open_enrolment(old.pupil_id, MOVE_DAY - timedelta(1)) == old
    assert selectors.open_enrolment(old.pupil_id, MOVE_DAY) == new
    moved = selectors.pupil(old.pupil_id)
    assert (moved.status, moved.status_on) == (PupilStatus.STUDYING, MOVE_DAY)


def test_a_move_of_next_week_takes_effect_by_its_day(made: Province) -> None:
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        old = enrolled(made.primary)
        new = _move(old, made.other.pk)
        assert selectors.open_enrolment(old.pupil_id) == old
        assert not selectors.pupils_of(made.other.pk).exists()
    with time_machine.travel("2026-11-29T17:00:00Z", tick=False):
        assert selectors.open_enrolment(old.pupil_id) == new
        assert [row.pupil_id for row in selectors.pupils_of(made.other.pk, class_name="1B")] == [
            old.pupil_id
        ]


def test_the_same_cause_moves_once(made: Province) -> None:
    old = enrolled(made.primary)
    assert _move(old, made.other.pk) == _move(old, made.other.pk)
    assert Enrolment.objects.count() == 2


def test_a_move_that_no_longer_fits_is_refused_and_changes_nothing(made: Province) -> None:
    old = enrolled(made.primary)
    with pytest.raises(PupilRefusedError, match="không có khối 1"):
        _move(old, made.lower.pk)
    with pytest.raises(PupilRefusedError, match="nay đang học Trường Tiểu học Nậm Ban"):
        _move(old, made.other.pk, from_school_id=made.other.pk)
    with pytest.raises(PupilRefusedError, match="đang học trường này"):
        _move(old, made.primary.pk)
    with pytest.raises(PupilRefusedError, match="không hoạt động"):
        _move(old, made.ward.pk)
    old.refresh_from_db()
    assert (old.ends_on, Enrolment.objects.count()) == (None, 1)


def test_leaving_and_coming_back(made: Province) -> None:
    old = enrolled(made.primary)
    with pytest.raises(PupilRefusedError, match="Làm thủ tục chuyển trường"):
        services.enrol(
            pupil_id=old.pupil_id, school_id=made.other.pk, grade=1, class_name="1A",
            school_year=YEAR, on=MOVE_DAY, cause="dossier:8",
        )  # fmt: skip
    left = services.close_enrolment(
        pupil_id=old.pupil_id, on=MOVE_DAY, cause="dossier:9", status=PupilStatus.STOPPED
    )
    again = services.close_enrolment(
        pupil_id=old.pupil_id, on=MOVE_DAY, cause="dossier:9", status=PupilStatus.STOPPED
    )
    assert left == again
    assert selectors.pupil(old.pupil_id).status == PupilStatus.STOPPED
    with pytest.raises(PupilRefusedError, match="đến ngày 30/11/2026"):
        services.enrol(
            pupil_id=old.pupil_id, school_id=made.other.pk, grade=1, class_name="1A",
            school_year=YEAR, on=MOVE_DAY - timedelta(1), cause="dossier:10",
        )  # fmt: skip
    back = services.enrol(
        pupil_id=old.pupil_id, school_id=made.other.pk, grade=1, class_name=" 1A ",
        school_year=YEAR, on=MOVE_DAY + timedelta(5), cause="dossier:10",
    )  # fmt: skip
    assert back.class_name == "1A"
    assert [row.school_id for row in selectors.enrolments_of(old.pupil_id)] == [
        made.primary.pk,
        made.other.pk,
    ]
    with pytest.raises(PupilRefusedError, match="không học lớp nào"):
        services.close_enrolment(
            pupil_id=pupil(2).pk, on=MOVE_DAY, cause="dossier:11", status=PupilStatus.MOVED
        )


def test_a_personal_id_is_one_person_and_lies_encrypted(made: Province) -> None:
    child = pupil(1)
    with pytest.raises(PupilRefusedError, match="đã có trong sổ") as refused:
        pupil(1, full_name="Người Khác")
    assert personal_id(1) not in str(refused.value)
    assert selectors.by_personal_id("999 319 000 001") == child
    assert selectors.by_personal_id("không phải số") is None
    stored = Pupil.objects.raw("SELECT id, personal_id AS as_stored FROM pupils_pupil")[0]
    assert personal_id(1) not in vars(stored)["as_stored"]
    assert made.ward.pk


def test_a_correction_notes_fields_and_causes_but_no_values() -> None:
    child = pupil(1)
    services.correct_pupil(
        pupil_id=child.pk, revision=0, cause="dossier:3", full_name="Lò Thị Hoa Ban", ethnicity="Thái"
    )
    with pytest.raises(PupilRefusedError, match="vừa được người khác sửa"):
        services.correct_pupil(pupil_id=child.pk, revision=0, cause="dossier:4", gender=Gender.MALE)
    child.refresh_from_db()
    assert (child.full_name, child.name_key, child.revision) == ("Lò Thị Hoa Ban", "lo thi hoa ban", 1)
    assert [change.fields for change in PupilChange.objects.all()] == [["full_name"]]


@pytest.mark.parametrize("name", ["H'Mông", "Y Blô", "K'Brới", "Páo", "Lò Thị Ê-Ban", "Y Blô Niê K’Đăm"])
def test_names_of_all_peoples_are_names(name: str) -> None:
    assert pupil(1, full_name=name).full_name == name


@pytest.mark.parametrize("name", ["", "12", "=SUM(A1)", "Ban@", "a" * 121, "'"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(PupilRefusedError):
        pupil(1, full_name=name)


def test_born_tomorrow_is_refused() -> None:
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        with pytest.raises(PupilRefusedError, match="ở sau hôm nay"):
            pupil(1, birth_date=date(2026, 11, 25))
        assert pupil(1, birth_date=date(2026, 11, 24)).birth_date == date(2026, 11, 24)


def test_classes_are_counted_in_one_query(made: Province, django_assert_num_queries: object) -> None:
    enrolled(made.primary, 1)
    enrolled(made.primary, 2)
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's fixture has no public type
        classes = selectors.classes_of(made.primary.pk, SEPTEMBER)
    assert [(one.grade, one.class_name, one.pupils) for one in classes] == [(1, "1A", 2)]
    found = selectors.pupils_of(made.primary.pk, SEPTEMBER, query="ban lo")
    assert found.count() == 2
