"""A definition is a value: it survives JSON, and a check says in words what is missing."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.procedures import ports
from portal.procedures.definition import Condition, Definition, answered, holds
from portal.procedures.definition.check import problems
from portal.procedures.definition.document import from_document, to_document

DEFINITIONS = sorted(ports.coded_definitions().values(), key=lambda item: item.code)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda item: item.code)
def test_a_definition_travels_through_json_unchanged(definition: Definition) -> None:
    document = json.loads(json.dumps(to_document(definition), ensure_ascii=False))
    assert from_document(document) == definition
    assert to_document(from_document(document)) == document


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda item: item.code)
def test_every_coded_definition_is_sound_and_uses_known_kinds(definition: Definition) -> None:
    assert problems(definition) == []
    assert {question.kind for question in definition.fields()} <= ports.kind_codes()


def _transfer() -> Definition:
    return ports.coded_definitions()["2.002854"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"code": "chuyen truong"}, "không đúng dạng"),
        ({"pages": ()}, "chưa có trang câu hỏi"),
        ({"steps": ()}, "Chưa có bước nào quyết định"),
        ({"handled_by": "answer:nowhere"}, "không có câu hỏi ấy"),
        ({"handled_by": "somewhere"}, "không đúng dạng"),
        ({"subject_field": ""}, "chưa có câu hỏi chọn con"),
        ({"deadline_rules": ()}, "Chưa nói thời hạn"),
        ({"deadlines": ()}, "chưa có số ngày"),
        ({"fees": ()}, "Chưa nói lệ phí"),
        ({"title": {"en": "only English"}}, "chưa có tiếng Việt"),
    ],
)
def test_the_check_says_what_is_missing(change: dict[str, Any], sentence: str) -> None:
    broken = dataclasses.replace(_transfer(), **change)
    assert any(sentence in problem for problem in problems(broken)), problems(broken)


def test_a_question_asked_twice_is_found() -> None:
    page = _transfer().pages[0]
    broken = dataclasses.replace(
        _transfer(), pages=(*_transfer().pages, dataclasses.replace(page, name="again"))
    )
    assert any("Câu hỏi 'child' có 2 lần" in problem for problem in problems(broken))


@pytest.mark.parametrize("document", [{}, {"code": "x"}, {"unknown": 1}, {"pages": 3}])
def test_a_foreign_document_is_refused_with_a_sentence(document: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"Tài liệu mô tả|Mục lạ"):
        from_document(document)


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ({}, {}, True),
        (answered("disability", value=True), {"disability": True}, True),
        (answered("disability", value=True), {"disability": False}, False),
        (answered("disability", value=True), {}, False),
        ({"in": [{"var": "reason"}, ["hardship", "other"]]}, {"reason": "other"}, True),
        ({"/": [1, 0]}, {}, False),
        ({">": [{"var": "name"}, 3]}, {"name": "abc"}, False),
        ({"no-such-operator": [1]}, {}, False),
    ],
)
def test_conditions(condition: Condition, answers: dict[str, Any], expected: bool) -> None:
    assert holds(condition, answers) is expected


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["==", "and", "or", "in", "<", "+", "%", "var", "if", "!", "map", "x"]),
        JSON_VALUES,
        max_size=1,
    ),
    st.dictionaries(st.text(max_size=5), JSON_VALUES, max_size=3),
)
def test_no_condition_breaks_a_page(condition: Condition, answers: dict[str, Any]) -> None:
    assert holds(condition, answers) in {True, False}
