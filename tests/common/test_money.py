"""Whole đồng in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.money import LARGEST, format_dong, parse_dong


@given(st.integers(min_value=0, max_value=LARGEST))
def test_what_is_written_is_read_again(amount: int) -> None:
    assert parse_dong(format_dong(amount)) == amount
    assert parse_dong(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("9.000 đ", 9_000),
        ("9000", 9_000),
        ("9 000 đồng", 9_000),
        ("1.234.567VND", 1_234_567),
        ("30.000\u00a0₫", 30_000),
        (" 0 đ ", 0),
        ("9.000 Ð", 9_000),
    ],
)
def test_usual_ways_to_write_money(text: str, amount: int) -> None:
    assert parse_dong(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "",
        "đ",
        "-9.000",
        "−9",
        "9,000",
        "9.000,50",
        "9.00",
        "1.0000",
        "9 000.000",
        "1e3",
        "٣٠٠",
        "½",
        "9" * 16,
    ],
)
def test_everything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"(?i)số tiền"):
        parse_dong(text)


def test_format() -> None:
    assert format_dong(9_000) == "9.000 đ"
    assert format_dong(-1_234_567) == "-1.234.567 đ"


@pytest.mark.parametrize("amount", [9000.0, "9000", True, None])
def test_only_whole_numbers_are_money(amount: object) -> None:
    with pytest.raises(TypeError):
        format_dong(amount)  # type: ignore[arg-type]  # that is the slip under test


@given(st.text(max_size=20))
def test_any_text_gives_money_or_a_sentence(text: str) -> None:
    try:
        told = format_dong(parse_dong(text))
    except ValueError as error:
        told = str(error)
    assert "số tiền" in told.lower() or told.endswith(" đ")
