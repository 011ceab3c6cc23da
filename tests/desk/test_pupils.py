"""Pupils of the officer's school: who sees them, how they are found, what is recorded."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from portal.accounts.models import Look, Officer
from portal.pupils import services
from portal.pupils.models import Enrolment
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words
from tests.factories.registers import personal_id
from tests.pupils.build import enrolled

pytestmark = pytest.mark.django_db
LIST = f"{DESK}hoc-sinh/"


@pytest.fixture
def office() -> Office:
    return build()


def several(office: Office) -> list[Enrolment]:
    own = office.province.primary
    return [
        enrolled(own, 1, full_name="Lò Thị Đào"),
        enrolled(own, 2, full_name="Giàng A Páo"),
        enrolled(office.province.other, 3, full_name="Quàng Văn Xa"),
    ]


@pytest.mark.parametrize("name", ["hanh", "thu"])
def test_clerk_and_principal_see_their_schools_pupils_and_nobody_elses(office: Office, name: str) -> None:
    several(office)
    page = words(sign_in(getattr(office, name)), LIST)
    assert "Lò Thị Đào" in page
    assert "Giàng A Páo" in page
    assert "Quàng Văn Xa" not in page


def test_the_list_holds_no_personal_id_and_the_page_masks_it(office: Office) -> None:
    mine = several(office)[0]
    client = sign_in(office.thu)
    assert personal_id(1) not in words(client, LIST)
    page = words(client, f"{LIST}{mine.pupil_id}/")
    assert personal_id(1) not in page
    assert "999 ••• ••• 001" in page


@pytest.mark.parametrize(
    ("query", "found"), [("dao", True), ("Đào", True), ("thi dao", True), ("xa", False)]
)
def test_names_are_found_with_marks_and_without(office: Office, query: str, found: bool) -> None:
    several(office)
    page = sign_in(office.thu).get(LIST, {"q": query}).content.decode()
    assert ("Lò Thị Đào" in page) is found
    assert "Giàng A Páo" not in page


def test_a_class_is_listed_alone(office: Office) -> None:
    several(office)
    client = sign_in(office.thu)
    assert "Giàng A Páo" in client.get(LIST, {"lop": "1A"}).content.decode()
    assert "Giàng A Páo" not in client.get(LIST, {"lop": "5Z"}).content.decode()


def test_pages_of_thirty(office: Office) -> None:
    for number in range(31):
        enrolled(office.province.primary, 100 + number)
    client = sign_in(office.thu)
    assert client.get(LIST).content.decode().count('<th scope="row"') == 30
    assert client.get(LIST, {"trang": "2"}).content.decode().count('<th scope="row"') == 1


@pytest.mark.parametrize("name", ["far", "ngoc", "quan", "son"])
def test_who_works_elsewhere_finds_no_pupil(office: Office, name: str) -> None:
    mine = several(office)[0]
    client = sign_in(getattr(office, name))
    assert client.get(f"{LIST}{mine.pupil_id}/").status_code in {403, 404}
    assert client.get(LIST, {"truong": office.province.primary.pk}).status_code in {200, 403, 404}
    assert "Lò Thị Đào" not in client.get(LIST, {"truong": office.province.primary.pk}).content.decode()
    assert not Look.objects.filter(subject_kind="pupil").exists()


def test_a_citizen_and_an_officer_without_second_factor_stay_outside(office: Office) -> None:
    several(office)
    assert sign_in(office.lan).get(LIST).status_code == 403
    client = sign_in(office.thu)
    session = client.session
    del session["second_factor"]
    session.save()
    assert client.get(LIST).status_code == 302


def test_a_pupil_who_moved_away_is_the_next_schools(office: Office) -> None:
    mine = several(office)[0]
    services.move_pupil(
        pupil_id=mine.pupil_id,
        to_school_id=office.province.other.pk,
        grade=1,
        class_name="1B",
        school_year="2026-2027",
        on=date(2026, 10, 1),
        cause="dossier:1",
    )
    assert sign_in(office.thu).get(f"{LIST}{mine.pupil_id}/").status_code == 404
    page = words(sign_in(office.far), f"{LIST}{mine.pupil_id}/")
    assert "Trường Tiểu học Nậm Ban" in page
    assert "Trường Tiểu học Ban Trắng" in page


def test_looks_are_recorded_with_the_school(office: Office) -> None:
    mine = several(office)[0]
    client = sign_in(office.thu)
    client.get(LIST)
    client.get(f"{LIST}{mine.pupil_id}/")
    client.get(f"{LIST}xuat/")
    own = office.province.primary.pk
    assert list(
        Look.objects.order_by("pk").values_list("subject_kind", "subject_id", "purpose", "organisation_id")
    ) == [
        ("pupil-list", str(own), "list", own),
        ("pupil", str(mine.pupil_id), "register", own),
        ("pupil-list", str(own), "export", own),
    ]


def names_in(content: bytes) -> list[str]:
    rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    return [str(row[3]) for row in rows]


def test_a_school_exports_its_own_and_can_import_that_again(office: Office) -> None:
    several(office)
    response = sign_in(office.thu).get(f"{LIST}xuat/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert names_in(response.content) == ["Giàng A Páo", "Lò Thị Đào"]
    assert sign_in(office.thu).get(f"{LIST}xuat/", {"truong": office.province.other.pk}).status_code == 404


def test_the_department_exports_a_commune_or_the_province_and_the_school_may_not(
    office: Office, settings: Settings
) -> None:
    several(office)
    client = sign_in(office.ngoc)
    everybody = client.get(f"{LIST}xuat/tinh/", {"commune": "tinh"})
    assert len(names_in(everybody.content)) == 3
    ward = client.get(f"{LIST}xuat/tinh/", {"commune": str(office.province.ward.pk)})
    assert len(names_in(ward.content)) == 3
    assert client.get(f"{LIST}xuat/tinh/", {"commune": "0"}).status_code == 302
    for officer in (office.thu, office.quan):
        assert sign_in(officer).get(f"{LIST}xuat/tinh/", {"commune": "tinh"}).status_code == 403
    settings.PUPIL_EXPORT_MAX_ROWS = 2
    refused = client.get(f"{LIST}xuat/tinh/", {"commune": "tinh"}, follow=True)
    assert "Xuất từng xã" in refused.content.decode()


def test_the_department_officer_of_one_school_has_no_province(office: Office) -> None:
    local: Officer = people.officer("local", "department_officer", office.province.primary)
    assert sign_in(local).get(LIST).status_code == 404
    assert sign_in(local).get(f"{LIST}xuat/tinh/", {"commune": "tinh"}).status_code == 404


def test_the_number_of_queries_does_not_grow(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(25):
        enrolled(office.province.primary, 100 + number)
    client = sign_in(office.thu)
    with django_assert_max_num_queries(12):
        client.get(LIST)
    somebody = Enrolment.objects.earliest("pk")
    with django_assert_max_num_queries(10):
        client.get(f"{LIST}{somebody.pupil_id}/")
