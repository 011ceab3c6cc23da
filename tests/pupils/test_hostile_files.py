from __future__ import annotations

import contextlib
import struct
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from portal.pupils import selectors
from portal.pupils.models import PupilImport
from portal.pupils.services import FileRefusedError
from portal.pupils.sheet import safety
from portal.pupils.sheet.reading import PupilSheet
from portal.pupils.sheet.writing import write_sheet
from tests.pupils.build import HEADINGS, Province, check, line, province, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Province:
    return province()


def _refusal(made: Province, file: BytesIO, name: str = "a.xlsx") -> str:
    with pytest.raises(FileRefusedError) as refused:
        check(file, made.primary, name)
    assert not PupilImport.objects.exists()
    return str(refused.value)


def _repacked(file: BytesIO, **changes: Any) -> BytesIO:
    """Take a workbook apart and put it together with other parts: name with / as __ and . as _D_."""
    parts = {key.replace("__", "/").replace("_D_", "."): value for key, value in changes.items()}
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out


def _sheet(cells: str) -> str:
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "Chỉ nhận tệp Excel .xlsx"),
        (b"Ho ten;Lop\n", "a.csv", "Chỉ nhận tệp Excel .xlsx"),
        (b"%PDF-1.7", "a.xlsx", "Chỉ nhận tệp Excel .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "Excel cũ (.xls) hoặc có mật khẩu"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xlsx", "Excel cũ (.xls) hoặc có mật khẩu"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "Không đọc được tệp này"),
        (b"PK", "a.xlsm", "macro"),
    ],
)
def test_what_is_no_workbook(made: Province, content: bytes, name: str, sentence: str) -> None:
    assert sentence in _refusal(made, BytesIO(content), name)


WHOLE = workbook(line(2), line(4)).getvalue()
PARTS = {
    name: zipfile.ZipFile(BytesIO(WHOLE)).read(name)
    for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml")
}
edits = st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=6)


def _edited(content: bytes, changes: list[tuple[int, int]]) -> bytearray:
    edited = bytearray(content)
    for position, value in changes:
        edited[position % len(edited)] = value
    return edited


def _rows(file: BytesIO) -> int:
    """Read as far as the file allows; nothing but a refusal may come out."""
    with contextlib.suppress(FileRefusedError):
        return len(list(PupilSheet(file, "a.xlsx", with_school=False)))
    return 0


@given(changes=edits, cut=st.none() | st.integers(4, len(WHOLE)))
def test_a_damaged_file_is_read_or_refused(changes: list[tuple[int, int]], cut: int | None) -> None:
    assert _rows(BytesIO(_edited(WHOLE, changes)[:cut])) <= 2


def test_a_zip_of_a_version_to_come_is_refused() -> None:
    edited = bytearray(WHOLE)
    edited[WHOLE.index(b"PK\x01\x02") + 6] = 99  # "version needed to extract" of the first entry
    with pytest.raises(FileRefusedError, match="Không đọc được"):
        PupilSheet(BytesIO(bytes(edited)), "a.xlsx", with_school=False)


@given(changes=edits, name=st.sampled_from(sorted(PARTS)))
def test_a_file_with_damaged_parts_is_read_or_refused(changes: list[tuple[int, int]], name: str) -> None:
    part = bytes(_edited(PARTS[name], changes))
    assert _rows(_repacked(BytesIO(WHOLE), **{name: part})) <= 2


def test_a_zip_of_something_else(made: Province) -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    assert "Không đọc được" in _refusal(made, out)


def test_macros_by_another_name(made: Province) -> None:
    assert "macro" in _refusal(made, _repacked(workbook(line(2)), xl__vbaProject_D_bin=b"x"))


