"""Gathering texts: what is found, what is refused, and that the catalogue is the same every time."""

from __future__ import annotations

import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from tasks.terminal import Refusal
from tasks.translatable import Text, of_code, of_template
from tasks.translations import untranslated, updated, written

LAZY = "from django.utils.translation import gettext_lazy as _\n"


def code(source: str) -> list[tuple[str, str, str]]:
    return [text[:3] for text in of_code(source, "x.py")]


def template(source: str) -> list[tuple[str, str, str]]:
    return [text[:3] for text in of_template(source, "x.html")]


def read(content: bytes) -> Catalog:
    return read_po(io.BytesIO(content), locale="en", domain="django")


def texts(*singulars: str) -> list[Text]:
    return [Text(singular, "", "", "x.py") for singular in singulars]


def test_texts_of_code_are_found_under_whatever_name_a_file_gives() -> None:
    assert code(LAZY + '_("Nộp " "hồ sơ")') == [("Nộp hồ sơ", "", "")]
    assert code(
        "from django.utils.translation import ngettext as count, pgettext as at, npgettext\n"
        'count("%(n)d tệp", "%(n)d tệp", n)\nat("nút", "Sửa")\nnpgettext("nút", "một", "nhiều", 2)'
    ) == [("%(n)d tệp", "%(n)d tệp", ""), ("Sửa", "", "nút"), ("một", "nhiều", "nút")]
    assert code('from django.utils import translation\ntranslation.gettext("Có")') == [("Có", "", "")]
    assert code('from portal.common.sentences import Sentence\nSentence("Ghi %(n)d.", n=1)') == [
        ("Ghi %(n)d.", "", "")
    ]


def test_what_is_no_text_is_left_alone() -> None:
    assert code('_("của ai khác")') == []
    assert code(LAZY + "_(words)\n_('')") == []
    assert template("{% translate words %}{{ words }} Nộp") == []


@pytest.mark.parametrize(
    "argument", ['f"Còn {n} ngày"', '"Còn {} ngày".format(n)', '"Còn %s ngày" % n', '"Còn " + n']
)
def test_a_text_that_is_filled_in_too_early_is_refused_with_its_place(argument: str) -> None:
    with pytest.raises(Refusal, match=r"x\.py:2: the text .*Còn.* is filled in before it is translated"):
        code(LAZY + f"_({argument})")


def test_texts_of_templates_are_found_with_context_plural_and_inside_tags() -> None:
    assert template('{% translate "Nộp" %}{% translate "Sửa" context "nút" as x %}') == [
        ("Nộp", "", ""),
        ("Sửa", "", "nút"),
    ]
    assert template('{% include "a.html" with words=_("Tìm (nhanh)") %}') == [("Tìm (nhanh)", "", "")]
    counted = "{% blocktranslate count n=m %}{{ n }} tệp{% plural %}{{ n }} tệp nữa{% endblocktranslate %}"
    assert template(counted) == [("%(n)s tệp", "%(n)s tệp nữa", "")]


def test_translations_stay_and_what_nobody_uses_goes() -> None:
    before = Catalog(locale="en")
    before.add("Có", "Yes")
    before.add("Xưa", "Old")
    after = read(written(updated(texts("Có", "Không"), before)))
    assert after["Có"].string == "Yes"
    assert "Xưa" not in after
    assert b"#~" not in written(after)
    assert untranslated(updated(texts("Có", "Không"), before)) == ["x.py: Không"]


def test_one_text_may_mean_two_things() -> None:
    before = Catalog(locale="en")
    before.add("Sửa", "Change", context="nút")
    found = [Text("Sửa", "", "nút", "a.html"), Text("Sửa", "", "", "b.html")]
    after = read(written(updated(found, before)))
    button, word = after.get("Sửa", context="nút"), after.get("Sửa")
    assert button is not None
    assert button.string == "Change"
    assert word is not None
    assert word.string == ""


def test_a_text_that_has_become_countable_is_translated_anew() -> None:
    before = Catalog(locale="en")
    before.add("%(n)s tệp", "%(n)s file")
    (message,) = [item for item in updated([Text("%(n)s tệp", "%(n)s tệp", "", "x")], before) if item.id]
    assert untranslated(updated([Text("%(n)s tệp", "%(n)s tệp", "", "x")], before))
    assert message.id == ("%(n)s tệp", "%(n)s tệp")


def test_equal_plurals_get_two_english_forms_and_keep_them() -> None:
    found = [Text("%(n)s tệp", "%(n)s tệp", "", "x")]
    before = Catalog(locale="en")
    before.add(("%(n)s tệp", "%(n)s tệp"), ("%(n)s file", "%(n)s files"))
    after = read(written(updated(found, before)))
    assert after["%(n)s tệp"].string == ("%(n)s file", "%(n)s files")


def test_the_file_is_the_same_whatever_order_texts_are_found_in() -> None:
    found = [Text("B", "", "", "z.py"), Text("A", "", "", "y.py"), Text("B", "", "", "a.py")]
    once = written(updated(found, Catalog(locale="en")))
    assert once == written(updated(reversed(found), Catalog(locale="en")))
    assert once == written(updated(found, read(once)))
    assert b"Date" not in once
    assert '#: a.py z.py\nmsgid "B"' in once.decode()


def test_a_mark_of_doubt_is_kept_for_the_check_to_find() -> None:
    before = Catalog(locale="en")
    before.add("Có", "Yes", flags=["fuzzy"])
    (message,) = [item for item in updated(texts("Có"), before) if item.id]
    assert message.fuzzy
