"""What was written in sixty ways compares as one; bringing it to its normal form twice changes nothing."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.diplomas.normal.dates import read_date, shorter_forms, spoken_date
from portal.diplomas.normal.names import kept_name, name_key
from portal.diplomas.normal.numbers import checked_number, register_key, serial_key
from portal.diplomas.normal.old_fonts import from_tcvn3, is_tcvn3

LATEST = date(1999, 12, 31)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("B 0012345", "B12345"),
        ("b0012345", "B12345"),
        ("B OO12345", "B12345"),
        ("B-00.12345", "B12345"),
        ("Số hiệu: B 0012345", "B12345"),
        ("Đ 123", "D123"),
        ("12345", "12345"),
        (" TN 12l4 ", "TN1214"),
        ("không có", ""),
        ("", ""),
    ],
)
def test_a_serial_is_found_however_it_is_typed(typed: str, key: str) -> None:
    assert serial_key(typed) == key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("123/2008/THPT", "123/2008/THPT"),
        ("Số: 0123/2008-thpt", "123/2008/THPT"),
        ("số vào sổ: 123 / 2008 / THPT", "123/2008/THPT"),
        ("12a", "12A"),
        ("--", ""),
    ],
)
def test_a_register_number_is_groups(typed: str, key: str) -> None:
    assert register_key(typed) == key


@given(st.text(max_size=70))
def test_normal_forms_are_idempotent(text: str) -> None:
    for normal in (serial_key, register_key, name_key):
        assert normal(normal(text)) == normal(text)


@given(st.text(alphabet="ABCDEFGH", max_size=4), st.integers(1, 10**9), st.integers(0, 3))
def test_a_serial_survives_blanks_zeros_and_case(letters: str, number: int, zeros: int) -> None:
    plain = f"{letters}{number}"
    written = " ".join(f"{letters.lower()}{'0' * zeros}{number}")
    assert serial_key(written) == serial_key(plain)


NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Hòa", "Thúy", "Đặng", "H'Mông", "Ê-Ban", "Lò", "Páo", "Quý"]),
    min_size=1,
    max_size=5,
)


@given(NAMES)
def test_a_name_is_one_in_every_writing(parts: list[str]) -> None:
    name = " ".join(parts)
    decomposed = unicodedata.normalize("NFD", name)
    newer = name.replace("òa", "oà").replace("úy", "uý")
    without = "".join(
        each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each)
    )
    for written in (decomposed, newer, without.replace("Đ", "D"), name.upper(), f"  {'  '.join(parts)} "):
        assert name_key(written) == name_key(name)
    assert kept_name(decomposed) == unicodedata.normalize("NFC", name)


def test_names_are_kept_as_typed_and_nonsense_is_not() -> None:
    assert kept_name("  lò   văn  MINH ") == "lò văn MINH"
    for wrong in ("", "   ", "Lò Văn 1", "<b>Lan</b>", "'"):
        with pytest.raises(ValueError, match=r"Ô này|Họ tên"):
            kept_name(wrong)


def test_the_old_fonts_are_read_and_others_left_alone() -> None:
    assert from_tcvn3("NguyÔn V¨n §øc") == "Nguyễn Văn Đức"
    assert from_tcvn3("Lß ThÞ H­¬ng") == "Lò Thị Hương"
    for modern in ("Nguyễn Văn Đức", "Trần Lê Ái", "bé Hà", "Ê Ban"):
        assert not is_tcvn3(modern)
        assert from_tcvn3(modern) == modern


@pytest.mark.parametrize(
    ("cell", "partial"),
    [
        (datetime(1970, 5, 12), "1970-05-12"),  # noqa: DTZ001 - spreadsheets know no zones
        (date(1970, 1, 1), "1970"),
        ("1/1/1970", "1970"),
        ("12/5/1970", "1970-05-12"),
        ("12.05.70", "1970-05-12"),
        ("12-5-1970", "1970-05-12"),
        ("5/1970", "1970-05"),
        ("?/5/1970", "1970-05"),
        ("00/00/1970", "1970"),
        ("--/--/1970", "1970"),
        (1970, "1970"),
        (1970.0, "1970"),
        ("1970", "1970"),
        ("Năm 1970", "1970"),
        ("O1/O2/197O", "1970-02-01"),
        ("12051970", "1970-05-12"),
        ("ngày 12 tháng 5 năm 1970", "1970-05-12"),
        (unicodedata.normalize("NFD", "tháng 5 năm 1970"), "1970-05"),
        ("1970-05-12 00:00:00", "1970-05-12"),
        ("không rõ", ""),
        ("", ""),
        ("?", ""),
    ],
)
def test_dates_of_sixty_years_are_read(cell: object, partial: str) -> None:
    assert read_date(cell, latest=LATEST) == partial


@pytest.mark.parametrize(
    "cell", ["31/2/1970", "12/13/1970", "1/5/1850", "12/5/2150", "hôm qua", "1/2/3/4", "12345"]
)
def test_what_is_no_date_is_said(cell: str) -> None:
    with pytest.raises(ValueError, match=r"Xem lại|Không đọc"):
        read_date(cell, latest=LATEST)


@given(st.dates(date(1920, 1, 2), LATEST))
def test_a_date_goes_round(day: date) -> None:
    partial = read_date(day, latest=LATEST)
    assert read_date(spoken_date(partial), latest=LATEST) == partial
    assert shorter_forms(partial)[0] == partial
    assert shorter_forms(partial)[-1] == str(day.year)


def test_the_first_of_january_counts_where_it_is_meant() -> None:
    assert read_date("1/1/1970", latest=LATEST, first_of_january_is_unknown=False) == "1970-01-01"


def test_numbers_are_kept_as_written() -> None:
    assert checked_number(" B   0012345 ") == "B 0012345"
    with pytest.raises(ValueError, match="chữ số"):
        checked_number("không")
