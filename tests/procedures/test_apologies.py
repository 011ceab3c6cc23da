"""Late: found by the clock on the promised day, said sorry for once, by a sealed slip that names who answers for it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from portal.common.clock import ZONE
from portal.documents import services as documents
from portal.documents.models import GeneratedDocument
from portal.documents.signing import is_sealed_and_whole
from portal.documents.storage import read
from portal.notifications.models import Notice
from portal.procedures import selectors, services
from portal.procedures.models import Apology, Dossier
from portal.procedures.tasks import apologise as by_beat
from tests import doors
from tests.documents.test_papers_page import as_lan
from tests.documents.test_slips import words
from tests.procedures.town import Town, at_step, submitted


@pytest.fixture(autouse=True)
def own_seals(settings: Settings, tmp_path: Path) -> None:
    settings.SEALS_DIR = tmp_path / "seals"


@pytest.fixture
def dossier(town: Town) -> Dossier:
    return at_step(town, "principal_decides")


def on(dossier: Dossier, hour: int, *, days: int = 0) -> dt.datetime:
    """Give a moment of the due day, or of a day after it."""
    assert dossier.due_on is not None
    return dt.datetime.combine(dossier.due_on + dt.timedelta(days=days), dt.time(hour), ZONE)


def test_the_clock_says_sorry_in_the_afternoon_of_the_promised_day(town: Town, dossier: Dossier) -> None:
    assert services.apologise_where_late(now=on(dossier, 15)) == 0
    assert services.apologise_where_late(now=on(dossier, 16)) == 1
    assert services.apologise_where_late(now=on(dossier, 17)) == 0, "once"
    apology = Apology.objects.get()
    assert (apology.due_on, apology.automatic) == (dossier.due_on, True)
    assert apology.leader_name == "Hanh"
    after = selectors.dossier(dossier.pk)
    assert after.promised_on == apology.promised_on
    assert after.due_on == dossier.due_on, "the law's day stays"
    document = GeneratedDocument.objects.get(kind="apology")
    assert document.day == dossier.due_on, "it bears the promised day"
    assert documents.issue_document(document_id=document.pk)
    document.refresh_from_db()
    text = words(document)
    for expected in (
        "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        after.code or "",
        f"{apology.due_on:%d/%m/%Y}",
        f"{apology.promised_on:%d/%m/%Y}",
        "Người chịu trách nhiệm: Hanh",
        "Lý do chậm",
        "xin lỗi anh/chị",
    ):
        assert expected in text, expected
    assert is_sealed_and_whole(read(document.stored_name))
    notice = Notice.objects.get(template="dossier.apology")
    assert notice.recipient_id == town.lan.user_id
    page = as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    assert "Nơi giải quyết xin lỗi và hẹn lại" in page
    assert "Phiếu xin lỗi và hẹn lại ngày trả kết quả" in page


def test_three_working_days_are_counted_from_the_later_of_due_day_and_today(
    town: Town, dossier: Dossier
) -> None:
    services.apologise_where_late(now=on(dossier, 9, days=10))
    apology = Apology.objects.get()
    assert dossier.due_on is not None
    assert apology.promised_on >= dossier.due_on + dt.timedelta(days=13)


def test_what_waits_for_the_applicant_or_is_over_is_not_late(town: Town) -> None:
    paused = at_step(town, "principal_decides")
    services.request_supplement(
        dossier=paused, actor=town.actor(town.hanh), revision=paused.revision, note="Ghi rõ."
    )
    done = at_step(town, "principal_decides")
    services.grant_dossier(dossier=done, actor=town.actor(town.hanh), revision=done.revision)
    submitted(town)
    assert services.apologise_where_late(now=on(done, 17, days=30)) == 0


def test_an_officer_says_sorry_first_with_a_reason_and_a_day(town: Town, dossier: Dossier) -> None:
    clerk = doors.client(town.thang.user, second_factor=True)
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/hen-lai/"
    assert path in clerk.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    assert "Hanh" in clerk.get(path).content.decode()
    sent = {"revision": str(dossier.revision), "reason": " ", "days": "2"}
    assert "Ghi lý do chậm" in clerk.post(path, sent).content.decode()
    sent["reason"] = "Hiệu trưởng đi công tác."
    assert clerk.post(path, {**sent, "revision": "1"}).status_code == 302
    assert not Apology.objects.exists()
    assert clerk.post(path, sent).status_code == 302
    apology = Apology.objects.get()
    assert (apology.automatic, apology.reason) == (False, "Hiệu trưởng đi công tác.")
    assert clerk.get(path).status_code == 404
    assert services.apologise_where_late(now=on(dossier, 17, days=3)) == 0
    leaving = doors.client(town.thu.user, second_factor=True)
    assert leaving.get(path).status_code == 404


def test_who_moved_the_dossier_meanwhile_is_not_overrun(town: Town, dossier: Dossier) -> None:
    services.grant_dossier(dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision)
    with pytest.raises(services.OvertakenError):
        services.apologise(dossier=dossier, revision=dossier.revision, at=on(dossier, 17))
    assert not Apology.objects.exists()
    assert not GeneratedDocument.objects.filter(kind="apology").exists()


def test_beat_calls_it_often_enough(settings: Settings, town: Town, dossier: Dossier) -> None:
    rule = settings.CELERY_BEAT_SCHEDULE["apologise"]
    assert rule["task"] == "portal.procedures.apologise"
    assert rule["schedule"] <= dt.timedelta(minutes=15)
    assert by_beat() == 0


def test_an_office_without_a_leader_names_its_head(town: Town, dossier: Dossier) -> None:
    from portal.accounts.models import RoleAssignment

    RoleAssignment.objects.filter(role="principal").delete()
    name = selectors.responsible(dossier)
    assert name.startswith("Người đứng đầu Trường Tiểu học Ban Trắng") or name == ""
