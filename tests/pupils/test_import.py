from __future__ import annotations

import unicodedata
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from portal.organisations import services as organisations
from portal.outbox import services as outbox
from portal.pupils import selectors, services
from portal.pupils.models import (
    Enrolment,
    Gender,
    Pupil,
    PupilChange,
    PupilImport,
    PupilImportRow,
    PupilStatus,
)
from portal.pupils.services import PupilRefusedError
from tests.factories.registers import SEPTEMBER, personal_id
from tests.organisations.build import SOURCE
from tests.pupils.build import (
    HEADINGS,
    YEAR,
    Province,
    carry_out,
    check,
    enrolled,
    line,
    province,
    workbook,
)

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2019, 5, 6)  # noqa: DTZ001 - a cell of Excel has no zone


@pytest.fixture(autouse=True)
def _november() -> Any:
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False):
        yield


@pytest.fixture
def made() -> Province:
    return province()


def _snapshot() -> list[object]:
    return [
        list(
            Pupil.objects.order_by("pk").values_list("pk", "full_name", "status", "status_on", "revision")
        ),
        list(Enrolment.objects.order_by("pk").values()),
        PupilChange.objects.count(),
    ]


def test_a_file_becomes_pupils_in_classes(made: Province) -> None:
    done = carry_out(
        workbook(
            line(1, full_name="Sùng Thị Mai", gender="nữ", birth_date="06/5/2019"),
            line(2, full_name="K'Brới", birth_date=MIDNIGHT, class_name=2),
            line(4, grade="Khối 5", class_name="5A", status="THÔI HỌC", status_on=date(2026, 10, 1)),
        ),
        made.primary,
    )
    assert (done.row_count, done.created_count, done.changed_count, done.skipped_count) == (3, 3, 0, 0)
    first = selectors.by_personal_id(personal_id(1))
    assert first is not None
    assert (first.full_name, first.gender, first.birth_date) == (
        "Sùng Thị Mai",
        Gender.FEMALE,
        date(2019, 5, 6),
    )
    place = selectors.open_enrolment(first.pk)
    assert place is not None
    assert (place.school_id, place.grade, place.class_name, place.starts_on, place.cause) == (
        made.primary.pk, 1, "1A", SEPTEMBER, f"import:{done.pk}",
    )  # fmt: skip
    gone = selectors.by_personal_id(personal_id(4))
    assert gone is not None
    assert (gone.status, selectors.open_enrolment(gone.pk)) == (PupilStatus.STOPPED, None)
    assert selectors.enrolments_of(gone.pk)[0].ends_on == date(2026, 10, 1)
    row = PupilImportRow.objects.all()[0]
    assert (row.values, row.personal_id, row.applied) == ({}, "", True)


def test_the_same_file_twice_changes_nothing(made: Province) -> None:
    file = workbook(
        line(1),
        line(2, class_name="1B"),
        line(4, status="Chuyển đi", status_on="01/10/2026"),
        line(6, grade=2),
    )
    carry_out(file, made.primary)
    before = _snapshot()
    again = carry_out(file, made.primary)
    assert _snapshot() == before
    assert (again.created_count, again.changed_count, again.skipped_count) == (0, 0, 0)


def test_headings_in_any_order_case_marks_and_form_below_titles(made: Province) -> None:
    headings = [unicodedata.normalize("NFD", heading.upper()) for heading in HEADINGS]
    headings[2], headings[8] = "HO VA TEN (*)", "Số\nCCCD"
    cells = line(2, full_name=unicodedata.normalize("NFD", "Giàng  A Páo"), gender="NAM")
    order = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    file = workbook(
        ["", *(cells[position] for position in order)],
        headings=["STT", *(headings[position] for position in order)],
        above=3,
    )
    carry_out(file, made.primary)
    assert Pupil.objects.get().full_name == unicodedata.normalize("NFC", "Giàng A Páo")


