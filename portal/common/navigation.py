"""The links of the two headers. Plain paths: the rooms behind them come one after another."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NavLink(NamedTuple):
    """A header's link; ``path`` is the Vietnamese address and also where "you are here" begins.

    ``roles`` (values of the accounts' Role) say whose desk shows it; empty: everybody's.
    """

    path: str
    words: str | Promise
    roles: frozenset[str] = frozenset()


CITIZEN_LINKS = (
    NavLink("/thu-tuc/", _("Thủ tục")),
    NavLink("/tuyen-sinh/", _("Tuyển sinh")),
    NavLink("/truong-hoc/", _("Tìm trường")),
    NavLink("/tim-kiem/", _("Tìm kiếm")),
    NavLink("/ho-so/tra-cuu/", _("Tra cứu hồ sơ")),
    NavLink("/van-bang/tra-cuu/", _("Tra cứu văn bằng")),
)

_SCHOOL = frozenset({"school_clerk", "principal"})
_BOOKS = _SCHOOL | {"commune_officer", "department_officer", "leader"}
_REGISTERS = frozenset({"department_officer", "administrator"})

DESK_LINKS = (
    NavLink("/ban-lam-viec/", _("Việc của tôi")),
    NavLink("/ban-lam-viec/gia-dinh/", _("Xác nhận cháu"), _SCHOOL),
    NavLink("/ban-lam-viec/hoc-sinh/", _("Học sinh"), _SCHOOL | {"department_officer"}),
    NavLink("/ban-lam-viec/khoan-thu/", _("Khoản thu"), _SCHOOL | {"finance"}),
    NavLink(
        "/ban-lam-viec/khong-tien-mat/", _("Không tiền mặt"), frozenset({"department_officer", "leader"})
    ),
    NavLink("/ban-lam-viec/tai-chinh/", _("Tài chính"), frozenset({"finance"})),
    NavLink("/ban-lam-viec/so-theo-doi/", _("Sổ theo dõi"), _BOOKS),
    NavLink(
        "/ban-lam-viec/loi-van-ban/",
        _("Lời văn bản"),
        frozenset({"principal", "leader", "administrator"}),
    ),
    NavLink(
        "/ban-lam-viec/van-bang/",
        _("Sổ gốc"),
        frozenset({"department_officer", "commune_officer", "leader"}),
    ),
    NavLink("/ban-lam-viec/tuyen-sinh/", _("Tuyển sinh"), _SCHOOL | {"department_officer", "leader"}),
    NavLink("/ban-lam-viec/don-vi/", _("Đơn vị"), _REGISTERS),
    NavLink("/ban-lam-viec/lich-lam-viec/", _("Lịch làm việc"), _REGISTERS),
    NavLink("/ban-lam-viec/hoi-dap/", _("Hỏi đáp"), _REGISTERS),
    NavLink("/ban-lam-viec/viec-nen/", _("Việc nền"), frozenset({"administrator"})),
)


def links_for(roles: Collection[str]) -> tuple[NavLink, ...]:
    """Give the desk's links that somebody with these roles may open."""
    return tuple(link for link in DESK_LINKS if not link.roles or not link.roles.isdisjoint(roles))


def current_link(links: tuple[NavLink, ...], path: str) -> NavLink | None:
    """Give the link that ``path`` lies under: the longest one, so that a root never shadows its branches."""
    under = [link for link in links if path.startswith(link.path)]
    return max(under, key=lambda link: len(link.path), default=None)
