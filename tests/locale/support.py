"""Finding Vietnamese where it does not belong."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

# What stays Vietnamese inside English: what stands so in files, registers, decisions; names
KEPT = (
    "đồng", "30.000 đ", "“Mầm non”", "“Nam”", "“Nữ”", "Kinh, Thái, Mông",
    "“Đang học”", "“Chuyển đi”", "“Thôi học”", "“Hoàn thành”",
    "Nghỉ bù Giỗ Tổ Hùng Vương", "Quyết định 12/QĐ-UBND ngày 01/06/2026",
    "Giới tính", "Nam (male)", "Nữ (female)", "Khối", "Lớp", "Họ tên", "Dân tộc", "Mã trường", "Ngày sinh",
    "Ngày trạng thái", "Số định danh cá nhân", "Trạng thái",
    "Đang học", "Chuyển đi", "Thôi học", "Hoàn thành", "giáo viên chủ nhiệm", "29/2024/TT-BGDĐT", "“Đúng tuyến”", "“Giáp ranh”",
)  # fmt: skip
_MARKS = re.compile("[\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323]")
_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SILENT = {"script", "style"}
_SPOKEN = {"alt", "aria-label", "data-busy", "data-l", "placeholder", "title", "content"}


def has_vietnamese(text: str) -> bool:
    """Whether a text has letters that only Vietnamese writes so; other languages' accents count too."""
    return "đ" in text.lower() or _MARKS.search(unicodedata.normalize("NFD", text)) is not None


class _Reader(HTMLParser):
    """Collects what a reader of ``language`` is told, but for parts that say they are in another one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        outside = self.open[-1][1] if self.open else False
        language = given.get("lang")
        silent = tag in _SILENT or (outside if language is None else language != "en")
        if not silent:
            self.found.extend(value for name, value in attrs if name in _SPOKEN and value)
        if tag not in _VOID:
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            last, _silent = self.open.pop()
            if last == tag:
                break

    def handle_data(self, data: str) -> None:
        if not (self.open and self.open[-1][1]):
            self.found.append(data)


def english_parts(page: str) -> list[str]:
    """Give the texts of an English page that are not marked as being in another language."""
    reader = _Reader()
    reader.feed(page)
    return [" ".join(text.split()) for text in reader.found if text.strip()]


def vietnamese_in(page: str, *names: str) -> list[str]:
    """Give the English parts of a page that hold Vietnamese, ``names`` of people and places aside."""
    left = []
    for text in english_parts(page):
        told = text
        for name in names:
            told = told.replace(name, "")
        if has_vietnamese(told):
            left.append(text)
    return left
