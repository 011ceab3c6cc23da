"""What people send by mistake or on purpose, through the doors that they use: a sentence, and nothing is lost or shown."""

from __future__ import annotations

import unicodedata
from uuid import uuid4

import pytest

from portal.accounts.models import Citizen
from portal.documents.models import PaperFile
from portal.procedures import selectors, services
from portal.procedures.models import Dossier, Draft
from tests import doors
from tests.documents import files
from tests.documents.test_papers_page import address, as_lan
from tests.procedures.town import TRANSFER, Town, submitted, written_draft

BAD_FILES = {
    "a zip named .jpg": (files.archive, "anh.jpg", "không phải ảnh hoặc PDF"),
    "20,000 × 20,000 px": (files.huge_png, "anh.png", "quá nhiều điểm ảnh"),
    "a truncated HEIC": (lambda: files.heic()[:2_000], "anh.heic", "bị hỏng hoặc thiếu một phần"),
    "a PDF with a script": (files.pdf_with_script, "a.pdf", "có kèm mã lệnh"),
    "a PDF with a password": (files.pdf_with_password, "a.pdf", "có mật khẩu"),
    "a PDF that is a zip, too": (lambda: files.pdf() + files.archive(), "a.pdf", "phần lạ ghép vào"),
    "a picture that is a zip, too": (lambda: files.archive() + files.jpeg(), "a.jpg", "không phải ảnh"),
    "nothing": (lambda: b"", "a.jpg", "trống"),
}


@pytest.fixture
def draft(town: Town) -> Draft:
    return written_draft(town, disability=True)


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_told_in_a_sentence_beside_a_good_one(town: Town, draft: Draft, what: str) -> None:
    make, name, sentence = BAD_FILES[what]
    sent = {"paper-plan": [files.upload(make(), name), files.upload(files.jpeg(), "tot.jpg")]}
    answer = as_lan(town).post(address(draft), {**sent, "continue": "1"})
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True), html[-3_000:]
    assert PaperFile.objects.count() == 1, "the good one is kept"
    assert "Traceback" not in html


@pytest.mark.parametrize("what", BAD_FILES)
def test_the_answer_to_a_supplement_is_as_careful(town: Town, what: str) -> None:
    make, name, sentence = BAD_FILES[what]
    dossier = submitted(town, disability=True)
    dossier = services.request_supplement(
        dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision, note="Gửi lại."
    )
    path = f"/ho-so/{dossier.public_id}/bo-sung/"
    sent = {
        "revision": dossier.revision,
        "note": "Đây là câu trả lời.",
        "paper-plan": files.upload(make(), name),
    }
    answer = as_lan(town).post(path, sent)
    html = answer.content.decode()
    assert (answer.status_code, sentence in html) == (422, True)
    assert "Đây là câu trả lời." in html, "nothing typed is lost"
    assert Dossier.objects.get().revision == dossier.revision


def test_a_foreign_paper_or_dossier_tells_as_little_as_none(town: Town, draft: Draft) -> None:
    services.add_paper_file(draft=draft, paper="plan", upload=files.upload(files.jpeg()))
    page = PaperFile.objects.get()
    tuan = doors.client(town.tuan.user)
    for pattern in ("/giay-to/{id}/", "/giay-to/{id}/nho/", "/van-ban/{id}/"):
        assert doors.equal_answers(tuan, "GET", pattern, page.public_id) == 404
    dossier = services.submit_draft(draft=draft)
    for pattern in (
        "/ho-so/{id}/",
        "/ho-so/{id}/bo-sung/",
        "/ho-so/{id}/bo-sung/phan/",
        "/ho-so/{id}/danh-gia/",
    ):
        method = "POST" if pattern.endswith("phan/") else "GET"
        assert doors.equal_answers(tuan, method, pattern, dossier.public_id, {"paper": "plan"}) == 404
    assert tuan.get(f"/ho-so/{uuid4()}/danh-gia/").status_code == 404


def test_text_of_any_kind_is_taken_or_told_and_stays_on_the_page(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    path = f"/nop/{TRANSFER}/{draft.public_id}/trang/contact/"
    nfd = unicodedata.normalize("NFD", "Tổ 5, phường Ban Trắng 🌸")
    sent = {"phone": "0900000118", "address": nfd, "revision": str(draft.revision)}
    assert client.post(path, sent).status_code == 302
    stored = selectors.draft_of(Citizen.objects.get(pk=town.lan.pk), draft.public_id)
    assert stored is not None
    assert stored.answers["address"] == unicodedata.normalize("NFC", nfd)
    wrong = client.post(path, {**sent, "phone": "không có", "revision": str(stored.revision)})
    assert wrong.status_code == 422
    assert "🌸" in wrong.content.decode()
    nul = client.post(path, {**sent, "address": "a\x00b", "revision": str(stored.revision)})
    assert nul.status_code in {302, 422}


def test_ten_megabytes_of_text_are_refused_kindly(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    path = f"/nop/{TRANSFER}/{draft.public_id}/trang/contact/"
    sent = {"phone": "0900000118", "address": "x" * 10_000_000, "revision": str(draft.revision)}
    answer = client.post(path, sent)
    assert answer.status_code in {400, 413, 422}
    assert "Traceback" not in answer.content.decode()
    assert Draft.objects.get().answers == draft.answers, "what was there stays"


def test_a_session_that_ends_in_the_middle_leads_back_to_the_page(town: Town, draft: Draft) -> None:
    client = as_lan(town)
    path = f"/nop/{TRANSFER}/{draft.public_id}/trang/contact/"
    page = client.get(path).content.decode()
    assert "data-keep" in page, "what is typed waits in the tab until they are back"
    assert "js/keep.js" in page
    client.logout()
    answer = client.post(path, {"phone": "0"}, headers={"referer": f"http://testserver{path}"})
    assert answer.status_code == 302
    assert "het-phien=1" in answer["Location"]
    assert f"next={path.replace('/', '%2F')}" in answer["Location"]


def test_wishes_are_kept_and_followed(town: Town) -> None:
    from portal.notifications.models import Delivery

    client = as_lan(town)
    Citizen.objects.filter(pk=town.lan.pk).update(email="lan@hoaban.example")
    assert 'name="mail" checked' in client.get("/ho-so/tin-nhan/cach-nhan/").content.decode()
    submitted(town)
    assert Delivery.objects.filter(channel="mail").count() == 1
    assert client.post("/ho-so/tin-nhan/cach-nhan/", {"sms": "on"}).status_code == 302
    submitted(town)
    assert Delivery.objects.filter(channel="mail").count() == 1
    town.lan.refresh_from_db()
    assert (town.lan.mail_notices, town.lan.sms_notices) == (False, True)
    assert doors.client().get("/ho-so/tin-nhan/cach-nhan/").status_code == 302
