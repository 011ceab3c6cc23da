"""Instances in the published format: what is read, what is refused and in which words."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admissions.allocation import InstanceRefusedError, allocate, load, parse

GOOD: dict[str, Any] = {
    "season": "hoa-ban-2027-lop-1",
    "seed": "0f" * 32,
    "schools": [
        {"code": "TH001", "seats": 1, "reserves": {"disability": 1}},
        {"code": "TH002", "seats": 1},
    ],
    "children": [
        {"id": "c1", "choices": [{"school": "TH001", "class": 1, "distance": 4}]},
        {
            "id": "c2",
            "group": "disability",
            "draw_key": "c1",
            "choices": [
                {"school": "TH001", "class": 4, "distance": 9, "origin": "family"},
                {"school": "TH002", "class": 4, "distance": 9, "origin": "duty"},
            ],
        },
        {"id": "c3", "group": None, "choices": []},
    ],
}


def test_what_may_be_absent_may_be_absent() -> None:
    instance = load(json.dumps(GOOD))
    assert instance.children[0].draw_key == "c1"
    assert instance.children[0].choices[0].origin == "family"
    assert instance.schools[1].reserves == {}
    assert instance.children[1].choices[1].origin == "duty"


def test_the_result_has_the_published_form() -> None:
    result = allocate(parse(GOOD))
    assert json.loads(result.to_bytes()) == {
        "season": "hoa-ban-2027-lop-1",
        "placements": {"c1": None, "c2": {"school": "TH001", "choice": 1}, "c3": None},
        "cutoffs": {"TH001": {"filled": 1}, "TH002": {"filled": 0}},
        # sha256 of {"c1":null,"c2":{"choice":1,"school":"TH001"},"c3":null}
        "digest": "eaea9df31466344a5761f8781ba460cdbb9f6737accbed961dcb9d9155ea3fc9",
    }
    assert b" " not in result.to_bytes()


def _set(path: list[str | int], value: object) -> Callable[[dict[str, Any]], None]:
    def change(instance: dict[str, Any]) -> None:
        where: Any = instance
        for step in path[:-1]:
            where = where[step]
        where[path[-1]] = value

    return change


REFUSED: list[tuple[list[str | int], object, str]] = [
    (
        ["children", 0, "choices", 0, "school"],
        "TH999",
        "Trẻ thứ 1 (c1), nguyện vọng 1: không có trường “TH999”",
    ),
    (["children", 0, "choices", 0, "school"], None, "Trẻ thứ 1 (c1), nguyện vọng 1: không có trường"),
    (
        ["children", 1, "choices", 1, "school"],
        "TH001",
        "Trẻ thứ 2 (c2), nguyện vọng 2: trường “TH001” bị lặp",
    ),
    (["children", 1, "id"], "c1", "Trẻ thứ 2: mã “c1” bị lặp"),
    (["schools", 1, "code"], "TH001", "Trường thứ 2: mã “TH001” bị lặp"),
    (["schools", 0, "seats"], -1, "Trường thứ 1 (TH001): số chỗ (seats) phải là số nguyên"),
    (["schools", 0, "seats"], 1.5, "số chỗ (seats) phải là số nguyên"),
    (["schools", 0, "seats"], True, "số chỗ (seats) phải là số nguyên"),
    (["schools", 0, "seats"], "1", "số chỗ (seats) phải là số nguyên"),
    (["schools", 0, "reserves", "disability"], 2, "tổng chỗ dành riêng (2) vượt số chỗ (1)"),
    (
        ["schools", 0, "reserves", "disability"],
        -1,
        "chỗ dành riêng cho nhóm “disability” phải là số nguyên",
    ),
    (["schools", 0, "reserves"], [], "chỗ dành riêng phải là một đối tượng"),
    (["children", 0, "choices", 0, "class"], -1, "nguyện vọng 1: lớp ưu tiên (class) phải là số nguyên"),
    (["children", 0, "choices", 0, "class"], 1.0, "lớp ưu tiên (class) phải là số nguyên"),
    (["children", 0, "choices", 0, "distance"], "4", "khoảng cách (distance) phải là số nguyên"),
    (["children", 0, "choices", 0, "origin"], "friend", "nguồn (origin) phải là"),
    (["children", 0, "choices"], None, "Trẻ thứ 1 (c1): danh sách nguyện vọng phải là một mảng"),
    (["children", 0, "group"], 7, "nhóm (group) phải là chữ"),
    (["children", 0, "draw_key"], "", "khóa bốc thăm (draw_key) phải là chữ"),
    (["children", 0, "id"], "\ud800", "mã (id) có ký tự không hợp lệ"),
    (["children", 0], "c1", "Trẻ thứ 1 phải là một đối tượng"),
    (["season"], "", "Mùa tuyển sinh (season) phải là chữ và không được để trống"),
    (["season"], "  ", "Mùa tuyển sinh (season)"),
    (["seed"], "0f" * 31, "Hạt giống (seed) phải gồm đúng 64"),
    (["seed"], "zz" * 32, "Hạt giống (seed)"),
    (["seed"], "0f" * 32 + "\n", "Hạt giống (seed)"),
    (["schools"], {}, "Danh sách trường (schools) phải là một mảng"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), REFUSED)
def test_bad_instances_are_refused_with_the_place(
    path: list[str | int], value: object, sentence: str
) -> None:
    instance = copy.deepcopy(GOOD)
    _set(path, value)(instance)
    with pytest.raises(InstanceRefusedError) as refusal:
        parse(instance)
    assert sentence in "\n".join(refusal.value.problems)


def test_all_faults_are_told_at_once_but_no_endless_list() -> None:
    instance = copy.deepcopy(GOOD)
    instance["seed"], instance["season"] = "", ""
    with pytest.raises(InstanceRefusedError) as refusal:
        parse(instance)
    assert len(refusal.value.problems) == 2
    instance["children"] = [{} for _ in range(1_000)]
    with pytest.raises(InstanceRefusedError) as refusal:
        parse(instance)
    assert len(refusal.value.problems) == 50


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "không phải JSON"),
        (b"{", "dòng 1, cột 2"),
        (b"\xff\xfe", "không phải UTF-8"),
        (b"[" * 100_000, "không phải JSON"),
        (b'{"season": NaN}', "“NaN”"),
        (b'{"season": "a", "season": "b"}', "hai lần khóa “season”"),
        (b'{"seed": ' + b"9" * 5_000 + b"}", "con số dài"),
        (b"null", "Tệp phải là một đối tượng"),
    ],
)
def test_what_is_no_instance_at_all(data: bytes, sentence: str) -> None:
    with pytest.raises(InstanceRefusedError, match=sentence):
        load(data)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=12,
)


@given(st.sampled_from([path for path, _, _ in REFUSED]), json_values)
def test_any_value_anywhere_is_read_or_refused(path: list[str | int], value: object) -> None:
    instance = copy.deepcopy(GOOD)
    _set(path, value)(instance)
    try:
        made = allocate(parse(instance)).to_bytes()
    except InstanceRefusedError as refusal:
        made = str(refusal).encode()
    assert made