def test_numbers_lose_no_leading_zero(made: Province) -> None:
    carry_out(
        workbook(line(2, personal_id=1219000002), line(4, personal_id="0312 1900 0004")), made.primary
    )
    assert {pupil.personal_id for pupil in Pupil.objects.all()} == {"001219000002", "031219000004"}


def test_one_bad_row_applies_nothing_and_says_where(made: Province) -> None:
    refused = check(
        workbook(
            line(2),
            line(
                4,
                grade="13",
                class_name="",
                full_name="A1",
                birth_date="30/02/2019",
                gender="x",
                status="ở nhà",
                status_on="hôm qua",
                ethnicity="",
                personal_id="99931900000",
            ),
            line(6, birth_date="25/11/2026", status_on="26/11/2026"),
            line(2, full_name="Tên Khác"),
        ),
        made.primary,
    )
    assert (refused.state, refused.row_count, refused.error_count) == (PupilImport.State.REFUSED, 4, 3)
    sentences = selectors.import_errors(refused.pk)
    assert sentences == [
        "Dòng 3, cột Khối: Ghi khối bằng số từ 1 đến 12, hoặc Mầm non.",
        "Dòng 3, cột Lớp: Ô này còn trống. Ghi tên lớp, ví dụ 1A.",
        "Dòng 3, cột Họ tên: Họ tên chỉ gồm chữ, dấu cách, dấu nháy và gạch nối. Sửa lại ô này.",
        "Dòng 3, cột Ngày sinh: Không có ngày 30/02/2019. Xem lại ngày và tháng.",
        "Dòng 3, cột Giới tính: Ghi Nam hoặc Nữ.",
        "Dòng 3, cột Trạng thái: Ghi một trong: Đang học, Chuyển đi, Thôi học, Hoàn thành.",
        "Dòng 3, cột Ngày trạng thái: Ghi đủ ngày/tháng/năm, ví dụ 05/09/2019.",
        "Dòng 3, cột Dân tộc: Ghi tên dân tộc, ví dụ Kinh, Thái, Mông.",
        sentences[8],
        "Dòng 4, cột Ngày sinh: Ngày sinh ở sau hôm nay. Xem lại năm sinh.",
        "Dòng 5, cột Số định danh cá nhân: Số định danh này đã có ở dòng 2. Mỗi học sinh chỉ ghi một dòng.",
    ]
    assert sentences[8].startswith("Dòng 3, cột Số định danh cá nhân: Số định danh cá nhân gồm 12 chữ số")
    assert "99931900000" not in " ".join(sentences)
    assert not Pupil.objects.exists()
    assert not PupilImportRow.objects.filter(errors=[]).exists()
    with pytest.raises(PupilRefusedError, match="không còn chờ ghi"):
        services.confirm_import(import_id=refused.pk, revision=refused.revision)
    services.apply_import(refused.pk)
    assert not Pupil.objects.exists()


def test_an_id_of_somebody_else_stops_and_a_small_difference_asks(made: Province) -> None:
    enrolled(made.primary, 1)
    stopped = check(workbook(line(1)), made.primary)
    assert "của người khác tên, khác ngày sinh" in selectors.import_errors(stopped.pk)[0]
    assert "Lò Thị Ban" not in selectors.import_errors(stopped.pk)[0]
    spelling = line(1, full_name="Lò Thị Bân", birth_date="04/03/2019", ethnicity="Thái")
    asked = check(workbook(line(3, gender="Nam"), spelling), made.primary)
    # folded alike: a mark is a correction, no other person
    assert [sentence[:6] for sentence in selectors.import_warnings(asked.pk)] == ["Dòng 2"]
    other = check(workbook(line(1, full_name="Lò Văn Ban", birth_date="04/03/2019")), made.primary)
    assert (other.state, other.warning_count) == (PupilImport.State.READY, 1)
    assert "Sổ học sinh ghi họ tên khác" in selectors.import_warnings(other.pk)[0]


