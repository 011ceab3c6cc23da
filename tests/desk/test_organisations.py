"""The register of organisations at the desk: who reads, who changes, what a refusal says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from portal.organisations import services
from portal.organisations.models import Organisation, OrganisationEvent, OrganisationPeriod
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words
from tests.organisations.build import SOURCE, commune
from tests.pupils.build import enrolled

pytestmark = pytest.mark.django_db
LIST = f"{DESK}don-vi/"
DAY = {"on-day": "1", "on-month": "1", "on-year": "2027", "source": "Quyết định 12/QĐ-UBND"}


@pytest.fixture
def office() -> Office:
    return build()


def change(client: Client, place: Organisation, action: str, **said: Any) -> Any:
    return client.post(f"{LIST}{place.pk}/doi/{action}/", {**DAY, **said})


def test_communes_are_listed_with_their_schools_counted(office: Office) -> None:
    page = words(sign_in(office.ngoc), LIST)
    assert "Xã Nậm Ban" in page
    assert '<td role="cell" data-l="Số trường trực thuộc" class="amount">3</td>' in page


@pytest.mark.parametrize("query", ["ban trang", "Ban Trắng", "99010002", "TH ban trang"])
def test_a_school_is_found_by_name_type_or_code(office: Office, query: str) -> None:
    page = sign_in(office.quan).get(LIST, {"q": query}).content.decode()
    assert "Trường Tiểu học Ban Trắng" in page
    assert "Trường THCS Hoa Ban" not in page


def test_a_former_name_finds_the_school_and_its_page_tells_the_history(office: Office) -> None:
    school = office.province.primary
    services.rename(
        organisation_id=school.pk, name="Trường Tiểu học Bản Mòn", on=date(2025, 7, 1), source=SOURCE
    )
    client = sign_in(office.ngoc)
    assert "Trường Tiểu học Bản Mòn" in client.get(LIST, {"q": "tieu hoc nam ban"}).content.decode()
    page = words(client, f"{LIST}{school.pk}/")
    assert "Trường Tiểu học Nậm Ban" in page
    assert "01/07/2025" in page


def test_successions_stand_on_both_pages(office: Office) -> None:
    other = commune(office.department, "H99.11", "Xã Phiêng Lúa")
    services.merge(
        predecessor_ids=[other.pk], successor_id=office.province.ward.pk, on=date(2025, 7, 1), source=SOURCE
    )
    client = sign_in(office.ngoc)
    assert "Xã Nậm Ban" in words(client, f"{LIST}{other.pk}/")
    assert "Xã Phiêng Lúa" in words(client, f"{LIST}{office.province.ward.pk}/")


def test_a_rename_is_reviewed_then_written_with_its_source_and_officer(office: Office) -> None:
    client, school = sign_in(office.ngoc), office.province.primary
    review = change(client, school, "doi-ten", name="Trường Tiểu học Bản Mòn")
    assert review.status_code == 200
    page = review.content.decode()
    assert "Trường Tiểu học Bản Mòn" in page
    assert "01/01/2027" in page
    assert OrganisationPeriod.objects.filter(organisation=school).count() == 1

    done = change(client, school, "doi-ten", name="Trường Tiểu học Bản Mòn", confirm="1")
    assert done.status_code == 302
    assert OrganisationPeriod.objects.filter(organisation=school).count() == 2
    event = OrganisationEvent.objects.get()
    assert (event.action, event.actor, event.on) == ("renamed", office.ngoc.user, date(2027, 1, 1))
    assert office.ngoc.full_name in words(client, f"{LIST}{school.pk}/")


def test_a_school_is_moved_under_another_commune(office: Office) -> None:
    other = commune(office.department, "H99.11", "Xã Phiêng Lúa")
    client = sign_in(office.quan)
    change(client, office.province.primary, "chuyen", parent=other.pk, confirm="1")
    last = OrganisationPeriod.objects.filter(organisation=office.province.primary).latest("valid_from")
    assert last.parent == other


def test_a_school_with_pupils_or_a_commune_with_schools_does_not_end(office: Office) -> None:
    enrolled(office.province.primary)
    client = sign_in(office.ngoc)
    refused = change(client, office.province.primary, "ket-thuc", confirm="1")
    assert refused.status_code == 422
    assert "Ngày đó trường còn 1 học sinh" in refused.content.decode()
    refused = change(client, office.province.ward, "ket-thuc", confirm="1")
    assert refused.status_code == 422
    assert "còn thuộc đơn vị này" in refused.content.decode()
    assert not Organisation.objects.filter(closed_on__isnull=False).exists()
    assert not OrganisationEvent.objects.exists()


def test_an_empty_school_ends_and_is_then_past_changing(office: Office) -> None:
    client, school = sign_in(office.ngoc), office.province.primary
    assert change(client, school, "ket-thuc", confirm="1").status_code == 302
    assert "Sẽ kết thúc ngày 01/01/2027" in words(client, f"{LIST}{school.pk}/")
    assert change(client, school, "doi-ten", name="X").status_code == 404


def test_a_change_before_the_last_known_one_is_refused_at_the_form(office: Office) -> None:
    school = office.province.primary
    services.rename(
        organisation_id=school.pk, name="Trường Tiểu học Bản Mòn", on=date(2028, 1, 1), source=SOURCE
    )
    refused = change(sign_in(office.ngoc), school, "doi-ten", name="Trường Mới", confirm="1")
    assert refused.status_code == 422
    assert "Chọn ngày sau đó" in refused.content.decode()


@pytest.mark.parametrize(
    ("action", "said", "sentence"),
    [
        ("doi-ten", {"name": ""}, "Ghi tên mới của đơn vị."),
        ("doi-ten", {"name": "x" * 201}, "Tên dài quá 200 ký tự"),
        ("doi-ten", {"name": "X", "source": " "}, "Ghi văn bản làm căn cứ."),
        ("doi-ten", {"name": "X", "on-month": "13"}, "Tháng là số từ 1 đến 12."),
        ("doi-ten", {"name": "Trường Tiểu học Nậm Ban", "confirm": "1"}, "Đơn vị đang mang tên này"),
        ("chuyen", {"parent": ""}, "Chọn đơn vị cấp trên."),
        ("chuyen", {"parent": "999999"}, "Chọn đơn vị trong danh sách."),
        ("chuyen", {"parent": "x'); --"}, "Chọn đơn vị trong danh sách."),
        ("ket-thuc", {"on-day": "31", "on-month": "2"}, "Tháng 2 chỉ có 28 ngày"),
    ],
)
def test_bad_input_is_told_at_the_field_and_changes_nothing(
    office: Office, action: str, said: dict[str, str], sentence: str
) -> None:
    answer = change(sign_in(office.ngoc), office.province.primary, action, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not OrganisationEvent.objects.exists()


@pytest.mark.parametrize("name", ["thu", "hanh", "son", "lan"])
def test_others_neither_read_nor_change(office: Office, name: str) -> None:
    client, school = sign_in(getattr(office, name)), office.province.primary
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{school.pk}/").status_code == 403
    assert change(client, school, "doi-ten", name="X", confirm="1").status_code == 403
    assert not OrganisationEvent.objects.exists()


def test_an_administrator_of_one_school_changes_no_other(office: Office) -> None:
    local = people.officer("local", "administrator", office.province.primary)
    client = sign_in(local)
    assert change(client, office.province.other, "doi-ten", name="X", confirm="1").status_code == 404
    assert "Đổi tên" not in words(client, f"{LIST}{office.province.other.pk}/")
    assert not OrganisationEvent.objects.exists()


def test_what_is_not_there_is_not_found(office: Office) -> None:
    client = sign_in(office.ngoc)
    assert client.get(f"{LIST}999999/").status_code == 404
    assert change(client, office.province.primary, "xoa", confirm="1").status_code == 404


def test_the_number_of_queries_does_not_grow(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        commune(office.department, f"H99.2{number:02}", f"Xã Thứ {number}")
    client = sign_in(office.ngoc)
    with django_assert_max_num_queries(10):
        client.get(LIST)
    with django_assert_max_num_queries(16):
        client.get(f"{LIST}{office.department.pk}/")
