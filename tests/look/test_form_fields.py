"""A day in three boxes and a personal ID: what was typed stays, what is wrong is said."""

from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from portal.common.form_fields import FIRST_YEAR, LAST_YEAR, DatePartsField, PersonalIdField

BOXES = ("born-day", "born-month", "born-year")
typed = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)


class Birth(forms.Form):
    """Both fields of this module."""

    born = DatePartsField(label="Ngày sinh")
    personal_id = PersonalIdField(label="Số định danh", required=False)


class _Values(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "input" and known.get("name"):
            self.values[str(known["name"])] = known.get("value") or ""


def sent(day: str = "", month: str = "", year: str = "", personal_id: str = "") -> Birth:
    data = QueryDict(mutable=True)
    data.update(dict(zip((*BOXES, "personal_id"), (day, month, year, personal_id), strict=True)))
    return Birth(data)


def boxes(form: Birth) -> list[str]:
    parser = _Values()
    parser.feed(str(form["born"]))
    return [parser.values[name] for name in BOXES]


@given(st.tuples(typed, typed, typed))
def test_whatever_was_typed_stays_in_its_box(texts: tuple[str, str, str]) -> None:
    form = sent(*texts)
    form.is_valid()
    whole_in_one = not texts[1] and not texts[2] and len(_pieces(texts[0])) == 3
    assert boxes(form) == (_pieces(texts[0]) if whole_in_one else list(texts))


def _pieces(text: str) -> list[str]:
    return text.replace("-", "/").replace(".", "/").split("/")


@given(st.dates(dt.date(FIRST_YEAR, 1, 1), dt.date(LAST_YEAR, 12, 31)))
def test_every_day_of_the_calendar_comes_back(day: dt.date) -> None:
    form = sent(str(day.day), f"{day.month:02}", str(day.year))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == day
    shown = Birth(initial={"born": day})
    assert boxes(shown) == [str(day.day), str(day.month), str(day.year)]


@given(st.tuples(typed, typed, typed))
def test_what_is_no_day_is_said_and_never_breaks(texts: tuple[str, str, str]) -> None:
    form = sent(*texts)
    if form.is_valid():
        assert isinstance(form.cleaned_data["born"], dt.date)
    else:
        assert all(form.errors["born"])


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("", "", ""), "Ghi đủ ngày, tháng, năm."),
        (("5", "", "2018"), "Ghi cả tháng."),
        (("", "9", "2018"), "Ghi cả ngày."),
        (("5", "9", ""), "Ghi cả năm."),
        (("31", "9", "2018"), "Tháng 9 chỉ có 30 ngày."),
        (("29", "2", "2019"), "Tháng 2 chỉ có 28 ngày."),
        (("5", "13", "2018"), "Tháng là số từ 1 đến 12."),
        (("5", "9", "18"), "Năm cần đủ 4 chữ số"),
        (("năm", "9", "2018"), "chỉ gồm chữ số"),
        (("\u0665", "9", "2018"), "chỉ gồm chữ số"),
    ],
)
def test_each_slip_has_its_sentence(texts: tuple[str, str, str], said: str) -> None:
    form = sent(*texts)
    assert not form.is_valid()
    assert said in str(form.errors["born"])
    assert boxes(form) == list(texts)
    assert str(form["born"]).count('aria-invalid="true"') == 3


def test_a_whole_day_in_the_first_box_is_taken_apart() -> None:
    for text in ("5/9/2018", "05-09-2018", "5.9.2018"):
        form = sent(text)
        assert form.is_valid()
        assert form.cleaned_data["born"] == dt.date(2018, 9, 5)


def test_the_boxes_are_named_and_the_group_has_a_legend() -> None:
    html = Birth().as_div()
    assert html.count("<legend") == 1
    for name, label in zip(BOXES, ("Ngày", "Tháng", "Năm"), strict=True):
        assert f'<label for="id_{name}">{label}</label>' in html


@given(st.text("0123456789", min_size=12, max_size=12), st.lists(st.integers(1, 11), max_size=4))
def test_blanks_in_a_personal_id_are_forgiven(digits: str, gaps: list[int]) -> None:
    spaced = digits
    for at in sorted(set(gaps), reverse=True):
        spaced = f"{spaced[:at]} {spaced[at:]}"
    assert PersonalIdField().clean(spaced) == digits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("99931800451", "đã nhập 11 chữ số"),
        ("9993180045120", "đã nhập 13 chữ số"),
        ("99931800451x", "chỉ gồm chữ số"),
        ("một hai ba", "chỉ gồm chữ số"),
    ],
)
def test_a_wrong_personal_id_stays_as_typed_and_is_explained(text: str, said: str) -> None:
    form = sent("5", "9", "2018", text)
    assert not form.is_valid()
    assert said in str(form.errors["personal_id"])
    assert f'value="{text}"' in str(form["personal_id"])


def test_an_id_that_may_stay_empty_may_stay_empty() -> None:
    assert PersonalIdField(required=False).clean("  ") == ""
