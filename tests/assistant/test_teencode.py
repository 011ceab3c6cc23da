"""Phone style: made the same way every time, and undone as far as a word means one thing."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from chatbot.bot.augmentation import augmented
from chatbot.bot.reading import read
from portal.common.teencode import SHORTENED, SPELLED, phone_style, spell_out
from portal.common.text import fold

TEXTS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ .,?!0123456789", max_size=200)


@given(TEXTS)
def test_phone_style_is_seeded_by_the_text(text: str) -> None:
    assert phone_style(text) == phone_style(text)
    assert re.fullmatch(r"[a-z0-9 ]*", phone_style(text))


@given(TEXTS)
def test_one_slip_in_thirty_characters_at_most(text: str) -> None:
    short = " ".join(re.sub(r"[^\w\s]|_", " ", fold(text)).split())
    assert len(phone_style(text)) <= len(short)


def test_every_row_of_the_table_is_used() -> None:
    for full, short in SHORTENED.items():
        assert fold(short) in phone_style(full).split()


def test_what_phones_write_is_read_in_full() -> None:
    assert spell_out("ko dc dk lop 1") == "khong duoc dang ky lop 1"
    assert all(fold(written) == written for written in SPELLED)


def test_composition_and_tone_placement_make_no_difference_without_marks() -> None:
    assert read("Hoà thi\u0300 ho\u0323c").folded == read("hòa thì học").folded == "hoa thi hoc"


def test_codes_and_long_numbers_become_one_word() -> None:
    assert read("tra H99.12.034-261124-0007").folded == "tra xmahoso"
    assert read("số 010 201 001 234 nhé").folded == "so xdayso nhe"


def test_copies_are_the_same_in_every_training() -> None:
    phrases = [("Chuyển trường cần giấy tờ gì cho con lớp ba?", "transfer_documents")]
    assert list(augmented(phrases, 2)) == list(augmented(phrases, 2))
    assert len(list(augmented(phrases, 2))) == 3
