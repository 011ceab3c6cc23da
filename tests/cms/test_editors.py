"""Who gets into Wagtail's editor, and under which policy pages are served."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cms.editors import follow_roles
from cms.models import HomePage
from portal.accounts.models import RoleAssignment
from portal.common.clock import local_day
from portal.organisations.models import Organisation
from tests.accounts import people
from tests.factories.registers import DepartmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> Organisation:
    return DepartmentFactory.create()


@pytest.fixture
def school(department: Organisation) -> Organisation:
    return people.school()


def test_an_editor_writes_and_a_clerk_does_not(
    client: Client, department: Organisation, school: Organisation
) -> None:
    editor = people.officer("bien-tap", "editor", department)
    clerk = people.officer("van-thu", "school_clerk", school)
    page = HomePage.objects.first()
    assert page is not None
    client.force_login(editor.user)
    assert client.get("/quan-tri/").status_code == 200
    assert client.get(f"/quan-tri/pages/{page.pk}/edit/").status_code == 200
    client.force_login(clerk.user)
    assert client.get("/quan-tri/").status_code == 302
    assert client.get(f"/quan-tri/pages/{page.pk}/edit/").status_code == 302


@pytest.mark.parametrize("role", ["editor", "administrator"])
def test_a_schools_editor_or_administrator_does_not_write_for_the_province(
    client: Client, school: Organisation, role: str
) -> None:
    client.force_login(people.officer("truong", role, school).user)
    assert client.get("/quan-tri/").status_code == 302


def test_a_role_that_ended_opens_nothing_at_the_next_sign_in(
    client: Client, department: Organisation
) -> None:
    editor = people.officer("bien-tap", "editor", department)
    client.force_login(editor.user)
    assert client.get("/quan-tri/").status_code == 200
    RoleAssignment.objects.update(valid_to=local_day(timezone.now()) - dt.timedelta(days=1))
    follow_roles(editor.user)
    assert client.get("/quan-tri/").status_code == 302
    assert not editor.user.groups.exists()


def test_strangers_are_led_to_the_officers_sign_in(client: Client) -> None:
    answer = client.get("/quan-tri/")
    assert answer.status_code == 302
    assert "dang-nhap" in answer["Location"]


def test_only_the_editor_allows_inline_scripts(client: Client, department: Organisation) -> None:
    client.force_login(people.officer("bien-tap", "editor", department).user)
    assert "unsafe-inline" in client.get("/quan-tri/")["Content-Security-Policy"]
    for path in ("/", "/thu-tuc/", "/dang-nhap/", "/ho-so/tra-cuu/"):
        assert "unsafe" not in client.get(path)["Content-Security-Policy"]
