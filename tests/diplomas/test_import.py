"""Messy workbooks: read, remarked by row, seen by two people, written once, taken back whole."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from portal.diplomas import selectors, services
from portal.diplomas.chain import check_book
from portal.diplomas.import_check import check_import, check_now_if_small, read_headings
from portal.diplomas.models import Book, DiplomaImport, DiplomaImportRow, Entry, EntryVersion, State
from portal.outbox.models import Duty
from portal.pupils.ports import FileRefusedError
from tests.diplomas.build import HEADINGS, Archive, entered, line, row, workbook

STATES = DiplomaImport.State


def received(archive: Archive, file: BytesIO, **more: Any) -> DiplomaImport:
    return services.receive_import(
        file=file,
        file_name="so-goc-2008.xlsx",
        book_id=archive.book.pk,
        actor_id=archive.ngoc.user_id,
        **more,
    )


def checked(archive: Archive, file: BytesIO, **more: Any) -> DiplomaImport:
    found = received(archive, file, **more)
    found = services.confirm_columns(found=found, columns=found.columns, revision=found.revision)
    return check_now_if_small(found)


def written(archive: Archive, file: BytesIO, **more: Any) -> DiplomaImport:
    found = checked(archive, file, **more)
    assert found.state == STATES.READY, selectors.remarks(found.pk, "errors", 10) or found.refusal
    services.send_import(import_id=found.pk, revision=found.revision)
    services.release_import(import_id=found.pk, revision=found.revision + 1, actor_id=archive.hoa.user_id)
    services.write_import(found.pk)
    found.refresh_from_db()
    assert found.state == STATES.WRITTEN
    return found


def test_a_small_file_is_the_pages_to_check_and_its_duty_comes_later(archive: Archive) -> None:
    """Two that check at once would stage and drop each other's rows."""
    found = received(archive, workbook(row(1)))
    services.confirm_columns(found=found, columns=found.columns, revision=found.revision)
    duty = Duty.objects.get(kind="diplomas.check_import")
    assert duty.next_attempt_at > timezone.now()


def test_a_messy_file_is_read_as_people_meant_it(archive: Archive) -> None:
    file = workbook(
        row(1, name=unicodedata.normalize("NFD", "Lò Thị  Hoà"), birth="1/1/1990", gender="nữ"),
        row(2, name="NguyÔn V¨n §øc", birth=1990, serial=1002),
        row(3, birth="?/5/90", grade="tbk", gender=""),
        row(4, birth="không rõ"),
    )
    found = written(archive, file, school="Trường THPT Hoa Ban")
    one, two, three, four = Entry.objects.order_by("number")
    assert (one.full_name, one.content["birth"], one.gender) == ("Lò Thị Hoà", "1990", "female")
    assert (two.full_name, two.content["serial"], two.school) == (
        "Nguyễn Văn Đức",
        "1002",
        "Trường THPT Hoa Ban",
    )
    assert (three.content["birth"], three.grade) == ("1990-05", "Trung bình khá")
    assert "birth" not in four.content
    assert found.warning_count == 3
    assert selectors.find_public("b 1001", "lo thi hòa", "1990-01-01") == [one]
    assert EntryVersion.objects.filter(source=f"import:{found.pk}", actor=archive.hoa.user).count() == 4
    assert set(DiplomaImportRow.objects.values_list("personal_id", flat=True)) == {""}
    assert list(check_book(Book.objects.get(pk=archive.book.pk))) == []


def test_errors_name_row_and_column_and_nothing_is_written(archive: Archive) -> None:
    entered(archive, line(register_number="9/2008"))
    file = workbook(
        row(1),
        row(2, birth="31/2/1990"),
        row(3, name=""),
        row(4, register="1/2008"),
        row(5, gender="giống"),
        row(6, register="0009-2008"),
        row(7, serial="", register=""),
    )
    found = checked(archive, file)
    assert (found.state, found.row_count, found.error_count) == (STATES.REFUSED, 7, 6)
    told = {(remark["row"], remark["column"]) for remark in selectors.remarks(found.pk, "errors", 50)}
    assert told == {
        (5, "Ngày sinh"),
        (6, "Họ và tên"),
        (7, "Số vào sổ gốc"),
        (8, "Giới tính"),
        (9, "Số vào sổ gốc"),
        (10, "Số vào sổ gốc"),
    }
    assert Entry.objects.count() == 1


