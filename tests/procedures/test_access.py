"""The form flow: Lan writes; Tuấn, the officers and strangers can neither read nor change nor submit it."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.procedures import services
from portal.procedures.models import Dossier, Draft, FeeRow
from tests import doors
from tests.procedures import town as towns

pytestmark = pytest.mark.django_db

CODE = towns.TRANSFER
PAGES = (
    f"/nop/{CODE}/{{id}}/kiem-tra/",
    f"/nop/{CODE}/{{id}}/xoa/",
    f"/nop/{CODE}/{{id}}/trang/child/",
    f"/nop/{CODE}/{{id}}/trang/contact/",
    f"/nop/{CODE}/{{id}}/trang/not-a-page/",
)
TICKED = {"declaration-0": "on", "declaration-1": "on", "declaration-2": "on"}


@pytest.fixture
def town() -> towns.Town:
    return towns.build()


@pytest.fixture
def draft(town: towns.Town) -> Draft:
    return towns.written_draft(town)


def _others(town: towns.Town) -> dict[str, tuple[Client, int]]:
    return {
        "another citizen": (doors.client(town.tuan.user), 404),
        "the clerk": (doors.client(town.thang.user, second_factor=True), 403),
        "the clerk without second factor": (doors.client(town.thang.user), 403),
        "a stranger": (doors.client(), 302),
    }


def test_the_writer_begins_saves_and_goes_on(town: towns.Town) -> None:
    lan = doors.client(town.lan.user)
    assert lan.get(f"/nop/{CODE}/").status_code == 200
    begun = lan.post(f"/nop/{CODE}/")
    draft = Draft.objects.get()
    assert begun["Location"] == f"/nop/{CODE}/{draft.public_id}/trang/child/"
    saved = lan.post(begun["Location"], {"child": town.minh.pk, "revision": "0"})
    assert saved["Location"] == f"/nop/{CODE}/{draft.public_id}/trang/destination/"
    assert Draft.objects.get().done_pages == ["child"]


def test_the_writer_submits_once(town: towns.Town, draft: Draft) -> None:
    lan, path = doors.client(town.lan.user), f"/nop/{CODE}/{draft.public_id}/kiem-tra/"
    shown = lan.get(path)
    assert (shown.status_code, "no-store" in shown["Cache-Control"]) == (200, True)
    assert lan.post(path, {}).status_code == 422
    first, second = lan.post(path, TICKED), lan.post(path, TICKED)
    assert first["Location"] == second["Location"] == f"/ho-so/{Dossier.objects.get().public_id}/"
    assert lan.get(f"/nop/{CODE}/{draft.public_id}/trang/child/")["Location"] == first["Location"]


def test_the_writer_deletes(town: towns.Town, draft: Draft) -> None:
    lan, path = doors.client(town.lan.user), f"/nop/{CODE}/{draft.public_id}/xoa/"
    assert lan.get(path).status_code == 200
    assert lan.post(path).status_code == 302
    assert Draft.objects.get().state == Draft.State.DELETED
    assert Draft.objects.get().answers == {}
    assert {lan.get(path).status_code, lan.post(path).status_code} == {410}


@pytest.mark.parametrize("pattern", PAGES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_not_yours_and_not_there_look_alike(
    town: towns.Town, draft: Draft, pattern: str, method: str
) -> None:
    data = {**TICKED, "child": town.minh.pk, "phone": "0911", "revision": str(draft.revision)}
    for who, (client, status) in _others(town).items():
        assert doors.equal_answers(client, method, pattern, draft.public_id, data) == status, who


@pytest.mark.parametrize("state", ["submitted", "deleted"])
def test_a_draft_that_ended_tells_others_as_little(town: towns.Town, draft: Draft, state: str) -> None:
    if state == "submitted":
        services.submit_draft(draft=draft)
    else:
        services.delete_draft(draft=draft)
    for who, (client, status) in _others(town).items():
        for pattern in PAGES:
            assert doors.equal_answers(client, "GET", pattern, draft.public_id) == status, who


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("page", ["kiem-tra/", "xoa/", "trang/child/"])
def test_a_draft_is_no_draft_of_another_procedure(
    town: towns.Town, draft: Draft, page: str, method: str
) -> None:
    lan = doors.client(town.lan.user)
    before = doors.contents()
    for code in ("2.002857", "9.999999"):
        answer = doors.ask(lan, method, f"/nop/{code}/{draft.public_id}/{page}", TICKED)
        assert answer[0] == 404
    assert doors.contents() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("code", ["9.999999", "%00", "x" * 10_000, "2.002854%00"])
def test_a_procedure_that_is_none_begins_nothing(town: towns.Town, code: str, method: str) -> None:
    lan = doors.client(town.lan.user)
    before = doors.contents()
    assert doors.ask(lan, method, f"/nop/{code}/")[0] == 404
    assert doors.contents() == before


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_citizens_begin(town: towns.Town, method: str) -> None:
    before = None
    for who, (client, status) in _others(town).items():
        if who == "another citizen":
            continue
        before = before or doors.contents()
        assert doors.ask(client, method, f"/nop/{CODE}/")[0] == status, who
    officers_signed_in = doors.contents()
    assert officers_signed_in["procedures.draft"] == []


def test_another_familys_child_is_no_choice_and_tells_nothing(town: towns.Town) -> None:
    tuan = doors.client(town.tuan.user)
    own = services.start_draft(citizen=town.tuan, procedure_code=CODE)
    path = f"/nop/{CODE}/{own.public_id}/trang/child/"
    assert town.minh.full_name not in tuan.get(path).content.decode()
    before = doors.contents()
    taken = doors.ask(tuan, "POST", path, {"child": town.minh.pk, "revision": "0"})
    assert taken[0] == 422
    assert taken == doors.ask(tuan, "POST", path, {"child": town.minh.pk + 999, "revision": "0"})
    assert doors.contents() == before


def test_a_draft_with_another_familys_child_is_not_submitted(town: towns.Town) -> None:
    """As if the link had ended since, or the form had been got round."""
    own = services.start_draft(citizen=town.tuan, procedure_code=CODE)
    for page, answers in towns.pages(town).items():
        own = services.save_page(draft=own, page_name=page, page_answers=answers, revision=own.revision)
    answer = doors.client(town.tuan.user).post(f"/nop/{CODE}/{own.public_id}/kiem-tra/", TICKED)
    assert answer.status_code == 422
    assert town.minh.full_name not in answer.content.decode()
    assert town.leaving.name not in answer.content.decode()
    assert not Dossier.objects.exists()


def test_without_a_fee_in_force_nothing_is_promised_and_the_draft_waits(
    town: towns.Town, draft: Draft
) -> None:
    FeeRow.objects.filter(procedure_code=CODE).update(valid_to="2026-01-01")
    lan, path = doors.client(town.lan.user), f"/nop/{CODE}/{draft.public_id}/kiem-tra/"
    assert "chưa nộp được" in lan.get(path).content.decode()
    refused = lan.post(path, TICKED)
    assert (refused.status_code, "chưa nộp được" in refused.content.decode()) == (422, True)
    assert lan.get(f"/nop/{CODE}/").status_code == 404
    assert Draft.objects.get().state == Draft.State.WRITING


def test_a_form_from_another_site_changes_nothing(town: towns.Town, draft: Draft) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.lan.user, backend="django.contrib.auth.backends.ModelBackend")
    before = doors.contents()
    for page in ("kiem-tra/", "xoa/", "trang/child/"):
        assert client.post(f"/nop/{CODE}/{draft.public_id}/{page}", TICKED).status_code == 403
    assert doors.contents() == before