def test_a_correction_by_file_is_noted_without_values(made: Province) -> None:
    place = enrolled(made.primary, 1)
    row = line(1, full_name="Lò Thị Bân", birth_date="04/03/2019", ethnicity="Thái")
    done = carry_out(workbook(row), made.primary)
    child = selectors.pupil(place.pupil_id)
    assert (child.full_name, child.name_key, child.revision) == ("Lò Thị Bân", "lo thi ban", 1)
    change = PupilChange.objects.get()
    assert (change.fields, change.cause) == (["full_name"], f"import:{done.pk}")
    assert Enrolment.objects.count() == 1


def test_a_school_does_not_fetch_pupils_of_another_school_by_file(made: Province) -> None:
    place = enrolled(made.primary, 1, full_name="Giàng A Páo", birth_date=date(2019, 5, 6))
    refused = check(workbook(line(1)), made.other)
    assert "đang học ở trường khác. Làm thủ tục chuyển trường" in selectors.import_errors(refused.pk)[0]
    before = _snapshot()
    carry_out(workbook(line(1, status="Chuyển đi", status_on="01/10/2026")), made.other)
    assert _snapshot() == before
    carry_out(workbook(line(1, school_code="99010002", status_on="02/11/2026", gender="Nữ")), None)
    now = selectors.open_enrolment(place.pupil_id)
    assert now is not None
    assert (now.school_id, now.starts_on) == (made.other.pk, date(2026, 11, 2))
    place.refresh_from_db()
    assert place.ends_on == date(2026, 11, 2)


def test_who_moves_between_check_and_writing_is_left_alone(made: Province) -> None:
    place = enrolled(made.primary, 1, full_name="Giàng A Páo", birth_date=date(2019, 5, 6))
    checked = check(workbook(line(1, class_name="1C"), line(2)), made.primary)
    services.move_pupil(
        pupil_id=place.pupil_id, to_school_id=made.other.pk, grade=1, class_name="1B", school_year=YEAR,
        on=date(2026, 11, 24), cause="dossier:1",
    )  # fmt: skip
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    services.apply_import(checked.pk)
    checked.refresh_from_db()
    assert (checked.state, checked.created_count, checked.skipped_count) == (
        PupilImport.State.APPLIED,
        1,
        1,
    )
    assert "nay học ở trường khác" in selectors.import_errors(checked.pk)[0]
    now = selectors.open_enrolment(place.pupil_id)
    assert now is not None
    assert now.school_id == made.other.pk


def test_a_new_year_closes_the_old_class_and_an_old_list_does_not_come_back(made: Province) -> None:
    old = workbook(line(2, status_on="05/09/2025"))
    checked = services.check_import(
        file=old, file_name="a.xlsx", school_id=made.primary.pk, school_year="2025-2026"
    )
    services.confirm_import(import_id=checked.pk, revision=1)
    services.apply_import(checked.pk)
    carry_out(workbook(line(2, grade=2, class_name="2A", status_on="05/09/2025")), made.primary)
    way = [(row.class_name, row.starts_on, row.ends_on) for row in Enrolment.objects.order_by("starts_on")]
    assert way == [("1A", date(2025, 9, 5), SEPTEMBER), ("2A", SEPTEMBER, None)]
    again = services.check_import(
        file=old, file_name="a.xlsx", school_id=made.primary.pk, school_year="2025-2026"
    )
    services.confirm_import(import_id=again.pk, revision=1)
    services.apply_import(again.pk)
    again.refresh_from_db()
    assert again.skipped_count == 1
    assert Enrolment.objects.count() == 2


def test_a_class_that_was_wrong_from_the_start_is_corrected_in_place(made: Province) -> None:
    carry_out(workbook(line(2)), made.primary)
    carry_out(workbook(line(2, class_name="1C")), made.primary)
    assert Enrolment.objects.get().class_name == "1C"
    carry_out(workbook(line(2, class_name="1D", status_on="02/11/2026")), made.primary)
    assert list(Enrolment.objects.order_by("starts_on").values_list("class_name", "ends_on")) == [
        ("1C", date(2026, 11, 2)),
        ("1D", None),
    ]