def test_columns_are_remembered_and_parts_put_together(archive: Archive) -> None:
    headings = ["STT", "Họ đệm", "Tên", "Ngày", "Tháng", "Năm", "Mã bằng", "Vào sổ số"]
    file = workbook([1, "Giàng A", "Páo", 6, 5, 1990, "B 77", "77"], headings=headings)
    found = received(archive, file)
    assert found.columns["Mã bằng"] == ""
    columns = {**found.columns, "Mã bằng": "serial", "Vào sổ số": "register_number"}
    found = check_now_if_small(
        services.confirm_columns(found=found, columns=columns, revision=found.revision)
    )
    assert found.state == STATES.READY
    again = received(archive, workbook([2, "Lò", "Lan", 1, 2, 1990, "B 78", "78"], headings=headings))
    assert again.columns == columns
    assert DiplomaImportRow.objects.get(diploma_import=found).values["birth"] == "1990-05-06"


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"Họ và tên": ""}, "Họ và tên"),
        ({"Nơi sinh": "full_name"}, "Hai cột"),
        ({"Nơi sinh": "strange"}, "Mở lại"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    archive: Archive, columns: dict[str, str], sentence: str
) -> None:
    found = received(archive, workbook(row(1)))
    with pytest.raises(services.RegisterRefusedError, match=sentence):
        services.confirm_columns(found=found, columns={**found.columns, **columns}, revision=found.revision)


def test_whoever_enters_does_not_check(archive: Archive) -> None:
    found = checked(archive, workbook(row(1)))
    services.send_import(import_id=found.pk, revision=found.revision)
    with pytest.raises(services.RegisterRefusedError, match="không tự kiểm tra"):
        services.release_import(
            import_id=found.pk, revision=found.revision + 1, actor_id=archive.ngoc.user_id
        )
    with pytest.raises(services.OvertakenError):
        services.release_import(import_id=found.pk, revision=found.revision, actor_id=archive.hoa.user_id)
    services.return_import(
        import_id=found.pk,
        revision=found.revision + 1,
        actor_id=archive.hoa.user_id,
        reason="Trang 3 thiếu dòng",
    )
    found.refresh_from_db()
    assert (found.state, found.refusal) == (STATES.REFUSED, "Trang 3 thiếu dòng")
    assert not Entry.objects.exists()


def test_an_import_is_undone_whole_but_for_what_was_changed_since(archive: Archive) -> None:
    found = written(archive, workbook(*(row(number) for number in range(1, 6))))
    kept = Entry.objects.get(number=2)
    services.change_entry(
        entry=kept,
        version=1,
        action="withdraw",
        decision=services.Decision("1/QĐ", kept.versions.get().at.date()),
        by=archive.by,
    )
    services.undo_import(
        import_id=found.pk, revision=found.revision, actor_id=archive.ngoc.user_id, reason="Nhầm sổ"
    )
    services.take_back_import(found.pk)
    found.refresh_from_db()
    assert found.state == STATES.UNDONE
    assert list(Entry.objects.exclude(state=State.VOID)) == [kept]
    assert list(check_book(Book.objects.get(pk=archive.book.pk))) == []
    again = written(archive, workbook(row(1), row(3)))
    assert again.done_count == 2, "a number of a voided entry is free again"


def test_a_killed_writer_resumes(archive: Archive) -> None:
    found = checked(archive, workbook(*(row(number) for number in range(1, 251))))
    services.send_import(import_id=found.pk, revision=found.revision)
    services.release_import(import_id=found.pk, revision=found.revision + 1, actor_id=archive.hoa.user_id)

    def killed() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.write_import(found.pk, after_lot=killed)
    assert 0 < Entry.objects.count() < 250
    services.write_import(found.pk)
    services.write_import(found.pk)
    assert Entry.objects.count() == 250
    found.refresh_from_db()
    assert found.done_count == 250


def test_a_large_file_is_read_by_duties(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.diplomas.import_check.SMALL_FILE", 10)
    found = received(archive, workbook(row(1), row(2)))
    assert found.headings == []
    read_headings(found.pk)
    read_headings(found.pk)
    found.refresh_from_db()
    assert [each["name"] for each in found.headings] == HEADINGS
    services.confirm_columns(found=found, columns=found.columns, revision=found.revision)
    check_import(found.pk)
    check_import(found.pk)
    found.refresh_from_db()
    assert (found.state, found.row_count) == (STATES.READY, 2)


def test_what_is_no_register_is_refused(archive: Archive) -> None:
    with pytest.raises(FileRefusedError):
        received(archive, BytesIO(b"%PDF-1.7 not a workbook at all"))
    with pytest.raises(FileRefusedError, match="tiêu đề"):
        received(archive, workbook([1, 2, 3], headings=["a", "b", "c"], above=0))
    assert not DiplomaImport.objects.exists()


def test_samples_show_no_personal_id(archive: Archive) -> None:
    file = workbook([*row(1), "999090000001"], headings=[*HEADINGS, "CCCD"])
    found = received(archive, file)
    assert "999090000001" not in str(found.headings)
    assert found.columns["CCCD"] == "personal_id"
