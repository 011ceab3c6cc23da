"""What the desk calls its queues and its moves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

QUEUE_TITLES: dict[str, Promise] = {
    "mine": _("Chờ tôi làm"),
    "new": _("Mới gửi đến"),
    "supplement": _("Chờ bổ sung, tạm dừng"),
    "elsewhere": _("Chờ người khác"),
    "done": _("Đã kết thúc"),
}


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A move's button, the question of its review page, what the note is for, how the button looks."""

    button: Promise
    question: Promise
    consequence: Promise
    note_label: Promise
    style: str = "primary"


_NOTE = _("Ghi chú cho người nộp (không bắt buộc)")
_REASON = _("Lý do, người nộp sẽ đọc được")

MOVES: dict[str, MoveWords] = {
    "accept": MoveWords(
        _("Tiếp nhận"),
        _("Tiếp nhận hồ sơ này?"),
        _("Hồ sơ được cấp mã chính thức, thời hạn bắt đầu tính, người nộp nhận thông báo."),
        _NOTE,
    ),
    "refuse_reception": MoveWords(
        _("Không tiếp nhận"),
        _("Không tiếp nhận hồ sơ này?"),
        _("Hồ sơ kết thúc. Người nộp nhận thông báo kèm lý do."),
        _REASON,
        "danger",
    ),
    "request_supplement": MoveWords(
        _("Yêu cầu bổ sung"),
        _("Yêu cầu người nộp bổ sung?"),
        _(
            "Thời hạn tạm dừng cho đến khi người nộp bổ sung. Ghi hết trong một lần: lần sau chỉ hỏi được điều mới phát sinh."
        ),
        _("Ghi thêm, mỗi dòng một mục; người nộp sẽ đọc được"),
        "secondary",
    ),
    "start": MoveWords(
        _("Chuyển xử lý"),
        _("Chuyển hồ sơ sang xử lý?"),
        _("Hồ sơ sang bước đầu tiên của thủ tục."),
        _NOTE,
    ),
    "complete_step": MoveWords(
        _("Xác nhận, chuyển bước tiếp"),
        _("Xác nhận xong bước này?"),
        _("Hồ sơ sang bước tiếp theo."),
        _NOTE,
    ),
    "request_payment": MoveWords(
        pgettext_lazy("việc của cán bộ", "Yêu cầu nộp lệ phí"),  # the status is called the same
        _("Yêu cầu nộp lệ phí?"),
        _("Thời hạn tạm dừng cho đến khi lệ phí được nộp."),
        _NOTE,
        "secondary",
    ),
    "suspend": MoveWords(
        _("Tạm dừng"),
        _("Tạm dừng xử lý hồ sơ này?"),
        _("Thời hạn tạm dừng. Người nộp nhận thông báo kèm lý do."),
        _REASON,
        "secondary",
    ),
    "resume": MoveWords(
        _("Tiếp tục xử lý"),
        _("Tiếp tục xử lý hồ sơ này?"),
        _("Thời hạn tính tiếp."),
        _NOTE,
    ),
    "grant": MoveWords(
        _("Đồng ý"),
        _("Đồng ý với yêu cầu này?"),
        _(
            "Đây là quyết định của anh/chị, ký bằng chứng thư số của anh/chị. Văn thư trả kết quả cho người nộp."
        ),
        _NOTE,
    ),
    "refuse": MoveWords(
        _("Không đồng ý"),
        _("Không đồng ý với yêu cầu này?"),
        _(
            "Đây là quyết định của anh/chị, ký bằng chứng thư số của anh/chị. Người nộp nhận thông báo kèm lý do và có quyền khiếu nại."
        ),
        _REASON,
        "danger",
    ),
    "deliver": MoveWords(
        _("Trả kết quả"),
        _("Trả kết quả cho người nộp?"),
        _("Hồ sơ kết thúc. Người nộp nhận thông báo."),
        _NOTE,
    ),
}