def test_the_whole_province_names_its_schools_by_any_code(made: Province) -> None:
    organisations.recode(organisation_id=made.other.pk, code="99200002", on=date(2025, 7, 1), source=SOURCE)
    refused = check(
        workbook(
            line(2, school_code=99010001),
            line(4, school_code="99010002"),
            line(6, school_code="12345678"),
            line(8, school_code="H99.10"),
            line(10),
            line(12, school_code="99010003"),
        ),
        None,
    )
    assert [sentence.split(":")[0] for sentence in selectors.import_errors(refused.pk)] == [
        "Dòng 4, cột Mã trường",
        "Dòng 5, cột Mã trường",
        "Dòng 6, cột Mã trường",
        "Dòng 7, cột Khối",
    ]
    wrong = check(workbook(line(2, school_code="99010002")), made.primary)
    assert "mã của trường khác" in selectors.import_errors(wrong.pk)[0]


def test_an_interrupted_import_goes_on_where_it_stopped(
    made: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.pupils.import_apply.LOT", 4)
    checked = check(workbook(*(line(number) for number in range(2, 24, 2))), made.primary)
    assert services.apply_next_rows(checked.pk) is False
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    assert services.apply_next_rows(checked.pk) is True
    assert Pupil.objects.count() == 4
    services.apply_import(checked.pk)
    services.apply_import(checked.pk)
    checked.refresh_from_db()
    assert (Pupil.objects.count(), checked.applied_count, checked.created_count) == (11, 11, 11)
    with pytest.raises(PupilRefusedError):
        services.confirm_import(import_id=checked.pk, revision=checked.revision)


def test_a_confirmed_file_is_written_as_a_duty(made: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.pupils.import_apply.LOT", 2)
    monkeypatch.setattr("portal.pupils.import_apply.BREATH", 0)
    checked = check(workbook(*(line(number) for number in range(2, 12, 2))), made.primary)
    services.confirm_import(import_id=checked.pk, revision=checked.revision)
    assert outbox.perform_due_duties() == 1
    assert outbox.perform_due_duties() == 0
    checked.refresh_from_db()
    assert (checked.state, checked.created_count) == (PupilImport.State.APPLIED, 5)


def test_what_nobody_wants_is_dropped(made: Province) -> None:
    checked = check(workbook(line(2)), made.primary)
    services.discard_import(import_id=checked.pk, revision=checked.revision)
    waiting = check(workbook(line(2)), made.primary)
    killed = check(workbook(line(2)), made.primary)
    long_ago = timezone.now() - timedelta(days=8)
    PupilImport.objects.filter(pk=waiting.pk).update(created_at=long_ago)
    PupilImport.objects.filter(pk=killed.pk).update(
        state=PupilImport.State.CHECKING, created_at=timezone.now() - timedelta(days=2)
    )
    assert services.discard_abandoned_imports() == 2
    assert not PupilImportRow.objects.exists()
    assert list(selectors.imports_of(made.primary.pk)) == []


def test_an_export_comes_back_as_it_went_out(made: Province) -> None:
    carry_out(workbook(line(2), line(4, full_name="Y Blô", class_name="-1B")), made.primary)
    out = BytesIO()
    assert services.export_pupils(school_ids=[made.primary.pk], out=out) == 2
    before = _snapshot()
    for school in (made.primary, None):
        again = carry_out(out, school)
        assert (again.row_count, again.changed_count, again.warning_count) == (2, 0, 0)
    assert _snapshot() == before
    assert services.export_pupils(school_ids=[made.other.pk], out=BytesIO()) == 0
    assert services.export_pupils(school_ids=None, out=BytesIO(), day=date(2026, 9, 1)) == 0
