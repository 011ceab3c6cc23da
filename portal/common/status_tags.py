"""The ten states that the country agreed on, and the draft, as tags: words, sign and colour together."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class StatusTag(NamedTuple):
    """``kind`` is one of info, danger, warning (the citizen must act), neutral, success, done, draft."""

    kind: str
    icon: str
    words: str | Promise


DRAFT = "draft"

STATUS_TAGS: dict[int | str, StatusTag] = {
    DRAFT: StatusTag("draft", "pencil", _("Bản nháp, chưa nộp")),
    1: StatusTag("info", "send", _("Mới đăng ký")),
    2: StatusTag("info", "inbox", _("Được tiếp nhận")),
    3: StatusTag("danger", "cross", _("Không được tiếp nhận")),
    4: StatusTag("info", "turn", _("Đang xử lý")),
    5: StatusTag("warning", "warning", _("Yêu cầu bổ sung giấy tờ")),
    6: StatusTag("warning", "coin", _("Yêu cầu nộp lệ phí")),
    7: StatusTag("neutral", "withdraw", _("Đã rút hồ sơ")),
    8: StatusTag("neutral", "pause", _("Dừng xử lý")),
    9: StatusTag("success", "check", _("Đã xử lý xong")),
    10: StatusTag("done", "check", _("Đã trả kết quả")),
}
