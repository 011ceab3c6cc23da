"""File codes, personal IDs, phones."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common import codes

organisations = st.from_regex(codes.ORGANISATION_CODE, fullmatch=True)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


@given(organisations, days, st.integers(1, codes.LARGEST_NUMBER))
def test_file_codes_are_read_as_written(organisation: str, day: date, number: int) -> None:
    code = codes.format_file_code(organisation, day, number)
    assert codes.FILE_CODE.fullmatch(code)
    assert codes.parse_file_code(code) == (organisation, day, number)
    assert codes.parse_file_code(f" {code.lower().replace('-', ' – ')} ") == (organisation, day, number)


@pytest.mark.parametrize(
    ("organisation", "number", "code"),
    [
        ("000.00.05.H38", 1, "000.00.05.H38-261124-0001"),
        ("H99", 9999, "H99-261124-9999"),
        ("H99.12", 10_000, "H99.12-261124-10000"),
    ],
)
def test_file_codes_of_both_numberings(organisation: str, number: int, code: str) -> None:
    assert codes.format_file_code(organisation, date(2026, 11, 24), number) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H99.12-261124-007",
        "H99.12-261324-0007",
        "H99.12-260230-0007",
        "H99.12-261124-0000",
        "T-7Q4K-22",
        "x" * 999,
    ],
)
def test_what_is_no_file_code_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="Mã hồ sơ có dạng"):
        codes.parse_file_code(text)


@pytest.mark.parametrize(
    ("organisation", "number"), [("h99", 1), ("H99.1234", 1), ("H99", 0), ("H99", 1_000_000)]
)
def test_bad_parts_make_no_file_code(organisation: str, number: int) -> None:
    with pytest.raises(ValueError, match="not"):
        codes.format_file_code(organisation, date(2026, 11, 24), number)


@pytest.mark.parametrize(
    "text", ["999318004512", " 999 318 004 512 ", "999-318.004512", "\uff19\uff19\uff19318004512"]
)
def test_personal_ids_are_forgiving_of_blanks(text: str) -> None:
    assert codes.clean_personal_id(text) == "999318004512"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "chưa nhập"),
        ("123456789", "chứng minh nhân dân"),
        ("99931800451", "11 chữ số"),
        ("9993180045123", "13 chữ số"),
        ("99931800451a", "chỉ gồm chữ số"),
        ("٩٩٩٣١٨٠٠٤٥١٢", "chỉ gồm chữ số"),
    ],
)
def test_what_is_no_personal_id_is_refused_in_words(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as refusal:
        codes.clean_personal_id(text)
    assert not text or text not in str(refusal.value)


@given(st.text(max_size=40) | st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_mask_never_shows_more_than_six_digits(personal_id: str) -> None:
    masked = codes.mask_personal_id(personal_id)
    assert sum(letter.isdigit() for letter in masked) <= 6
    assert masked.count("•") >= 6


def test_a_mask_shows_both_ends() -> None:
    assert codes.mask_personal_id("999318004512") == "999 ••• ••• 512"


@pytest.mark.parametrize(
    ("birth_date", "gender", "hints"),
    [
        (date(2018, 5, 1), "female", 0),
        (date(2018, 5, 1), "male", 1),
        (date(2017, 5, 1), "female", 1),
        (date(1918, 5, 1), "male", 2),
        (None, "", 0),
    ],
)
def test_hints_compare_year_and_gender(birth_date: date | None, gender: str, hints: int) -> None:
    found = codes.personal_id_hints("999318004512", birth_date, gender)
    assert len(found) == hints
    assert not any("999318004512" in hint for hint in found)


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("0912 345 678", "+84912345678"),
        ("+84 (0)912.345.678", "+84912345678"),
        ("84-912-345-678", "+84912345678"),
        ("0084912345678", "+84912345678"),
        ("024 3869 5555", "+842438695555"),
    ],
)
def test_phones_become_e164(text: str, phone: str) -> None:
    assert codes.clean_phone(text) == phone
    assert codes.clean_phone(phone) == phone


@pytest.mark.parametrize(
    "text", ["", "0123456789", "01234567890", "091234567", "1900 1234", "09123456789", "số máy"]
)
def test_other_phones_are_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)số (điện thoại|di động)"):
        codes.clean_phone(text)


def test_temporary_codes_are_speakable_and_differ() -> None:
    made = {codes.new_temporary_code() for _ in range(500)}
    assert len(made) > 495
    assert all(codes.TEMPORARY_CODE.fullmatch(code) for code in made)
    assert not any(re.search("[01OIL]", code) for code in made)
