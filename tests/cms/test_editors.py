"""Who gets into Wagtail's editor and where they may write, and under which policy pages are served."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from cms.editors import follow_roles
from cms.models import HomePage, SchoolSitePage
from cms.services import UnknownSchoolError, open_school_site
from cms.workflow import EDITORS, PUBLISHERS
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


def test_a_schools_editor_writes_on_the_own_school_alone(client: Client, school: Organisation) -> None:
    other = people.school("H99.13", "Trường Tiểu học Nậm Ban")
    mine, theirs = open_school_site(code=school.code), open_school_site(code=other.code)
    editor = people.officer("bien-tap-truong", "editor", school)
    client.force_login(editor.user)
    home = HomePage.objects.get(locale__language_code="vi")
    assert client.get(f"/quan-tri/pages/{mine.pk}/edit/").status_code == 200
    assert client.get(f"/quan-tri/pages/{theirs.pk}/edit/").status_code == 302
    assert client.get(f"/quan-tri/pages/{home.pk}/edit/").status_code == 302
    explored = client.get(f"/quan-tri/pages/{mine.get_parent().pk}/").content.decode()
    assert other.name not in explored
    permissions = mine.permissions_for_user(editor.user)
    assert permissions.can_edit()
    assert not permissions.can_publish()


def test_a_school_gets_one_site_from_the_register(school: Organisation) -> None:
    first = open_school_site(code=school.code)
    assert open_school_site(code=school.code).pk == first.pk
    assert SchoolSitePage.objects.count() == 1
    assert first.title == school.name
    shown = Client().get(first.url).content.decode()
    assert "Tin của trường" in shown
    with pytest.raises(UnknownSchoolError):
        open_school_site(code="H99.404")


def test_writers_submit_editors_read_publishers_publish(client: Client, school: Organisation,
                                                        department: Organisation) -> None:  # fmt: skip
    site = open_school_site(code=school.code)
    writer = people.officer("viet", "editor", school)
    editor = people.officer("doc", "editor", department)
    publisher = people.officer("dang", "administrator", department)
    for officer in (writer, editor, publisher):
        follow_roles(officer.user)
    site.lead = "Trường nhỏ trên đồi."
    revision = site.save_revision(user=writer.user)
    workflow = site.get_workflow()
    assert [task.name for task in workflow.tasks] == ["Biên tập", "Duyệt đăng"]
    state = workflow.start(site, writer.user)
    assert "Trường nhỏ" not in Client().get(site.url).content.decode()
    first = state.current_task_state
    assert not _may_approve(first, site, writer.user)
    assert _may_approve(first, site, editor.user)
    first.approve(user=editor.user)
    state.refresh_from_db()
    second = state.current_task_state
    assert not _may_approve(second, site, editor.user)
    assert "Trường nhỏ" not in Client().get(site.url).content.decode()
    second.approve(user=publisher.user)
    site.refresh_from_db()
    assert site.live_revision_id == revision.pk
    assert "Trường nhỏ trên đồi." in Client().get(site.url).content.decode()


def _may_approve(state: object, page: Page, user: object) -> bool:
    task = state.task.specific  # type: ignore[attr-defined]  # Wagtail ships no types
    return "approve" in [name for name, _label, _more in task.get_actions(page, user)]


def test_editors_hand_on_and_do_not_publish() -> None:
    def codes(group: str) -> set[str]:
        found = GroupPagePermission.objects.filter(group__name=group)
        return set(found.values_list("permission__codename", flat=True))

    assert "publish_page" not in codes(EDITORS)
    assert "publish_page" in codes(PUBLISHERS)


def test_strangers_are_led_to_the_officers_sign_in(client: Client) -> None:
    answer = client.get("/quan-tri/")
    assert answer.status_code == 302
    assert "dang-nhap" in answer["Location"]


def test_only_the_editor_allows_inline_scripts(client: Client, department: Organisation) -> None:
    client.force_login(people.officer("bien-tap", "editor", department).user)
    assert "unsafe-inline" in client.get("/quan-tri/")["Content-Security-Policy"]
    for path in ("/", "/thu-tuc/", "/dang-nhap/", "/ho-so/tra-cuu/", "/tim-kiem/", "/truong-hoc/"):
        assert "unsafe" not in client.get(path)["Content-Security-Policy"]
