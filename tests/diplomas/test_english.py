"""Pages of this room under /en/: English but for what people and books wrote, which says that it is Vietnamese."""

from __future__ import annotations

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from portal.diplomas import services
from portal.diplomas.credentials.making import credential_for, link_of, sign
from portal.diplomas.import_check import check_now_if_small
from portal.diplomas.models import Entry
from portal.diplomas.shares import share_diploma
from tests import doors
from tests.accounts import people
from tests.diplomas.build import DECISION, Archive, entered, line, row, workbook
from tests.locale.support import KEPT, vietnamese_in

#: what the tests' people and offices are called
NAMES = (
    "Sở Giáo dục và Đào tạo tỉnh Hoa Ban",
    "Sở Giáo dục và Đào tạo Hoa Ban",
    "Lò Thị Lan",
    "Lò Thị Lan Anh",
    "12/QĐ-SGDĐT",
    "125/QĐ-SGDĐT",
)


def left(client: Client, *paths: str) -> dict[str, list[str]]:
    """Name the Vietnamese texts that say nothing of being Vietnamese, by page."""
    found = {}
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in {200, 404}, path
        texts = vietnamese_in(answer.content.decode(), *NAMES, *KEPT)
        if texts:
            found[path] = texts
    return found


def test_pages_for_everybody(archive: Archive, settings: Settings, tmp_path: Path) -> None:
    settings.DIPLOMA_KEYS_DIR = tmp_path / "keys"
    (entry,) = entered(archive)
    anybody = doors.client()
    assert left(
        anybody,
        "/en/van-bang/tra-cuu/",
        "/en/van-bang/kiem-tra/",
        "/en/van-bang/so-lieu/",
        "/en/van-bang/so-lieu/?theo=grade",
        "/en/van-bang/xem/none/",
    ) == {}  # fmt: skip
    found = {
        "number": "B12345",
        "name": "lo thi lan",
        "birth-day": "3",
        "birth-month": "2",
        "birth-year": "1990",
    }
    for sent in (found, {**found, "number": "B 9"}, {}):
        page = anybody.post("/en/van-bang/tra-cuu/", sent).content.decode()
        assert vietnamese_in(page, *NAMES, "lo thi lan") == []
    token = link_of(sign(credential_for(entry=entry, occasion="holder"), entry.content))
    for pasted in (token, "x", ""):
        page = anybody.post("/en/van-bang/kiem-tra/", {"credential": pasted}).content.decode()
        assert vietnamese_in(page, *NAMES) == []


def test_a_holders_pages(archive: Archive) -> None:
    (entry,) = entered(archive, line(personal_id=people.LAN["citizen_id"]))
    lan = people.citizen(people.LAN)
    share = share_diploma(entry=entry, citizen_id=lan.pk, days=7, note="Công ty")
    paths = ("/en/van-bang/", f"/en/van-bang/{entry.public_id}/", f"/en/van-bang/xem/{share.code}/")
    assert left(doors.client(lan.user), *paths) == {}


def test_an_officers_pages(archive: Archive) -> None:
    (entry,) = entered(archive)
    after = services.change_entry(
        entry=entry,
        version=1,
        action="correct",
        decision=DECISION,
        by=archive.by,
        record=line(full_name="Lò Thị Lan Anh"),
    )
    desk, book = "/en/ban-lam-viec/van-bang/", archive.book.pk
    changes = (
        f"{desk}muc/{entry.public_id}/{action}/" for action in ("correct", "suspend", "withdraw", "cancel")
    )
    ngoc = doors.client(archive.ngoc.user, second_factor=True)
    imports = []
    for name, rows in (
        ("dung.xlsx", [row(1, birth="1/1/1990")]),
        ("sai.xlsx", [row(2, birth="31/2/1990", gender="x")]),
    ):
        found = services.receive_import(
            file=workbook(*rows), file_name=name, book_id=book, actor_id=archive.ngoc.user_id
        )
        imports.append(f"{desk}nhap/{found.pk}/")
        assert left(ngoc, imports[-1]) == {}
        check_now_if_small(services.confirm_columns(found=found, columns=found.columns, revision=0))
    assert left(
        ngoc, desk, f"{desk}?q=lan", f"{desk}so/{book}/", f"{desk}muc/{entry.public_id}/", *changes, f"{desk}nhap/", f"{desk}co-quan/", *imports
    ) == {}  # fmt: skip
    assert vietnamese_in(ngoc.post(f"{desk}nhap/", {}).content.decode(), *NAMES, *KEPT) == []
    wrong = {"page": "0", "file": SimpleUploadedFile("a.jpg", b"x")}
    assert vietnamese_in(ngoc.post(f"{desk}so/{book}/trang/", wrong).content.decode(), *NAMES, *KEPT) == []
    Entry.objects.filter(pk=after.pk).update(full_name="Ai")
    assert vietnamese_in(ngoc.post(f"{desk}so/{book}/kiem-tra/").content.decode(), *NAMES, *KEPT) == []
