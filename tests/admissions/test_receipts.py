"""A receipt explains itself."""

from typing import Any

import pytest

from admissions.allocation import allocate, parse
from admissions.allocation.receipt_words import sentences
from admissions.allocation.receipts import ReceiptBook
from tests.admissions.instances import random_instance, standing

NAMES = {"A": "Trường A", "B": "Trường B"}


def child(
    key: str, *choices: tuple[str, int, int], group: str | None = None, origin: str = "family"
) -> dict[str, Any]:
    return {
        "id": key,
        "group": group,
        "choices": [
            {"school": school, "class": priority, "distance": distance, "origin": origin}
            for school, priority, distance in choices
        ],
    }


def told(
    children: list[dict[str, Any]], who: str, *, seats: int = 1, reserve: int = 0, bands: int = 100
) -> list[str]:
    schools = [
        {"code": "A", "seats": seats, "reserves": {"disability": reserve}},
        {"code": "B", "seats": 1},
    ]
    instance = parse({"season": "s", "seed": "0" * 64, "schools": schools, "children": children})
    return sentences(ReceiptBook(instance, allocate(instance)).receipt(who), NAMES, bands)


def test_distance_decided() -> None:
    assert told([child("x", ("A", 2, 8)), child("y", ("A", 2, 11), ("B", 1, 0))], "y") == [
        (
            "Nguyện vọng 1, Trường A nhận đến lớp ưu tiên 2, khoảng cách 800 m; "
            "con anh/chị ở lớp ưu tiên 2, khoảng cách 1.100 m."
        ),
        (
            "Nguyện vọng 2, Trường B: con anh/chị được nhận, lớp ưu tiên 1, khoảng cách 0 m; "
            "xếp thứ 1 trong 1 trẻ đăng ký trường này."
        ),
    ]


def test_class_decided_and_nothing_was_left() -> None:
    lines = told([child("x", ("A", 1, 30)), child("y", ("A", 3, 1))], "y")
    assert lines[0].endswith("nhận đến lớp ưu tiên 1, khoảng cách 3.000 m; con anh/chị ở lớp ưu tiên 3.")
    assert "đợt bổ sung" in lines[1]


def test_the_draw_decided() -> None:
    children = [child("x", ("A", 1, 0)), child("y", ("A", 1, 0))]
    lines = [line for who in "xy" for line in told(children, who, bands=0)]
    assert sum("được nhận, lớp ưu tiên 1;" in line for line in lines) == 1
    assert sum("xét số bốc thăm (nhỏ hơn xếp trước)" in line for line in lines) == 1


def test_brothers_and_sisters_with_one_draw() -> None:
    twins = [child("x", ("A", 1, 0)), {**child("y", ("A", 1, 0)), "draw_key": "x"}]
    assert "cùng số, nên xét theo mã số" in told(twins, "y")[0]


def test_reserved_seats_are_told_to_their_child_and_to_who_found_none() -> None:
    children = [child("x", ("A", 4, 40), group="disability"), child("y", ("A", 1, 0))]
    assert "bằng chỗ dành riêng" in told(children, "x", reserve=1)[0]
    assert "tất cả 1 chỗ đã dành riêng" in told(children, "y", reserve=1)[0]
    assert "không có chỗ nào" in told(children, "y", seats=0)[0]


def test_duty_and_later_choices_are_explained() -> None:
    assert "Sở thêm vào" in told([child("x", ("A", 1, 0), origin="duty")], "x")[0]
    assert "cao hơn" in told([child("x", ("A", 1, 0), ("B", 1, 0))], "x")[-1]


def test_every_receipt_can_be_told_and_its_ranks_are_right() -> None:
    for number in range(200):
        instance = random_instance(number, schools=3, children=14, choices=3, crowded=0.4)
        book = ReceiptBook(instance, allocate(instance))
        for one in instance.children:
            receipt = book.receipt(one.id)
            assert sentences(receipt, {})
            for row in receipt["choices"]:
                ahead = sum(
                    standing(instance, other, row["school"]) < standing(instance, one, row["school"])
                    for other in instance.children
                    if any(choice.school == row["school"] for choice in other.choices)
                )
                assert row["rank"] == ahead + 1 <= row["listed"]


def test_a_receipt_of_nobody() -> None:
    instance = random_instance(1)
    with pytest.raises(KeyError):
        ReceiptBook(instance, allocate(instance)).receipt("nobody")
