"""Situations in which people look for a procedure, by the names that definitions use."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "vao-lop-1": _("Vào lớp 1"),
    "dau-cap": _("Vào đầu cấp"),
    "chuyen-truong": _("Chuyển trường"),
    "hoc-lai": _("Đi học lại"),
    "hoc-ba": _("Cần học bạ"),
    "mat-bang": _("Mất bằng"),
    "van-bang": _("Văn bằng, chứng chỉ"),
    "ve-nuoc": _("Về nước"),
    "khai-sinh": _("Đăng ký cháu vào tài khoản"),
    "hoc-phi": _("Học phí và hỗ trợ"),
}


def name_of(slug: str) -> str:
    """Give a situation's name; a new one shows its own word until it is named here."""
    return str(NAMES.get(slug, slug.replace("-", " ").capitalize()))
