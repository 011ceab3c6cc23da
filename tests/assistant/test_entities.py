"""What a question names: a file code is one or is none; a personal ID is found in order to be hidden."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from chatbot.bot.entities import MASK, find, gazetteer

NAMES = gazetteer(
    {
        "school": ["Trường Tiểu học Ban Mai", "Trường THPT Hoa Ban"],
        "commune": ["Phường Nậm La", "Xã Mường Chiên"],
    }
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind, found.value) for found in find(text, NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "tra H99.12.034-261124-0007 giúp", "h99.12.034-261124-0007", "H99.12.034 – 261124 – 0007",
        "ma ho so H38-251122-0001", "T-7Q4K-22",
    ],
)  # fmt: skip
def test_file_codes_as_people_type_them(text: str) -> None:
    assert [kind for kind, _ in kinds(text)] == ["file_code"]


@pytest.mark.parametrize("text", ["999190001234", "999 190 001 234", "999.190.001.234"])
def test_a_personal_id_is_found_and_never_given(text: str) -> None:
    assert kinds(f"số của con là {text}") == [("personal_id", MASK)]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_schools_and_communes_with_and_without_marks(form: Literal["NFC", "NFD"]) -> None:
    typed = unicodedata.normalize(form, "trường tiểu học ban mai ở phường nậm la")
    for text in (typed, "truong tieu hoc ban mai o phuong nam la", "tieu hoc BAN MAI, nam la"):
        found = dict(kinds(text))
        assert found["school"] == "Trường Tiểu học Ban Mai"
        assert found["commune"] == "Phường Nậm La"


def test_places_are_those_of_the_text_as_typed() -> None:
    text = "số của Trường Tiểu học Ban Mai là gì"
    (found,) = [one for one in find(text, NAMES) if one.kind == "school"]
    assert text[found.start : found.end] == "Trường Tiểu học Ban Mai"


def test_grades_levels_dates_relations_fees() -> None:
    assert kinds("lớp 10") == [("grade", "10")]
    assert ("level", "thpt") in kinds("học phí thpt của cháu")
    assert ("fee_kind", "hoc phi") in kinds("học phí thpt của cháu")
    assert ("date", "15/06/2027") in kinds("hẹn 15/06/2027")
    assert ("relation", "ong ba") in kinds("ông bà nộp thay")


def test_nothing_is_found_where_nothing_is_named() -> None:
    assert kinds("xin chào") == []
