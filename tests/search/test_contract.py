"""The contract of the search: the same first results on SQLite, PostgreSQL and Elasticsearch."""

from __future__ import annotations

import unicodedata

import pytest

from portal.search import selectors, services
from tests.search import cases

pytestmark = pytest.mark.django_db


def _first(query: str) -> str:
    found = selectors.find(query=query)
    return found.hits[0].key if found.hits else ""


def _wrong(table: list[tuple[str, str]]) -> list[str]:
    answers = [(query, key, _first(query)) for query, key in table]
    return [f"{query!r}: {got or 'nothing'} instead of {key}" for query, key, got in answers if got != key]


def test_there_are_as_many_cases_as_promised() -> None:
    assert len(cases.NORMAL) + len(cases.CODES) + len(cases.SLIPS) >= 150
    assert len(cases.UNMARKED) >= 40
    assert len(cases.SLIPS) >= 20
    assert len(cases.CODES) >= 20
    assert all(query == unicodedata.normalize("NFC", query) for query, _key in cases.MARKED)


@pytest.mark.parametrize("table", ["MARKED", "UNMARKED", "SHORT_FORMS", "SPELLINGS", "CODES"])
def test_what_is_meant_comes_first(world: str, table: str) -> None:
    assert _wrong(getattr(cases, table)) == []


def test_decomposed_letters_are_the_same_letters(world: str) -> None:
    assert _wrong([(unicodedata.normalize("NFD", query), key) for query, key in cases.MARKED]) == []


def test_capitals_are_the_same_letters(world: str) -> None:
    assert _wrong([(query.upper(), key) for query, key in cases.MARKED]) == []


def test_slips_are_mended_and_the_reader_is_told(world: str) -> None:
    assert _wrong(cases.SLIPS) == []
    found = selectors.find(query="chueyn truong")
    assert found.meant == "chuyển trường"
    assert selectors.find(query="chuyển trường").meant == ""


def test_the_own_marks_come_first(world: str) -> None:
    assert _first("Ban Trắng") == "th-ban-trang"
    assert _first("Bản Trang") == "ths-ban-trang-2"
    both = {hit.key for hit in selectors.find(query="ban trang").hits}
    assert {"th-ban-trang", "ths-ban-trang-2"} <= both


def test_whatever_is_typed_gets_an_answer(world: str) -> None:
    for query in cases.HARD:
        found = selectors.find(query=query)
        assert found.total >= 0, ascii(query)[:40]
        assert len(found.query) <= 120
        assert isinstance(selectors.suggest(query=query), list)
        services.remember(text=query, found=found.total)


def test_results_can_be_narrowed_to_a_kind_and_counts_stay(world: str) -> None:
    every = selectors.find(query="học phí")
    assert every.kinds["procedure"] >= 1
    assert every.kinds["document"] >= 1
    assert every.total == sum(every.kinds.values())
    only = selectors.find(query="học phí", kind="document")
    assert {hit.kind for hit in only.hits} == {"document"}
    assert only.total == every.kinds["document"]
    assert only.kinds == every.kinds


def test_pages_do_not_repeat_results(world: str) -> None:
    first = selectors.find(query="trường")
    assert first.pages > 1
    keys = [hit.key for hit in first.hits]
    for page in range(2, first.pages + 1):
        keys += [hit.key for hit in selectors.find(query="trường", page=page).hits]
    assert len(keys) == len(set(keys)) == first.total


def test_a_word_too_many_still_leads_somewhere(world: str) -> None:
    found = selectors.find(query="chuyển trường qzxv")
    assert found.some_words
    assert found.hits[0].key == "chuyen-truong"


def test_nothing_is_found_for_what_there_is_not(world: str) -> None:
    found = selectors.find(query="qzxv wqxz")
    assert (found.hits, found.total, found.kinds) == ((), 0, {})


def test_each_language_finds_its_own_and_what_has_none(world: str) -> None:
    english = selectors.find(query="transfer", language="en")
    assert [hit.key for hit in english.hits] == ["en-transfer"]
    assert selectors.find(query="transfer", language="vi").total == 0
    assert selectors.find(query="2.002854", language="en").hits[0].key == "en-transfer"
    assert selectors.find(query="mam non hoa sua", language="en").hits[0].key == "mn-hoa-sua"


def test_snippets_mark_what_was_found_and_nothing_is_unescaped(world: str) -> None:
    hit = selectors.find(query="chuyen noi o").hits[0]
    assert "học sinh <mark>chuyển nơi</mark> ở." in hit.snippet
    assert "<mark>Chuyển trường</mark> đối với" in selectors.find(query="chuyển trường").hits[0].title


@pytest.mark.parametrize(
    ("typed", "key"),
    [("chuy", "chuyen-truong"), ("chuyển tr", "chuyen-truong"), ("ban sao h", "ban-sao-hoc-ba"),
     ("mầm non hoa s", "mn-hoa-sua"), ("Đăng ký t", "lop-1"), ("truong tieu hoc na", "th-nam-ban")],
)  # fmt: skip
def test_half_a_title_is_completed(world: str, typed: str, key: str) -> None:
    assert key in [hit.key for hit in selectors.suggest(query=typed)][:3]


def test_a_dossiers_code_is_recognised_without_looking_it_up(world: str) -> None:
    assert selectors.find(query="h99.12-261124-0007").dossier_code == "H99.12-261124-0007"
    assert selectors.find(query="t-7q4k-22").dossier_code == "T-7Q4K-22"
    assert selectors.find(query="chuyển trường").dossier_code == ""
