"""Mẫu 05 and 06, the words of an office, and taking a document back."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from portal.documents import services, storage
from portal.documents.models import GeneratedDocument, Wording
from portal.documents.signing import is_sealed_and_whole
from portal.procedures import services as procedures
from tests import doors
from tests.documents.test_papers_page import as_lan
from tests.documents.test_slips import accepted, issued, words
from tests.procedures.town import Town, at_step

WORDS = "/ban-lam-viec/loi-van-ban/"


@pytest.fixture(scope="module", autouse=True)
def seals(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("seals")


@pytest.fixture(autouse=True)
def own_seals(settings: Settings, seals: Path) -> None:
    settings.SEALS_DIR = seals


def test_the_control_slip_tells_every_hand_and_stays_in_the_office(town: Town) -> None:
    dossier = at_step(town, "principal_decides")
    procedures.order_control_slip(dossier=dossier)
    assert procedures.order_control_slip(dossier=dossier) == GeneratedDocument.objects.get(kind="control")
    slip = issued("control")
    text = words(slip)
    for expected in (
        "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        "Hồ sơ được tiếp nhận",
        "Xong bước: Trường đang học xác nhận kết quả",
        "Thang",
        "Trường Tiểu học Nậm Ban",
        f"{dossier.due_on:%d/%m/%Y}",
    ):
        assert expected in text, expected
    assert is_sealed_and_whole(storage.read(slip.stored_name))
    path = f"/van-ban/{slip.public_id}/"
    assert as_lan(town).get(path).status_code == 404
    assert path not in as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    clerk = doors.client(town.thang.user, second_factor=True)
    assert clerk.get(path).status_code == 200
    assert path in clerk.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()


def test_the_register_of_a_month_is_a_sealed_pdf_of_the_office(town: Town) -> None:
    dossier = accepted(town)
    clerk = doors.client(town.thang.user, second_factor=True)
    clerk.post("/ban-lam-viec/so-theo-doi/", {"don-vi": town.receiving.pk})
    clerk.post("/ban-lam-viec/so-theo-doi/", {"don-vi": town.receiving.pk})
    book = issued("ledger")
    text = words(book)
    for expected in ("Sổ theo dõi hồ sơ", town.lan.full_name, "Chuyển trường", "Số hồ sơ đã tiếp nhận: 1"):
        assert expected in text, expected
    assert (dossier.code or "") in text.replace(" ", "")
    path = f"/van-ban/{book.public_id}/"
    assert clerk.get(path).status_code == 200
    assert doors.client(town.far.user, second_factor=True).get(path).status_code == 404
    assert as_lan(town).get(path).status_code == 404


def test_an_office_changes_its_words_tries_them_and_takes_them_back(town: Town) -> None:
    principal = doors.client(town.hanh.user, second_factor=True)
    clerk = doors.client(town.thang.user, second_factor=True)
    path = f"{WORDS}{town.receiving.pk}/"
    assert principal.get(WORDS)["Location"].endswith(path)
    assert clerk.get(path).status_code == 403
    assert principal.get(f"{WORDS}{town.leaving.pk}/").status_code == 404
    page = principal.get(path).content.decode()
    for kind in ("Giấy tiếp nhận", "Phiếu xin lỗi", "Sổ theo dõi hồ sơ"):
        assert kind in page
    own = "Trường hẹn gặp anh/chị.\r\n\r\nPhòng 2, <b>tầng</b> 1."
    assert principal.post(path, {"kind": "receipt", "receipt-closing": own}).status_code == 302
    assert Wording.objects.get().organisation_id == town.receiving.pk
    accepted(town)
    text = words(issued("receipt"))
    assert "Trường hẹn gặp anh/chị. Phòng 2, <b>tầng</b> 1." in text
    sample = principal.get(f"{path}receipt.pdf")
    assert sample.content.startswith(b"%PDF")
    assert principal.get(f"{path}khac.pdf").status_code == 404
    long = principal.post(path, {"kind": "receipt", "receipt-closing": "x" * 2_001})
    assert (long.status_code, "không quá 2000" in long.content.decode()) == (422, True)
    assert "x" * 2_001 in long.content.decode(), "nothing typed is lost"
    principal.post(path, {"kind": "receipt", "receipt-closing": ""})
    assert not Wording.objects.exists()
    assert principal.post(path, {"kind": "no-such"}).status_code == 404


def test_taking_back_needs_a_reason_and_a_second_yes(town: Town) -> None:
    dossier = accepted(town)
    document = issued("receipt")
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/van-ban/{document.public_id}/thu-hoi/"
    clerk = doors.client(town.thang.user, second_factor=True)
    assert path in clerk.get(f"/ban-lam-viec/ho-so/{dossier.public_id}/").content.decode()
    assert clerk.post(path, {"why": " ", "confirmed": "1"}).status_code == 422
    asked = clerk.post(path, {"why": "Cấp nhầm hồ sơ."}).content.decode()
    assert "Không lấy lại được" in asked
    assert "Cấp nhầm hồ sơ." in asked
    document.refresh_from_db()
    assert document.revoked_at is None, "nothing happened yet"
    assert "Cấp nhầm hồ sơ." in clerk.post(path, {"why": "Cấp nhầm hồ sơ.", "again": "1"}).content.decode()
    for stranger in (town.far, town.thu):
        assert doors.client(stranger.user, second_factor=True).post(path, {"why": "x"}).status_code == 404
    assert clerk.post(path, {"why": "Cấp nhầm hồ sơ.", "confirmed": "1"}).status_code == 302
    document.refresh_from_db()
    assert (document.revoked_why, document.revoked_by_id) == ("Cấp nhầm hồ sơ.", town.thang.user_id)
    page = Client().get("/kiem-tra-van-ban/", {"ma": document.code}).content.decode()
    assert "Văn bản này đã bị thu hồi" in page
    assert "Cấp nhầm hồ sơ." in page
    assert (
        "Đã thu hồi, không còn giá trị."
        in as_lan(town).get(f"/ho-so/{dossier.public_id}/").content.decode()
    )
    assert clerk.get(path).status_code == 404


def test_a_leaders_letter_is_taken_back_by_a_leader(town: Town) -> None:
    from portal.documents.ports import LeaderSignature

    dossier = at_step(town, "principal_decides")
    procedures.grant_dossier(
        dossier=dossier,
        actor=town.actor(town.hanh),
        revision=dossier.revision,
        signature=LeaderSignature(town.hanh.pk, "khóa"),
    )
    document = issued("granted")
    path = f"/ban-lam-viec/ho-so/{dossier.public_id}/van-ban/{document.public_id}/thu-hoi/"
    assert doors.client(town.thang.user, second_factor=True).get(path).status_code == 404
    assert doors.client(town.hanh.user, second_factor=True).get(path).status_code == 200
    assert services.revoke_document(document_id=document.pk, why="Nhầm.")
