"""How content people may say they are, and with what: five levels, coded reasons."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LEVELS: dict[int, Promise] = {
    5: _("Rất hài lòng"),
    4: _("Hài lòng"),
    3: _("Bình thường"),
    2: _("Không hài lòng"),
    1: _("Rất không hài lòng"),
}
#: from here on a rating counts as satisfied
SATISFIED = 4

REASONS: dict[str, Promise] = {
    "time": _("Thời gian giải quyết"),
    "papers": _("Giấy tờ phải nộp"),
    "explanation": _("Hướng dẫn, giải thích"),
    "attitude": _("Thái độ phục vụ"),
    "portal": _("Cách dùng cổng"),
    "result": _("Kết quả nhận được"),
}
