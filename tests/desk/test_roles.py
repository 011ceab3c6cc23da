"""Roles at the desk: given, ended and lent by an administrator, and by nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.accounts.models import RoleAssignment
from portal.accounts.selectors import has_role, today
from portal.organisations.models import Organisation
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words

pytestmark = pytest.mark.django_db
START = {"valid_from-day": "1", "valid_from-month": "9", "valid_from-year": "2026"}


@pytest.fixture
def office() -> Office:
    return build()


def at(place: Organisation) -> str:
    return f"{DESK}don-vi/{place.pk}/vai-tro/"


def on(day: date, name: str) -> dict[str, Any]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def held(office: Office) -> RoleAssignment:
    return RoleAssignment.objects.get(officer=office.hanh)


def test_a_role_is_given_from_a_day_by_user_name(office: Office) -> None:
    place, client = office.province.other, sign_in(office.quan)
    answer = client.post(at(place), {"username": "son", "role": "finance", **START}, follow=True)
    assert "01/09/2026" in answer.content.decode()
    given = RoleAssignment.objects.get(role="finance")
    assert (given.officer, given.organisation, given.assigned_by) == (office.son, place, office.quan.user)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"username": "nobody"}, "Không có cán bộ nào mang tên đăng nhập này"),
        ({"username": "quan"}, "không tự giao vai trò cho chính mình"),
        ({"username": "far", "role": "school_clerk"}, "đã có vai trò đó"),
        ({"role": "department_officer"}, "Chọn vai trò trong danh sách."),
        ({"role": ""}, "Chọn vai trò."),
        ({"valid_from-day": "99"}, "Tháng 9 chỉ có 30 ngày"),
        (
            {"valid_to-day": "1", "valid_to-month": "9", "valid_to-year": "2026"},
            "Ngày kết thúc phải sau ngày bắt đầu",
        ),
    ],
)
def test_what_cannot_be_given_is_told_and_nothing_is_written(
    office: Office, said: dict[str, str], sentence: str
) -> None:
    before = RoleAssignment.objects.count()
    answer = sign_in(office.quan).post(
        at(office.province.other), {"username": "son", "role": "finance", **START, **said}
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert RoleAssignment.objects.count() == before


def test_a_role_is_ended(office: Office) -> None:
    client = sign_in(office.quan)
    path = f"{DESK}don-vi/vai-tro/{held(office).pk}/ket-thuc/"
    assert "Hanh" in words(client, path)
    early = client.post(path, on(date(2020, 1, 1), "on"))
    assert early.status_code == 422
    assert "kết thúc vai trò của Hanh" in client.post(path, on(today(), "on"), follow=True).content.decode()
    assert not has_role(office.hanh.user, office.province.primary.pk)
    assert RoleAssignment.objects.get(officer=office.hanh).ended_by == office.quan.user
    assert "Hanh" not in words(client, at(office.province.primary))
    assert "Hanh" in words(client, f"{at(office.province.primary)}?truoc")


def test_a_role_is_lent_for_a_leave(office: Office) -> None:
    client = sign_in(office.quan)
    path = f"{DESK}don-vi/vai-tro/{held(office).pk}/giao-thay/"
    days = {**on(today(), "valid_from"), **on(today() + timedelta(days=5), "valid_to")}
    assert client.post(path, {"username": "hanh", **days}).status_code == 422
    assert client.post(path, {"username": "quan", **days}).status_code == 422
    assert client.post(path, {"username": "thu", **days}).status_code == 302
    assert has_role(office.thu.user, office.province.primary.pk, "principal")
    assert "làm thay Hanh" in words(client, at(office.province.primary))


@pytest.mark.parametrize("name", ["thu", "hanh", "ngoc", "son", "lan", "local"])
def test_others_neither_see_nor_give_nor_end_nor_lend(office: Office, name: str) -> None:
    local = people.officer("local", "administrator", office.province.other)
    client = sign_in(local if name == "local" else getattr(office, name))
    before = list(RoleAssignment.objects.order_by("pk").values())
    place, own = office.province.primary, held(office).pk
    days = {**on(today(), "valid_from"), **on(today() + timedelta(days=5), "valid_to")}
    answers = [
        client.get(at(place)),
        client.post(at(place), {"username": "far", "role": "principal", **START}),
        client.post(f"{DESK}don-vi/vai-tro/{own}/ket-thuc/", on(today(), "on")),
        client.post(f"{DESK}don-vi/vai-tro/{own}/giao-thay/", {"username": "far", **days}),
    ]
    assert {answer.status_code for answer in answers} <= {403, 404}
    assert list(RoleAssignment.objects.order_by("pk").values()) == before


def test_the_administrator_of_a_school_gives_roles_there(office: Office) -> None:
    local = people.officer("local", "administrator", office.province.other)
    answer = sign_in(local).post(at(office.province.other), {"username": "son", "role": "finance", **START})
    assert answer.status_code == 302
    assert RoleAssignment.objects.filter(role="finance").exists()


def test_what_is_not_there_is_not_found(office: Office) -> None:
    assert sign_in(office.quan).get(f"{DESK}don-vi/vai-tro/999999/ket-thuc/").status_code == 404
