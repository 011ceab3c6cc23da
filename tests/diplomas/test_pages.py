"""Pages of officers and holders: who comes in, what they see, and that strangers see nothing."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import Settings

from portal.accounts.models import Look as OfficersLook
from portal.diplomas import selectors, services
from portal.diplomas.credentials.checking import Answer, check
from portal.diplomas.import_write import discard_abandoned_imports
from portal.diplomas.lookup import ring
from portal.diplomas.models import DiplomaImport, Entry, Issuer, Share, Sweep
from portal.diplomas.shares import AT_ONCE, share_diploma
from portal.diplomas.statistics import Row, hidden
from portal.documents.models import GeneratedDocument
from portal.documents.services import issue_document
from tests import doors
from tests.accounts import people
from tests.diplomas.build import DECISION, Archive, entered, line, row, workbook
from tests.documents import files

DESK = "/ban-lam-viec/van-bang/"


def test_strangers_and_other_offices_see_no_book(archive: Archive) -> None:
    (entry,) = entered(archive)
    far = doors.client(archive.far.user, second_factor=True)
    for path in (
        f"so/{archive.book.pk}/",
        f"muc/{entry.public_id}/",
        f"so/{archive.book.pk}/xuat.xlsx",
        f"muc/{entry.public_id}/correct/",
    ):
        assert far.get(DESK + path).status_code == 404
        assert doors.client().get(DESK + path).status_code == 302
    assert "Lò Thị Lan" not in far.get(DESK, {"q": "lo thi lan"}).content.decode()
    assert doors.equal_answers(far, "GET", DESK + "muc/{id}/", entry.public_id) == 404


def test_an_officer_finds_opens_and_corrects(archive: Archive) -> None:
    (entry,) = entered(archive, line(personal_id="999190001234"))
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    for query in ("lò thị", "b12345", "123/2008/thpt"):
        assert "Lò Thị Lan" in ngoc.get(DESK, {"q": query}).content.decode()
        assert "Lò Thị Lan" in ngoc.get(f"{DESK}so/{archive.book.pk}/", {"q": query}).content.decode()
    page = ngoc.get(f"{DESK}muc/{entry.public_id}/").content.decode()
    assert "999 ••• ••• 234" in page
    assert "999190001234" not in page
    assert OfficersLook.objects.filter(subject_kind="diploma", subject_id=str(entry.pk)).count() == 1
    form = {name: value for name, value in entry.content.items() if name != "birth"}
    sent = {
        **form, "birth": "03/02/1990", "full_name": "Lò Thị Lành", "personal_id": "999190001234", "revision": "1",
        "number": "7/QĐ", "on-day": "2", "on-month": "11", "on-year": "2026", "reason": "Sai tên đệm",
    }  # fmt: skip
    change = f"{DESK}muc/{entry.public_id}/correct/"
    assert "Lò Thị Lan" in ngoc.get(change).content.decode()
    assert ngoc.post(change, {**sent, "number": ""}).status_code == 422
    assert ngoc.post(change, {**sent, "on-year": "2999"}).status_code == 422
    assert ngoc.post(change, {**sent, "birth": "31/2/1990"}).status_code == 422
    assert ngoc.post(change, sent).status_code == 302
    page = ngoc.get(f"{DESK}muc/{entry.public_id}/").content.decode()
    assert "Lò Thị Lan → Lò Thị Lành" in page
    assert "7/QĐ" in page
    entry.refresh_from_db()
    assert entry.personal_id == "999190001234"
    son = doors.client(archive.son.user, second_factor=True)
    assert son.get(f"{DESK}muc/{entry.public_id}/").status_code == 200
    assert son.get(change).status_code == 403, "who signs does not write"


def test_a_scan_stands_beside_its_entries(archive: Archive) -> None:
    (entry,) = entered(archive)
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    photo = SimpleUploadedFile("trang3.jpg", files.jpeg(), content_type="image/jpeg")
    answer = ngoc.post(f"{DESK}so/{archive.book.pk}/trang/", {"page": "3", "file": photo})
    assert answer.status_code == 302
    page = ngoc.get(f"{DESK}muc/{entry.public_id}/").content.decode()
    assert "/giay-to/" in page
    address = page.partition('<img src="')[2].partition('"')[0]
    assert ngoc.get(address).status_code == 200
    assert doors.client(archive.far.user, second_factor=True).get(address).status_code == 404
    wrong = SimpleUploadedFile("trang.zip", b"PK\x03\x04", content_type="image/jpeg")
    assert ngoc.post(f"{DESK}so/{archive.book.pk}/trang/", {"page": "4", "file": wrong}).status_code == 422


def test_a_file_goes_through_two_hands_and_back(archive: Archive) -> None:
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    hoa = doors.client(archive.hoa.user, second_factor=True)
    upload = SimpleUploadedFile("so.xlsx", workbook(row(1), row(2, birth="1/1/1990")).read())
    sent = {
        "issuer": archive.book.issuer_id,
        "level": "upper_secondary",
        "year": "2008",
        "january": "on",
        "file": upload,
    }
    answer = ngoc.post(f"{DESK}nhap/", sent)
    assert answer.status_code == 302
    place = answer["Location"]
    found = DiplomaImport.objects.get()
    page = ngoc.get(place).content.decode()
    assert "Cột nào là gì?" in page
    columns = {
        f"column-{number}": found.columns[each["name"]] for number, each in enumerate(found.headings)
    }
    assert ngoc.post(f"{place}cot/", {**columns, "column-1": "", "revision": "0"}).status_code == 422
    assert ngoc.post(f"{place}cot/", {**columns, "revision": "0"}).status_code == 302
    assert "chỉ rõ năm sinh" in ngoc.get(place).content.decode()
    found.refresh_from_db()

    def act(who: Client, action: str, **more: str) -> Any:
        return who.post(f"{place}{action}/", {"revision": found.revision, **more})

    assert act(ngoc, "chuyen").status_code == 302
    found.refresh_from_db()
    assert act(ngoc, "duyet").status_code == 422
    assert act(hoa, "duyet").status_code == 302
    services.write_import(found.pk)
    assert "2 dòng đã vào sổ" in hoa.get(place).content.decode()
    found.refresh_from_db()
    assert act(ngoc, "hoan-tac", reason="").status_code == 422
    assert act(ngoc, "hoan-tac", reason="Nhầm sổ").status_code == 302
    services.take_back_import(found.pk)
    assert "Đã hoàn tác" in ngoc.get(place).content.decode()
    far = doors.client(archive.far.user, second_factor=True)
    assert far.get(place).status_code == 404
    assert act(far, "bo").status_code == 404


def test_what_is_exported_can_be_imported_again(archive: Archive) -> None:
    entered(
        archive, line(full_name="=Lò Thị", note="@cẩn thận"), line(register_number="2/2008", birth="1990")
    )
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    answer = ngoc.get(f"{DESK}so/{archive.book.pk}/xuat.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["B2"].data_type == "s"
    text = ngoc.get(f"{DESK}so/{archive.book.pk}/xuat.csv").content.decode()
    assert "'=Lò Thị" in text
    found = services.receive_import(
        file=BytesIO(answer.content),
        file_name="lai.xlsx",
        book_id=services.open_book(issuer_id=archive.book.issuer_id, level="upper_secondary", year=2009).pk,
        actor_id=archive.ngoc.user_id,
    )
    assert {found.columns[name] for name in ("Họ và tên", "Số hiệu", "Trang sổ", "Người nhận ký")} == {
        "full_name",
        "serial",
        "page",
        "receiver",
    }


def holder(archive: Archive) -> tuple[Entry, Any]:
    (entry,) = entered(archive, line(personal_id=people.LAN["citizen_id"]))
    lan = people.citizen(people.LAN)
    return entry, doors.client(lan.user)


def test_a_holder_sees_shares_and_ends(archive: Archive) -> None:
    entry, lan = holder(archive)
    assert "Bằng tốt nghiệp trung học phổ thông, năm 2008" in lan.get("/van-bang/").content.decode()
    own = f"/van-bang/{entry.public_id}/"
    assert "Chưa có ai xem" in lan.get(own).content.decode()
    assert lan.get(f"{own}ma-qr.svg").headers["Content-Type"] == "image/svg+xml"
    assert lan.post(f"{own}chia-se/", {"days": "400"}).status_code == 422
    assert lan.post(f"{own}chia-se/", {"days": "7", "note": "Công ty"}).status_code == 302
    share = Share.objects.get()
    stranger = doors.client()
    page = stranger.get(f"/van-bang/xem/{share.code}/")
    assert "Lò Thị Lan" in page.content.decode()
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert "Mở liên kết anh/chị đã chia sẻ" in lan.get(own).content.decode()
    assert lan.post(f"{own}chia-se/{share.pk}/dong/").status_code == 302
    assert stranger.get(f"/van-bang/xem/{share.code}/").status_code == 404
    gone = stranger.get("/van-bang/xem/khong-co/")
    assert gone.status_code == 404
    tuan = doors.client(people.citizen(people.TUAN).user)
    assert doors.equal_answers(tuan, "GET", "/van-bang/{id}/", entry.public_id) == 404
    assert tuan.post(f"{own}chia-se/", {"days": "7"}).status_code == 404


def test_links_are_few_and_end(archive: Archive) -> None:
    entry, _client = holder(archive)
    citizen = people.citizen(people.LAN)
    made = [share_diploma(entry=entry, citizen_id=citizen.pk, days=1) for _number in range(AT_ONCE)]
    with pytest.raises(services.RegisterRefusedError, match="10 liên kết"):
        share_diploma(entry=entry, citizen_id=citizen.pk, days=1)
    Share.objects.filter(pk=made[0].pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert doors.client().get(f"/van-bang/xem/{made[0].code}/").status_code == 404


def test_figures_hide_what_is_small(archive: Archive) -> None:
    entered(
        archive,
        *(
            line(register_number=f"{number}/1", grade="Giỏi" if number < 4 else "Khá")
            for number in range(1, 20)
        ),
    )
    assert selectors.figures("grade") == [Row("Giỏi", None), Row("Khá", None)], (
        "the sum would give the hidden one away"
    )
    assert selectors.figures("grade", public=False) == [Row("Giỏi", 3), Row("Khá", 16)]
    assert hidden([Row("a", 2), Row("b", 3), Row("c", 9)]) == [Row("a", None), Row("b", None), Row("c", 9)]
    for by in ("year", "level", "school", "grade", "gender", "x"):
        page = doors.client().get(
            "/van-bang/so-lieu/", {"theo": by, "nam": "2008", "bac": "upper_secondary"}
        )
        assert page.status_code == 200
        assert "dưới 5" in page.content.decode() or by != "grade"


def test_a_book_is_checked_on_its_page(archive: Archive) -> None:
    (entry,) = entered(archive)
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    check = f"{DESK}so/{archive.book.pk}/kiem-tra/"
    assert "Sổ còn nguyên" in ngoc.post(check, follow=True).content.decode()
    Entry.objects.filter(pk=entry.pk).update(full_name="Người Khác")
    assert "Sổ đã bị thay đổi" in ngoc.post(check).content.decode()
    assert DECISION.number


def test_a_holder_gets_a_digital_diploma_and_nobody_elses(
    archive: Archive, settings: Settings, tmp_path: Path
) -> None:
    settings.DIPLOMA_KEYS_DIR, settings.SEALS_DIR = tmp_path / "keys", tmp_path / "seals"
    entry, lan = holder(archive)
    own = f"/van-bang/{entry.public_id}/"
    assert lan.post(f"{own}van-bang-so/").status_code == 302
    assert lan.post(f"{own}van-bang-so/").status_code == 302
    document = GeneratedDocument.objects.get()
    assert issue_document(document_id=document.pk)
    page = lan.get(own).content.decode()
    address = f"/van-ban/{document.public_id}/"
    assert address in page
    pdf = lan.get(address).content
    assert check(pdf.partition(b"vc:")[2].split(b"<")[0].decode()).answer is Answer.VALID
    tuan = doors.client(people.citizen(people.TUAN).user)
    assert tuan.get(address).status_code == 404
    assert tuan.post(f"{own}van-bang-so/").status_code == 404
    assert doors.client(archive.far.user, second_factor=True).get(address).status_code == 404
    assert doors.client(archive.ngoc.user, second_factor=True).get(address).status_code == 200
    services.change_entry(entry=entry, version=1, action="withdraw", decision=DECISION, by=archive.by)
    lan.post(f"{own}van-bang-so/")
    assert GeneratedDocument.objects.count() == 1


def test_files_that_nobody_goes_on_with_are_dropped(archive: Archive, own_files: Path) -> None:
    found = services.receive_import(
        file=workbook(row(1)), file_name="so.xlsx", book_id=archive.book.pk, actor_id=archive.ngoc.user_id
    )
    assert discard_abandoned_imports() == 0
    assert list(own_files.rglob(str(found.pk)))
    assert discard_abandoned_imports(older_than=timedelta(0)) == 1
    assert not list(own_files.rglob(str(found.pk)))
    assert not DiplomaImport.objects.exists()


def test_issuers_that_are_no_more_are_entered_with_who_keeps_their_books(archive: Archive) -> None:
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    page = f"{DESK}co-quan/"
    assert ngoc.post(page, {"name": "", "keeper": "0"}).status_code == 422
    sent = {
        "name": "Phòng Giáo dục huyện Cũ",
        "keeper": str(archive.department.pk),
        "ended_on-day": "1",
        "ended_on-month": "7",
        "ended_on-year": "2025",
        "source": "Biên bản bàn giao mẫu",
    }
    assert ngoc.post(page, sent).status_code == 302
    assert ngoc.post(page, sent).status_code == 302
    shown = ngoc.get(page).content.decode()
    assert Issuer.objects.filter(name="Phòng Giáo dục huyện Cũ").count() == 1
    assert "không còn từ 01/07/2025" in shown
    far = doors.client(archive.far.user, second_factor=True)
    assert "Phòng Giáo dục huyện Cũ" not in far.get(page).content.decode()
    assert far.post(page, sent).status_code == 422, "no office but one's own"
    assert doors.client(archive.son.user, second_factor=True).get(page).status_code == 403


def test_alarms_are_told_to_the_department_alone(archive: Archive) -> None:
    ring(Sweep.Kind.KEY, "digest")
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    far = doors.client(archive.far.user, second_factor=True)
    assert "tra cứu bất thường" in ngoc.get(DESK).content.decode()
    assert "tra cứu bất thường" not in far.get(DESK).content.decode()
    place = f"{DESK}canh-bao/{Sweep.objects.get().pk}/"
    assert far.post(place).status_code == 403
    assert ngoc.post(place).status_code == 302
    assert "tra cứu bất thường" not in ngoc.get(DESK).content.decode()
    assert Sweep.objects.get().seen_by == archive.ngoc.user
