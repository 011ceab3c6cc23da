"""The links of the two headers. Plain paths: the rooms behind them come one after another."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NavLink(NamedTuple):
    """A header's link; ``path`` is the Vietnamese address and also where "you are here" begins."""

    path: str
    words: str | Promise


CITIZEN_LINKS = (
    NavLink("/thu-tuc/", _("Thủ tục")),
    NavLink("/ho-so/tra-cuu/", _("Tra cứu hồ sơ")),
)

DESK_LINKS = (
    NavLink("/ban-lam-viec/", _("Việc của tôi")),
    NavLink("/ban-lam-viec/gia-dinh/", _("Xác nhận con, cháu")),
)


def current_link(links: tuple[NavLink, ...], path: str) -> NavLink | None:
    """Give the link that ``path`` lies under: the longest one, so that a root never shadows its branches."""
    under = [link for link in links if path.startswith(link.path)]
    return max(under, key=lambda link: len(link.path), default=None)
