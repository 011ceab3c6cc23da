"""Files of pupils: uploaded, checked, confirmed, written; hostile ones; other people's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries, Settings

from portal.outbox.models import Duty
from portal.outbox.services import perform_due_duties
from portal.pupils import import_receive, services, uploads
from portal.pupils.models import Pupil, PupilImport, PupilImportRow
from tests.desk.office import DESK, Office, build, sign_in
from tests.factories.registers import personal_id
from tests.pupils.build import YEAR, enrolled, line, workbook

UPLOAD = f"{DESK}hoc-sinh/nhap/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Settings, tmp_path: str) -> Office:
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path, "base_url": None},
        },
    }
    return build()


def send(
    client: Client, scope: object, content: bytes, name: str = "hoc-sinh.xlsx", year: str = YEAR
) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(UPLOAD, {"scope": str(scope), "school_year": year, "file": file})


def good(*numbers: int, **cells: object) -> bytes:
    return workbook(*(line(number, **cells) for number in numbers)).getvalue()


def test_upload_check_confirm_and_done(office: Office) -> None:
    client, school = sign_in(office.thu), office.province.primary
    answer = send(client, school.pk, good(2, 4))
    assert answer.status_code == 302
    taken = PupilImport.objects.get()
    assert (taken.state, taken.school_id, taken.requested_by) == ("ready", school.pk, office.thu.user)
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Ghi tệp này vào sổ học sinh?" in page
    assert "Không có dòng nào sai." in page
    assert not Pupil.objects.exists()

    confirmed = client.post(f"{UPLOAD}{taken.pk}/ghi/", {"revision": taken.revision}, follow=True)
    assert "Đang ghi vào sổ học sinh" in confirmed.content.decode()
    assert client.get(f"{UPLOAD}{taken.pk}/tien-do/").status_code == 200
    services.apply_import(taken.pk)
    assert client.get(f"{UPLOAD}{taken.pk}/tien-do/").status_code == 205
    done = client.get(f"{UPLOAD}{taken.pk}/").content.decode()
    assert "2 học sinh mới" in done
    assert Pupil.objects.count() == 2


def test_one_wrong_row_writes_nothing_and_is_named(office: Office) -> None:
    client = sign_in(office.thu)
    book = workbook(line(2), line(4, birth_date="31/02/2019"), line(6, gender="x")).getvalue()
    page = client.get(send(client, office.province.primary.pk, book).headers["Location"]).content.decode()
    assert "Chưa ghi gì vào sổ" in page
    assert "2 dòng cần sửa" in page
    assert "Dòng 3" in page
    assert "Ngày sinh" in page
    assert "Dòng 4" in page
    assert personal_id(4) not in page
    taken = PupilImport.objects.get()
    refused = client.post(f"{UPLOAD}{taken.pk}/ghi/", {"revision": taken.revision}, follow=True)
    assert "không còn chờ ghi" in refused.content.decode()
    assert not Pupil.objects.exists()


def test_warnings_are_shown_before_confirming(office: Office) -> None:
    enrolled(office.province.primary, 2, full_name="Giàng A Pó")
    client = sign_in(office.thu)
    page = client.get(
        send(client, office.province.primary.pk, good(2, birth_date="04/03/2019")).headers["Location"]
    ).content.decode()
    assert "Có dòng nên xem lại" in page
    assert "Sổ học sinh ghi họ tên khác" in page


def test_a_file_nobody_wants_is_dropped(office: Office) -> None:
    client = sign_in(office.thu)
    send(client, office.province.primary.pk, good(2))
    taken = PupilImport.objects.get()
    stale = client.post(f"{UPLOAD}{taken.pk}/bo/", {"revision": "0"}, follow=True)
    assert "không còn chờ ghi" in stale.content.decode()
    assert PupilImport.objects.exists()
    client.post(f"{UPLOAD}{taken.pk}/bo/", {"revision": taken.revision})
    assert not PupilImport.objects.exists()
    assert not PupilImportRow.objects.exists()


@pytest.mark.parametrize("name", ["far", "ngoc", "quan", "son", "lan"])
def test_others_neither_see_nor_confirm_nor_drop_a_schools_file(office: Office, name: str) -> None:
    send(sign_in(office.thu), office.province.primary.pk, good(2))
    taken = PupilImport.objects.get()
    stranger = sign_in(getattr(office, name))
    for path in ("", "tien-do/"):
        assert stranger.get(f"{UPLOAD}{taken.pk}/{path}").status_code in {403, 404}
    for path in ("ghi/", "bo/"):
        answer = stranger.post(f"{UPLOAD}{taken.pk}/{path}", {"revision": taken.revision})
        assert answer.status_code in {403, 404}
    assert PupilImport.objects.get().state == "ready"
    assert not Duty.objects.exists()


def test_a_school_cannot_send_for_another_nor_for_the_province(office: Office) -> None:
    client = sign_in(office.thu)
    for scope in (office.province.other.pk, "tinh", "", "0", "x"):
        assert send(client, scope, good(2)).status_code == 422
    for officer in (office.quan, office.son):
        assert send(sign_in(officer), "tinh", good(2)).status_code in {403, 404}
    assert not PupilImport.objects.exists()


def test_the_department_sends_for_the_province(office: Office) -> None:
    client = sign_in(office.ngoc)
    assert send(client, office.province.primary.pk, good(2)).status_code == 422
    page = client.get(send(client, "tinh", good(2, school_code="99010001")).headers["Location"])
    assert "Toàn tỉnh" in page.content.decode()
    assert PupilImport.objects.get().school_id is None
    assert sign_in(office.thu).get(f"{UPLOAD}{PupilImport.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "hoc-sinh.xlsx", "Tệp này trống"),
        (b"PK\x03\x04 no zip", "hoc-sinh.xlsx", "Không đọc được tệp này"),
        (b"<html></html>", "hoc-sinh.xlsx", "Chỉ nhận tệp Excel .xlsx"),
        (b"\xd0\xcf\x11\xe0 old", "hoc-sinh.xls", "tệp Excel cũ"),
        (b"MZ", "hoc-sinh.xlsm", "macro"),
        (b"PK\x03\x04", "hoc-sinh.zip", "Chỉ nhận tệp Excel .xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_sentence(
    office: Office, content: bytes, name: str, sentence: str
) -> None:
    answer = send(sign_in(office.thu), office.province.primary.pk, content, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PupilImport.objects.exists()


def test_a_year_of_another_time_and_a_missing_file_are_refused(office: Office) -> None:
    client, scope = sign_in(office.thu), office.province.primary.pk
    assert send(client, scope, good(2), year="1999-2000").status_code == 422
    nothing = client.post(UPLOAD, {"scope": scope, "school_year": YEAR})
    assert nothing.status_code == 422
    assert "Chọn tệp .xlsx" in nothing.content.decode()


def test_a_name_that_is_a_path_or_markup_stays_a_name(office: Office) -> None:
    client = sign_in(office.thu)
    send(client, office.province.primary.pk, good(2), "../../<b>x</b>.xlsx")
    page = client.get(UPLOAD).content.decode()
    assert "<b>x</b>" not in page
    assert ".." not in PupilImport.objects.get().file_name


def test_a_body_longer_than_the_limit_is_not_read(office: Office, settings: Settings) -> None:
    settings.PUPIL_IMPORT_MAX_BYTES = 1_000
    client, scope = sign_in(office.thu), office.province.primary.pk
    answer = send(client, scope, b"x" * 70_000)
    assert answer.status_code == 413
    assert "Chia thành nhiều tệp" in answer.content.decode()
    # below the envelope's allowance the form counts the file itself
    assert send(client, scope, good(2)).status_code == 422
    assert not PupilImport.objects.exists()


def test_an_upload_without_the_forms_token_is_refused(office: Office) -> None:
    client = sign_in(office.thu)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert send(strict, office.province.primary.pk, good(2)).status_code == 403
    assert not PupilImport.objects.exists()


def in_the_store() -> list[str]:
    return [str(number) for number in uploads.kept()]


def test_a_large_file_waits_encrypted_for_its_duty(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_receive, "SMALL_ROWS", 1)
    client = sign_in(office.thu)
    location = send(client, office.province.primary.pk, good(2, 4)).headers["Location"]
    taken = PupilImport.objects.get()
    assert taken.state == "checking"
    assert "Đang kiểm tra tệp" in client.get(location).content.decode()
    with storages["private"].open(f"{uploads.FOLDER}/{taken.pk}") as kept:
        assert not kept.read().startswith(b"PK")
    assert "import_id" in Duty.objects.get().payload

    import_receive.check_received(taken.pk)
    import_receive.check_received(taken.pk)  # a duty may run twice
    taken.refresh_from_db()
    assert (taken.state, taken.row_count) == ("ready", 2)
    assert in_the_store() == []
    assert "Ghi tệp này vào sổ học sinh?" in client.get(location).content.decode()


def test_a_check_that_was_killed_begins_anew(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_receive, "SMALL_ROWS", 1)
    send(sign_in(office.thu), office.province.primary.pk, good(2, 4))
    taken = PupilImport.objects.get()

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_receive.check_received(taken.pk, after_lot=killed)
    assert PupilImportRow.objects.count() == 2
    import_receive.check_received(taken.pk)
    taken.refresh_from_db()
    assert (taken.state, PupilImportRow.objects.count()) == ("ready", 2)


@pytest.mark.parametrize("trouble", ["gone", "no key", "no workbook"])
def test_a_kept_file_that_cannot_be_read_is_refused_with_a_sentence(
    office: Office, monkeypatch: pytest.MonkeyPatch, settings: Settings, trouble: str
) -> None:
    monkeypatch.setattr(import_receive, "SMALL_FILE", 10)
    content = b"PK\x03\x04 no zip" if trouble == "no workbook" else good(2)
    client = sign_in(office.thu)
    location = send(client, office.province.primary.pk, content).headers["Location"]
    taken = PupilImport.objects.get()
    if trouble == "gone":
        uploads.forget(taken.pk)
    if trouble == "no key":
        from cryptography.fernet import Fernet

        settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    import_receive.check_received(taken.pk)
    page = client.get(location).content.decode()
    assert "Chưa ghi gì vào sổ" in page
    assert ("Không đọc được tệp này" if trouble == "no workbook" else "Tải lại tệp đó") in page
    assert in_the_store() == []


def test_files_left_behind_are_swept(office: Office) -> None:
    uploads.keep(987_654, BytesIO(b"x"))
    assert in_the_store() == ["987654"]
    services.discard_abandoned_imports()
    assert in_the_store() == []


@pytest.mark.django_db(transaction=True)
def test_the_duties_do_the_rest(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_receive, "SMALL_ROWS", 1)
    client = sign_in(office.thu)
    send(client, office.province.primary.pk, good(2, 4))
    perform_due_duties()
    taken = PupilImport.objects.get()
    client.post(f"{UPLOAD}{taken.pk}/ghi/", {"revision": taken.revision})
    perform_due_duties()
    assert PupilImport.objects.get().state == "applied"
    assert Pupil.objects.count() == 2


def test_the_template_has_the_headings_and_is_taken_back(office: Office) -> None:
    client = sign_in(office.thu)
    content = client.get(f"{UPLOAD}mau/").content
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in sheet[1]][-1] == "Số định danh cá nhân"
    answer = send(client, office.province.primary.pk, content)
    assert "không có dòng học sinh nào" in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_imports(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(office.thu)
    for number in range(5):
        send(client, office.province.primary.pk, good(2 + 2 * number))
    with django_assert_max_num_queries(12):
        client.get(UPLOAD)
    with django_assert_max_num_queries(12):
        client.get(f"{UPLOAD}{PupilImport.objects.latest('pk').pk}/")
