"""Papers in the form flow: given by the writer, shown to those who may see, to nobody else."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.accounts.models import Look
from portal.accounts.sessions import SECOND_FACTOR
from portal.documents.models import PaperFile
from portal.outbox import services as outbox
from portal.outbox.models import Duty
from portal.procedures import services
from portal.procedures.models import Dossier, Draft
from tests.documents import files
from tests.procedures.town import TRANSFER, Town, written_draft

PLAN = "paper-plan"


@pytest.fixture
def draft(town: Town) -> Draft:
    """Give a draft that needs one paper: the child has an education plan."""
    return written_draft(town, disability=True)


def address(draft: Draft) -> str:
    return f"/nop/{TRANSFER}/{draft.public_id}/giay-to/"


def as_lan(town: Town) -> Client:
    client = Client()
    client.force_login(town.lan.user)
    return client


def as_officer(officer: object) -> Client:
    client = Client()
    user = officer.user  # type: ignore[attr-defined]  # an Officer; its class is another room's
    client.force_login(user)
    session = client.session
    session[SECOND_FACTOR] = user.pk
    session.save()
    return client


def photo(name: str = "trang.jpg") -> SimpleUploadedFile:
    return files.upload(files.jpeg(), name)


def test_a_dossier_without_its_paper_is_not_submitted(town: Town, draft: Draft) -> None:
    with pytest.raises(services.IncompleteDraftError) as refusal:
        services.submit_draft(draft=draft)
    assert refusal.value.pages == ["giay-to"]
    assert "Kế hoạch giáo dục cá nhân" in refusal.value.sentences[0]
    client = as_lan(town)
    assert client.get(f"/nop/{TRANSFER}/{draft.public_id}/trang/contact/").status_code == 200
    answer = client.get(f"/nop/{TRANSFER}/{draft.public_id}/kiem-tra/")
    assert address(draft) in answer.content.decode()
    answer = client.post(address(draft), {"continue": "1"})
    assert answer.status_code == 422
    assert "Chưa có “Kế hoạch giáo dục cá nhân”" in answer.content.decode()


def test_who_needs_no_paper_never_meets_the_page(town: Town) -> None:
    draft = written_draft(town)
    answer = as_lan(town).get(address(draft))
    assert answer["Location"].endswith("/kiem-tra/")
    assert services.submit_draft(draft=draft).pk


def test_papers_go_from_the_draft_to_the_dossier_and_stand_on_both_sides(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    answer = client.post(address(draft), {PLAN: [photo("a.jpg"), photo("b.jpg")], "continue": "1"})
    assert answer["Location"].endswith("/kiem-tra/")
    first = PaperFile.objects.earliest("position")
    check = client.get(answer["Location"]).content.decode()
    assert f"/giay-to/{first.public_id}/nho/" in check
    dossier = services.submit_draft(draft=draft)
    assert set(PaperFile.objects.values_list("subject_kind", "subject_id")) == {
        ("dossier", str(dossier.pk))
    }
    assert f"/giay-to/{first.public_id}/" in client.get(f"/ho-so/{dossier.public_id}/").content.decode()
    desk = as_officer(town.thang).get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    assert f"/giay-to/{first.public_id}/?xoay=90" in desk


def test_a_good_file_is_kept_though_another_is_bad(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    sent = {
        PLAN: [photo(), files.upload(files.archive(), "a.zip"), files.upload(files.blurry())],
        "continue": "1",
    }
    answer = client.post(address(draft), sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Tệp a.zip không phải ảnh hoặc PDF. Chọn tệp khác." in html
    assert "Ảnh hơi mờ. Nên chụp lại, nhưng vẫn nộp được." in html
    assert PaperFile.objects.count() == 2


def test_two_hundred_files_leave_twenty_and_a_sentence(town: Town, draft: Draft) -> None:
    small = files.jpeg(files.page_picture(40, 60))
    answer = as_lan(town).post(
        address(draft), {PLAN: [files.upload(small, f"{n}.jpg") for n in range(200)]}
    )
    assert answer.status_code == 422
    assert answer.content.decode().count("Mỗi lần gửi nhiều nhất 20 tệp") == 2, (
        "in the summary and at the field"
    )
    assert PaperFile.objects.count() == 20
    answer = as_lan(town).post(address(draft), {PLAN: [files.upload(small)]})
    assert "nhiều nhất 20 tệp" in answer.content.decode()
    assert PaperFile.objects.count() == 20


def test_a_file_that_is_too_large_is_skipped_while_it_is_read(town: Town, draft: Draft) -> None:
    large = files.upload(b"\xff\xd8\xff" + b"\0" * (16 * 1024 * 1024), "phim.jpg")
    answer = as_lan(town).post(address(draft), {PLAN: [photo("a.jpg"), large, photo("b.jpg")]})
    assert "Tệp phim.jpg lớn hơn 15 MB" in answer.content.decode()
    assert PaperFile.objects.count() == 2


def test_the_form_still_needs_its_token(town: Town, draft: Draft) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.lan.user)
    assert client.post(address(draft), {PLAN: photo()}).status_code == 403
    assert PaperFile.objects.count() == 0


def test_pages_are_turned_moved_and_removed_without_script(
    town: Town, draft: Draft, private_folder: Path
) -> None:
    client = as_lan(town)
    client.post(address(draft), {PLAN: [photo("a.jpg"), photo("b.jpg")], "act": "upload"})
    first, second = PaperFile.objects.all()
    client.post(address(draft), {"act": f"turn:{first.public_id}"})
    turned = PaperFile.objects.get(pk=first.pk)
    assert (turned.width, turned.height) == (first.height, first.width)
    client.post(address(draft), {"act": f"earlier:{second.public_id}"})
    assert [page.pk for page in PaperFile.objects.all()] == [second.pk, first.pk]
    client.post(address(draft), {"act": f"remove:{first.public_id}"})
    assert [page.pk for page in PaperFile.objects.all()] == [second.pk]
    for duty_id in Duty.objects.filter(kind="documents.erase").values_list("pk", flat=True):
        Duty.objects.filter(pk=duty_id).update(next_attempt_at=timezone.now())
    left = {str(path.relative_to(private_folder)) for path in private_folder.rglob("*.jpg")}
    assert {second.stored_name, second.preview_name, turned.stored_name} <= left, (
        "erased by a duty, not before"
    )


@pytest.mark.django_db(transaction=True)
def test_what_was_removed_is_erased_by_a_duty(private_folder: Path) -> None:
    from tests.procedures.town import build

    town = build()
    draft = written_draft(town, disability=True)
    client = as_lan(town)
    client.post(address(draft), {PLAN: [photo()], "act": "upload"})
    page = PaperFile.objects.get()
    client.post(address(draft), {"act": f"remove:{page.public_id}"})
    outbox.perform_due_duties()
    assert list(private_folder.rglob("*.jpg")) == []
    client.post(address(draft), {PLAN: [photo()], "act": "upload"})
    services.delete_draft(draft=draft)
    outbox.perform_due_duties()
    assert PaperFile.objects.count() == 0
    assert list(private_folder.rglob("*.jpg")) == []


def test_foreign_ids_do_nothing_and_tell_nothing(town: Town, draft: Draft) -> None:
    as_lan(town).post(address(draft), {PLAN: photo(), "act": "upload"})
    page = PaperFile.objects.get()
    tuan = Client()
    tuan.force_login(town.tuan.user)
    other = services.start_draft(citizen=town.tuan, procedure_code=TRANSFER)
    for act in (
        f"remove:{page.public_id}",
        f"turn:{page.public_id}",
        f"earlier:{uuid4()}",
        "remove:1",
        "x",
        "reuse:plan",
    ):
        tuan.post(address(other), {"act": act})
        tuan.post(address(draft), {"act": act})
    assert PaperFile.objects.get().stored_name == page.stored_name
    assert tuan.get(address(draft)).status_code == 404
    absent = uuid4()
    here, nowhere = tuan.get(f"/giay-to/{page.public_id}/"), tuan.get(f"/giay-to/{absent}/")
    assert here.status_code == nowhere.status_code == 404
    told = here.content.decode().replace(str(page.public_id), str(absent))
    assert told == nowhere.content.decode(), "the page names the address that was asked for, and no more"


def test_a_paper_is_seen_by_its_owner_and_by_those_who_work_on_it(town: Town, draft: Draft) -> None:
    lan = as_lan(town)
    lan.post(address(draft), {PLAN: photo(), "act": "upload"})
    url = f"/giay-to/{PaperFile.objects.get().public_id}/"
    assert as_officer(town.thang).get(url).status_code == 404, "a draft is nobody's but the writer's"
    dossier = services.submit_draft(draft=draft)
    answer = lan.get(url)
    assert answer.status_code == 200
    assert Look.objects.filter(purpose="paper").count() == 0, "one's own"
    assert as_officer(town.thang).get(url).status_code == 200
    look = Look.objects.get(purpose="paper")
    assert (look.subject_kind, look.subject_id) == ("dossier", str(dossier.pk))
    assert look.organisation_id == town.receiving.pk
    assert as_officer(town.far).get(url).status_code == 404
    assert as_officer(town.far).get(f"{url}nho/").status_code == 404
    assert Client().get(url).status_code == 302
    assert Client().get(f"{url}nho/").status_code == 404
    without_second_factor = Client()
    without_second_factor.force_login(town.thang.user)
    assert without_second_factor.get(url).status_code == 404


def test_nothing_that_is_served_can_run(town: Town, draft: Draft) -> None:
    lan = as_lan(town)
    lan.post(address(draft), {PLAN: [photo(), files.upload(files.pdf(), "b.pdf")], "act": "upload"})
    picture, document = (lan.get(f"/giay-to/{page.public_id}/") for page in PaperFile.objects.all())
    for answer in (picture, document):
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Disposition"].startswith("inline")
    assert document["Content-Type"] == "application/pdf"
    assert document["Content-Disposition"].startswith("attachment")


def test_a_paper_given_before_is_used_again(town: Town, draft: Draft) -> None:
    lan = as_lan(town)
    lan.post(address(draft), {PLAN: photo(), "continue": "1"})
    services.submit_draft(draft=draft)
    again = written_draft(town, disability=True)
    assert "Dùng lại bản đó" in lan.get(address(again)).content.decode()
    lan.post(address(again), {"act": "reuse:plan"})
    second = services.submit_draft(draft=again)
    one, two = PaperFile.objects.order_by("pk")
    assert two.subject_id == str(second.pk)
    assert one.sha256 == two.sha256
    assert one.stored_name != two.stored_name, "deleting one leaves the other"


def test_a_paper_that_the_answers_no_longer_call_for_stays_behind(town: Town, draft: Draft) -> None:
    as_lan(town).post(address(draft), {PLAN: photo(), "act": "upload"})
    draft.refresh_from_db()
    draft = services.save_page(
        draft=draft,
        page_name="reason",
        page_answers={"reason": "moved", "reason_words": None, "disability": False},
        revision=draft.revision,
    )
    services.submit_draft(draft=draft)
    assert PaperFile.objects.count() == 0


def test_a_draft_that_was_submitted_takes_no_more_papers(town: Town, draft: Draft) -> None:
    lan = as_lan(town)
    lan.post(address(draft), {PLAN: photo(), "continue": "1"})
    dossier = services.submit_draft(draft=draft)
    answer = lan.post(address(draft), {PLAN: photo()})
    assert answer["Location"].endswith(f"/ho-so/{dossier.public_id}/")
    with pytest.raises(services.SubjectClosedError):
        services.add_paper_file(draft=Draft.objects.get(pk=draft.pk), paper="plan", upload=photo())
    assert PaperFile.objects.count() == 1
    assert Dossier.objects.count() == 1


def test_the_page_speaks_english_too(town: Town, draft: Draft) -> None:
    answer = as_lan(town).get(f"/en{address(draft)}")
    assert "Individual education plan" in answer.content.decode()
