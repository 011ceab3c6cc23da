"""Sentences of modules without Django, said in the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from portal.common.codes import clean_personal_id, personal_id_hints
from portal.common.money import parse_dong
from portal.common.money_words import dong_in_words
from portal.common.sentences import Sentence
from portal.common.spoken import spoken


def test_a_sentence_is_a_text_with_its_facts_filled_in() -> None:
    said = Sentence("Ghi đủ %(n)d chữ số.", n=12)
    assert said == "Ghi đủ 12 chữ số."
    assert Sentence("Giảm 50% thôi.") == "Giảm 50% thôi."


def test_a_refusal_is_said_in_the_readers_language() -> None:
    with pytest.raises(ValueError, match="đã nhập 3 chữ số") as refused:
        clean_personal_id("999")
    assert "đã nhập 3 chữ số" in spoken(refused.value)
    with override("en"):
        assert "you entered 3" in spoken(refused.value)


def test_facts_are_translated_where_they_are_sentences() -> None:
    (hint,) = personal_id_hints("999218004512", None, "female")
    assert hint.startswith("Theo số định danh, người này là nam")
    with override("en"):
        assert "is male, but the gender entered is female" in spoken(hint)


def test_what_is_no_sentence_stays_as_it_is() -> None:
    with override("en"):
        assert spoken(ValueError("Khác")) == "Khác"
        assert spoken(ValueError()) == ""
        assert spoken("Khác") == "Khác"


def test_amounts_are_written_as_the_reader_expects() -> None:
    with override("vi"):
        assert dong_in_words(9000) == "9.000 đ"
    with override("en"):
        assert dong_in_words(9000) == "9,000 VND"
        assert dong_in_words(0) == "0 VND"


def test_money_is_refused_in_english_too() -> None:
    with pytest.raises(ValueError, match="số âm") as refused:
        parse_dong("-9000")
    with override("en"):
        assert spoken(refused.value) == "The amount cannot be negative. Enter 0 or more."
