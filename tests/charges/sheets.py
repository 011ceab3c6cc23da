"""Excel lists as schools send them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

HEADINGS = ("Lớp", "Họ tên", "Số định danh cá nhân", "Số lượng", "Lý do miễn")


def workbook(*lines: Sequence[object], headings: Sequence[object] = HEADINGS) -> bytes:
    """Give the bytes of a workbook."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for cells in lines:
        sheet.append(list(cells))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def line(name: str, number: int, quantity: object = 20, exemption: str = "") -> list[object]:
    """Give a row about the child with this number (village.pupil)."""
    return ["3A", name, f"999218{number:06d}", quantity, exemption]


def send(client: Client, content: bytes, name: str = "khoan-thu.xlsx", **changes: Any) -> Any:
    """Upload a list through the page."""
    said = {
        "kind": "meals",
        "title": "Tiền ăn tháng 11/2026",
        "unit_price": "30.000",
        "due_on-day": "31",
        "due_on-month": "12",
        "due_on-year": "2026",
        "file": SimpleUploadedFile(name, content),
        **changes,
    }
    return client.post("/ban-lam-viec/khoan-thu/lap/excel/", said)
