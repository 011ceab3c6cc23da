"""Fills an engine with made-up entries and asks it; prints JSON: label → (value, unit)."""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import django

WORDS = [
    "trường",
    "học",
    "sinh",
    "giáo",
    "viên",
    "chuyển",
    "tiểu",
    "trung",
    "cơ",
    "sở",
    "phổ",
    "thông",
    "mầm",
    "non",
    "học",
    "bạ",
    "văn",
    "bằng",
    "chứng",
    "chỉ",
    "tuyển",
    "sinh",
    "lớp",
    "hồ",
    "sơ",
    "nộp",
    "lệ",
    "phí",
    "miễn",
    "giảm",
    "hỗ",
    "trợ",
    "dân",
    "tộc",
    "nội",
    "trú",
    "bán",
    "xã",
    "phường",
    "bản",
    "tỉnh",
    "sở",
    "giáo",
    "dục",
    "đào",
    "tạo",
    "kết",
    "quả",
    "thi",
    "tốt",
    "nghiệp",
    "điểm",
    "danh",
    "sách",
    "quyết",
    "định",
    "thông",
    "tư",
    "nghị",
    "công",
    "khai",
    "cha",
    "mẹ",
    "con",
    "cháu",
    "năm",
    "kỳ",
    "ngày",
    "tháng",
    "nghỉ",
    "khai",
    "giảng",
]
QUERIES = ("chuyển trường", "hoc ba", "tuyen sinh lop", "miễn giảm học phí", "trường", "văn bằng chứng chỉ")
ROUNDS = 5


def main(count: int) -> None:
    """Measure and print."""
    django.setup()
    from portal.search import ports, pushing, selectors, services

    ports._SOURCES.clear()  # noqa: SLF001 - nothing but what is made up here
    ports.register_source(_Made(count))
    filled = _seconds(lambda: services.refresh_source(source="made"))
    rebuilt = _seconds(pushing.rebuild)
    found = [
        _seconds(lambda query=query: selectors.find(query=query))  # type: ignore[misc]  # called at once
        for _round in range(ROUNDS)
        for query in QUERIES
    ]
    completed = [_seconds(lambda: selectors.suggest(query="chuyển tr")) for _round in range(10)]
    found.sort()
    print(
        json.dumps(
            {
                "writing 100,000 entries": (filled, "s"),
                "re-index": (rebuilt, "s"),
                "a search, p50": (found[len(found) // 2] * 1_000, "ms"),
                "a search, slowest": (found[-1] * 1_000, "ms"),
                "a suggestion, p50": (sorted(completed)[5] * 1_000, "ms"),
            }
        )
    )


def _seconds(call: Callable[[], Any]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


class _Made:
    name = "made"

    def __init__(self, count: int) -> None:
        self.count = count

    def entries(self) -> Iterable[Any]:
        from portal.search.ports import Entry, Kind

        rng = random.Random(2026)  # noqa: S311 - made-up texts
        for number in range(self.count):
            yield Entry(
                key=str(number),
                kind=rng.choice(list(Kind)),
                title=" ".join(rng.choices(WORDS, k=8)),
                url=f"/{number}/",
                body=" ".join(rng.choices(WORDS, k=80)),
            )

    def entry(self, _key: str) -> Iterable[Any]:
        return ()

    def lines(self, _keys: Collection[str], _language: str) -> Mapping[str, str]:
        return {}


if __name__ == "__main__":
    main(int(sys.argv[1]))
