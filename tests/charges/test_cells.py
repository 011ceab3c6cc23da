"""What stands in cells and boxes, whatever it is: a number of units or a sentence, an amount or a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from portal.charges.sheet import _exemption, _quantity
from portal.common.money import format_dong
from portal.desk.forms.charges import MoneyField


def tried(read: Callable[[Any], Any], cell: object) -> tuple[Any, str]:
    """Give what was read, or None and the sentence."""
    try:
        return read(cell), ""
    except ValueError as error:
        return None, str(error)


CELLS = st.one_of(st.text(max_size=12), st.integers(), st.floats(allow_nan=True), st.booleans())


@given(cell=CELLS)
def test_a_cell_of_units_is_a_number_in_reach_or_says_what_to_write(cell: object) -> None:
    read, said = tried(_quantity, cell)
    assert "từ 1 đến 366" in said if read is None else 1 <= read <= 366


@pytest.mark.parametrize(("cell", "units"), [("20", 20), (20, 20), (20.0, 20), (" 366 ", 366), ("007", 7)])
def test_units_as_schools_write_them(cell: object, units: int) -> None:
    assert _quantity(cell) == units  # type: ignore[arg-type]  # as Excel gives it


@given(cell=st.text(max_size=300))
def test_a_ground_of_exemption_is_tidied_or_too_long(cell: str) -> None:
    read, said = tried(_exemption, cell)
    assert "200 ký tự" in said if read is None else len(read) <= 200 and read == read.strip()


@given(amount=st.integers(0, 10**12))
def test_an_amount_comes_back_as_it_was_written(amount: int) -> None:
    field = MoneyField(label="Đơn giá")
    assert field.clean(format_dong(amount)) == field.clean(str(amount)) == amount


@pytest.mark.parametrize("written", ["-1", "30,5", "1.0000", "ba mươi", "1e5", "٣٠"])
def test_other_amounts_are_refused_with_a_sentence(written: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField(label="Đơn giá").clean(written)
