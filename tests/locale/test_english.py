"""Every text that people read has an English translation, and the translation holds what the text holds."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message

from portal.procedures import ports
from tasks.translatable import texts
from tasks.translations import ENGLISH, catalogue, untranslated, updated, written
from tests.locale.support import KEPT, has_vietnamese

_PLACEHOLDER = re.compile(r"%\([^)]+\)[sd]|\{\w*\}|<[^>]+>")


@cache
def english() -> Catalog:
    return catalogue(ENGLISH)


def entries() -> Iterator[Message]:
    return (message for message in english() if message.id)


def strings(message: Message) -> tuple[str, ...]:
    given = message.string
    return tuple(str(string) for string in given) if isinstance(given, tuple | list) else (str(given),)


def singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def test_the_catalogue_holds_exactly_the_texts_there_are() -> None:
    again = written(updated(texts(), english()))
    assert ENGLISH.read_bytes() == again, "run `python -m tasks translations` and translate what it names"


def test_every_text_is_translated() -> None:
    assert len(english()) > 1000
    assert untranslated(english()) == []


def test_no_translation_is_doubtful() -> None:
    assert [message.id for message in entries() if message.fuzzy] == []


def test_placeholders_and_tags_agree() -> None:
    odd: list[tuple[str, str]] = []
    for message in entries():
        wanted = Counter(_PLACEHOLDER.findall(singular(message)))
        odd.extend(
            (singular(message), string)
            for string in strings(message)
            if Counter(_PLACEHOLDER.findall(string)) != wanted
        )
    assert odd == []


def test_no_vietnamese_is_left_in_english() -> None:
    left = []
    for message in entries():
        for string in strings(message):
            told = string
            for kept in KEPT:
                told = told.replace(kept, "")
            if has_vietnamese(told):
                left.append(string)
    assert left == []


def test_what_is_kept_is_used() -> None:
    everything = "\n".join(string for message in entries() for string in strings(message))
    assert [kept for kept in KEPT if kept not in everything] == []


def test_english_has_the_typography_of_the_house() -> None:
    odd = [
        string
        for message in entries()
        for string in strings(message)
        if "'" in string or "  " in string or string != string.strip() or ".." in string
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("word", "never"),
    [
        ("hồ sơ", "file code|application|case"),
        ("lệ phí", "charges?(?<!in charge)"),
        ("cán bộ", "official |civil servant"),
    ],
)
def test_words_of_the_glossary_have_no_synonyms(word: str, never: str) -> None:
    told = [
        string
        for message in entries()
        if word in singular(message).lower()
        for string in strings(message)
        if re.search(rf"\b(?:{never})\b", string)
    ]
    assert told == []


def _said(value: Any, where: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Find the texts inside a definition: mappings that have Vietnamese."""
    if isinstance(value, Mapping):
        if "vi" in value:
            yield where, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _said(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, (list, tuple)):
        for number, item in enumerate(value):
            yield from _said(item, f"{where}[{number}]")


@pytest.mark.parametrize("code", sorted(ports.coded_definitions()))
def test_every_text_of_a_procedure_is_in_english(code: str) -> None:
    found = list(_said(ports.coded_definitions()[code], code))
    assert len(found) > 10
    assert [where for where, value in found if not value.get("en")] == []
    assert [value["en"] for _where, value in found if has_vietnamese(value["en"])] == []
