"""Which column is which: how headings of registers are written in practice, and what an office chose last."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.common.text import fold
from portal.diplomas.normal.old_fonts import from_tcvn3
from portal.diplomas.records import LABELS

#: columns that files have and books have not: they are put together
PARTS: dict[str, str | Promise] = {
    "family_name": _("Họ và tên đệm"),
    "given_name": _("Tên"),
    "birth_day": _("Ngày (sinh)"),
    "birth_month": _("Tháng (sinh)"),
    "birth_year": _("Năm (sinh)"),
}
CHOICES: dict[str, str | Promise] = {
    "": _("Bỏ qua cột này"),
    **LABELS,
    "personal_id": _("Số định danh cá nhân"),
    **PARTS,
}
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "full_name": ("ho va ten", "ho ten", "ho va ten hoc sinh", "ho ten hoc sinh", "ho va ten nguoi duoc cap", "ten hoc sinh"),
    "family_name": ("ho va ten dem", "ho dem", "ho va dem", "ho"),
    "given_name": ("ten",),
    "birth": ("ngay sinh", "ngay thang nam sinh", "sinh ngay", "ngay sinh dd mm yyyy", "ns", "nam sinh"),
    "birth_day": ("ngay",),
    "birth_month": ("thang",),
    "birth_year": ("nam",),
    "birth_place": ("noi sinh", "que quan noi sinh"),
    "gender": ("gioi tinh", "gioi", "nam nu", "phai"),
    "ethnicity": ("dan toc",),
    "school": ("hoc sinh truong", "truong", "ten truong", "hs truong", "truong hoc"),
    "grade": ("xep loai", "xep loai tot nghiep", "loai", "loai tot nghiep", "xep loai tn", "xltn"),
    "study_form": ("hinh thuc dao tao", "hinh thuc hoc", "he dao tao", "he"),
    "exam_board": ("hoi dong thi", "hoi dong", "hoi dong coi thi", "hoi dong xet tot nghiep"),
    "serial": ("so hieu", "so hieu bang", "so hieu van bang", "so hieu vb", "so bang"),
    "register_number": ("so vao so", "so vao so goc", "so vao so cap bang", "so vao so goc cap van bang", "so vao so cap van bang", "vao so"),
    "signed_on": ("ngay ky", "ngay cap", "ngay cap bang", "ngay ky bang"),
    "signed_by": ("nguoi ky", "nguoi ky bang", "nguoi ky van bang"),
    "receiver": ("nguoi nhan", "nguoi nhan ky", "nguoi nhan bang ky ten", "ky nhan"),
    "page": ("trang", "trang so", "so trang"),
    "note": ("ghi chu", "chu thich"),
    "personal_id": ("so dinh danh", "so dinh danh ca nhan", "cccd", "so cccd", "ma dinh danh", "can cuoc"),
    "": ("tt", "stt", "so tt", "so thu tu"),
}  # fmt: skip
_KNOWN = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings}
SEARCHED_ROWS = 20
_ENOUGH = 2


def heading_key(cell: object) -> str:
    """Fold a heading to letters and digits; empty for what is no text."""
    return (
        " ".join(re.sub(r"[^0-9a-z]+", " ", fold(from_tcvn3(cell))).split())[:120]
        if isinstance(cell, str)
        else ""
    )


def heading_row(rows: Sequence[Sequence[object]], chosen: Mapping[str, str]) -> int | None:
    """Find the heading row among the first rows: the one in which most cells are known; None for none."""
    best, known_best = None, _ENOUGH - 1
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        keys = [heading_key(cell) for cell in row]
        known = sum(bool(key) and (key in chosen or key in _KNOWN) for key in keys)
        if known > known_best:
            best, known_best = place, known
    return best


def guess(headings: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Propose a field for each heading: what the office chose last, else the usual spelling, once each.

    A heading that nobody knows is proposed to be left out.
    """
    taken: set[str] = set()
    proposed: dict[str, str] = {}
    for heading in headings:
        key = heading_key(heading)
        field = chosen.get(key, _KNOWN.get(key, ""))
        proposed[heading] = "" if field in taken else field
        taken |= {field} - {""}
    return proposed
