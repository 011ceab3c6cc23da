"""Numbers in words, as people say them and receipts need them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.money import LARGEST
from portal.common.spelled import spelled, spelled_dong

CASES = {
    0: "không",
    1: "một",
    5: "năm",
    10: "mười",
    11: "mười một",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi bốn",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    100: "một trăm",
    101: "một trăm linh một",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_015: "một nghìn không trăm mười lăm",
    9_000: "chín nghìn",
    12_500: "mười hai nghìn năm trăm",
    30_000: "ba mươi nghìn",
    1_000_005: "một triệu không trăm linh năm",
    1_234_567: "một triệu hai trăm ba mươi bốn nghìn năm trăm sáu mươi bảy",
    2_000_000_000: "hai tỷ",
    1_000_000_000_000: "một nghìn tỷ",
}


@pytest.mark.parametrize(("number", "words"), CASES.items())
def test_numbers_as_people_say_them(number: int, words: str) -> None:
    assert spelled(number) == words


def test_an_amount_begins_with_a_capital_and_ends_with_its_unit() -> None:
    assert spelled_dong(9_000) == "Chín nghìn đồng"
    for wrong in (-1, LARGEST + 1):
        with pytest.raises(ValueError, match="largest"):
            spelled_dong(wrong)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_different_numbers_never_sound_alike(one: int, other: int) -> None:
    assert (spelled(one) == spelled(other)) is (one == other)


@given(st.integers(0, LARGEST))
def test_no_blank_is_doubled_and_none_is_left(number: int) -> None:
    words = spelled_dong(number)
    assert words == " ".join(words.split())