def test_a_bomb_is_refused_by_its_real_size(made: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_UNPACKED", 2**20)
    bomb = _repacked(workbook(line(2)), xl__media__a_D_png=b"\x00" * 2**22)
    assert "Tệp quá lớn" in _refusal(made, bomb)
    # the same with directory entries that claim a few bytes
    raw = bytearray(bomb.getvalue())
    claimed = struct.pack("<I", 2**22)
    assert raw.count(claimed) >= 1
    assert "Tệp quá lớn" in _refusal(made, BytesIO(raw.replace(claimed, struct.pack("<I", 99))))


def test_a_cell_at_the_far_corner_reserves_no_memory(made: Province) -> None:
    for far in ("XFD1048576", "XFD2", "A1048576", "ZZ200000"):
        cells = f'<row r="1"><c r="{far}"><v>1</v></c></row>'
        sentence = _refusal(made, _repacked(workbook(line(2)), xl__worksheets__sheet1_D_xml=_sheet(cells)))
        assert "Tệp có" in sentence


def test_document_types_are_refused(made: Province) -> None:
    laughs = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>' + _sheet("")
    file = _repacked(workbook(line(2)), xl__worksheets__sheet1_D_xml=laughs)
    assert "Không đọc được" in _refusal(made, file)


@pytest.mark.parametrize(
    "broken", ["<worksheet><sheetData><row", "", "<a/>", _sheet('<row><c r="!!"><v/></c></row>')]
)
def test_broken_sheets_are_refused_with_a_sentence(made: Province, broken: str) -> None:
    assert _refusal(made, _repacked(workbook(line(2)), xl__worksheets__sheet1_D_xml=broken))


def test_too_many_rows(made: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MAX_SHEET_ROWS", 3)
    file = workbook(*(line(number) for number in range(2, 10, 2)))
    assert "hơn 200.000 dòng" in _refusal(made, file)


def test_empty_and_headless_sheets(made: Province) -> None:
    blank = BytesIO()
    Workbook().save(blank)
    assert "không có dòng học sinh nào" in _refusal(made, blank)
    assert "không có dòng học sinh nào" in _refusal(made, workbook())
    assert "không có dòng học sinh nào" in _refusal(made, workbook([" "] * 10))
    assert "Không thấy dòng tiêu đề" in _refusal(made, workbook(line(2), headings=["a", "b"]))
    assert "Thiếu cột Dân tộc" in _refusal(
        made, workbook(line(2), headings=[heading for heading in HEADINGS if heading != "Dân tộc"])
    )
    assert "Có hai cột Lớp" in _refusal(made, workbook(line(2), headings=[*HEADINGS, "TÊN LỚP"]))


def test_merged_cells_among_the_data(made: Province) -> None:
    file = workbook(line(2), line(4), above=2)
    book = load_workbook(file)
    assert book.active is not None
    book.active.merge_cells("A1:J2")  # a title may
    titled = BytesIO()
    book.save(titled)
    assert check(titled, made.primary).state == PupilImport.State.READY
    PupilImport.objects.all().delete()
    book.active.merge_cells("B4:B5")
    merged = BytesIO()
    book.save(merged)
    assert "Các ô B4:B5 bị gộp" in _refusal(made, merged)


def test_a_formula_is_no_value(made: Province) -> None:
    refused = check(workbook(line(2), line(4, full_name='=CONCATENATE("Lò ","Ban")')), made.primary)
    assert selectors.import_errors(refused.pk) == [
        "Dòng 3, cột Họ tên: Ô này là công thức. Chép lại bằng giá trị rồi tải lại."
    ]
    harmless = check(workbook([*line(2), "=1+1"], headings=[*HEADINGS, "Ghi chú"]), made.primary)
    assert harmless.state == PupilImport.State.READY


def test_the_pupils_may_stand_on_the_second_sheet(made: Province) -> None:
    book = load_workbook(workbook(line(2)))
    book.create_sheet("Hướng dẫn", 0)["A1"] = "Điền vào trang sau"
    out = BytesIO()
    book.save(out)
    assert check(out, made.primary).row_count == 1


def test_nothing_exported_is_a_formula() -> None:
    out = BytesIO()
    names = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "Lò Thị Ban"]
    assert write_sheet(([name, date(2019, 5, 6)] for name in names), out) == len(names)
    sheet = load_workbook(out).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2, max_col=1)]
    assert [cell.value for cell in cells] == names
    assert [cell.data_type for cell in cells] == ["s"] * len(names)
    assert [bool(cell.quotePrefix) for cell in cells] == [True] * 4 + [False]
    assert b"<f>" not in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
