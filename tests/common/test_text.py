"""Vietnamese text: every marked letter, both placements of tones, both ways to compose."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.common.text import fold, nfc, plain, spelling_key, tidy

LOWER = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
MARKED = LOWER + LOWER.upper()
TONES = "\u0300\u0301\u0309\u0303\u0323"
PAIRS = [
    (nfc(start + first + tone + second), nfc(start + first + second + tone))
    for start, first, second in [("h", "o", "a"), ("kh", "o", "e"), ("th", "u", "y"), ("", "u", "y")]
    for tone in TONES
]
vietnamese = st.text(alphabet=MARKED + " aeiouyghnkmtqHNTQ.'-", max_size=40)


def test_the_alphabet_has_all_134_marked_letters() -> None:
    assert len(set(MARKED)) == 134


@pytest.mark.parametrize("letter", MARKED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_marked_letter_folds_to_its_bare_one(letter: str, form: str) -> None:
    typed = unicodedata.normalize(form, letter)  # type: ignore[arg-type]  # parametrize gives str
    bare = "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()
    assert fold(typed) == bare
    assert plain(typed).lower() == bare
    assert plain(typed).isupper() == letter.isupper()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_keys_and_tidying_settle(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert plain(plain(text)) == plain(text)
    assert plain(text).isascii()
    assert tidy(text) == tidy(text).strip()
    assert "\x00" not in fold(text) + tidy(text) + plain(text)


@given(vietnamese)
def test_composed_and_decomposed_are_the_same(text: str) -> None:
    composed, decomposed = nfc(text), unicodedata.normalize("NFD", text)
    for key in (fold, tidy, plain, spelling_key):
        assert key(composed) == key(decomposed)


@given(vietnamese)
def test_case_does_not_matter_to_keys(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert spelling_key(text.upper()) == spelling_key(text)


@pytest.mark.parametrize(("old", "new"), PAIRS)
@pytest.mark.parametrize("before", ["", "Nguyễn Thị ", "q "])
@pytest.mark.parametrize("after", ["", " Bình", ", lớp 1"])
def test_old_and_new_placement_of_the_tone_are_one_word(
    old: str, new: str, before: str, after: str
) -> None:
    assert fold(before + old + after) == fold(before + new + after)
    assert spelling_key(before + old + after) == spelling_key(before + new + after)
    assert tidy(before + old + after) == before + old + after


@pytest.mark.parametrize(("one", "other"), [("hoán", "hóan"), ("thuyền", "thùyên"), ("quý", "qúy")])
def test_placement_is_not_touched_before_a_consonant_or_after_q(one: str, other: str) -> None:
    assert spelling_key(one) != spelling_key(other)
    assert spelling_key(one) == one


@pytest.mark.parametrize("eth", "ĐÐƉđðɖ")
def test_look_alikes_of_dd_are_one_letter(eth: str) -> None:
    assert fold(f"{eth}ặng") == "dang"
    assert spelling_key(f"{eth}ặng") == "đặng"
    assert tidy(f"{eth}ặng") in {"Đặng", "đặng"}


@pytest.mark.parametrize("name", ["H'Mông", "Y Blô", "K'Brới", "Ê Ban", "Pơloong", "Ksor H'Nhí"])
def test_names_of_all_peoples_keep_their_letters(name: str) -> None:
    assert tidy(f"  {name}\u200b\u00a0 ") == name


def test_marks_count_for_names_but_not_for_search() -> None:
    assert spelling_key("Lê Thị Hoa") != spelling_key("Lê Thị Hoà")
    assert fold("  LÊ\tThị   Hoà ") == "le thi hoa"


def test_plain_keeps_case_and_punctuation() -> None:
    assert plain("Nộp lệ phí – “Trường Đống Đa”…") == 'Nop le phi - "Truong Dong Da"...'
