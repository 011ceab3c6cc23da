"""Made-up rows for the catalogue of components: nobody here exists, no school, no dossier."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

from django.core.paginator import Paginator
from django.utils import timezone

THURSDAY: Final = dt.date(2027, 6, 3)
STEPS: Final = (
    "Người nộp",
    "Cháu và trường chuyển đến",
    "Lớp và thời gian",
    "Giấy tờ khác",
    "Kiểm tra lại",
)


def rows() -> dict[str, Any]:
    """Give what the page's components show, by the names that its templates use."""
    return {
        "today": THURSDAY,
        "saved_at": timezone.make_aware(dt.datetime(2027, 6, 3, 20, 2)),  # noqa: DTZ001 — made aware here
        "days": {
            "late": THURSDAY - dt.timedelta(days=1),
            "today": THURSDAY,
            "ahead": dt.date(2027, 6, 9),
            "paused": dt.date(2027, 5, 31),
        },
        "page": Paginator(range(94), 9).page(4),
        "step_names": STEPS,
        **_lists(),
        **_records(),
        **_figures(),
    }


def _lists() -> dict[str, Any]:
    return {
        "services": [
            {
                "icon": icon,
                "title": title,
                "href": "#the-thu-tuc",
                "line": line,
                "facts": facts,
            }
            for icon, title, line, facts in (
                (
                    "swap",
                    "Chuyển trường cho con",
                    "Trong tỉnh hoặc từ tỉnh khác về",
                    ["5–8 ngày", "Miễn phí"],
                ),
                ("child", "Tuyển sinh đầu cấp", "Mầm non, lớp 1 và lớp 6", ["Đến 18/06/2027", "Miễn phí"]),
                ("certificate", "Xin bản sao bằng tốt nghiệp", "Khi mất bằng", ["Trong ngày", "9.000 đ"]),
            )
        ],
        "tasks": [
            {"title": "Người nộp", "href": "#viec", "kind": "success", "icon": "check", "words": "Xong"},
            {
                "title": "Trường chuyển đến",
                "hint": "Còn thiếu lớp",
                "href": "#viec",
                "kind": "warning",
                "icon": "pencil",
                "words": "Đang làm dở",
            },
            {"title": "Giấy tờ", "href": "", "kind": "draft", "icon": "file", "words": "Chưa làm"},
        ],
        "crumbs": [{"title": "Trang chủ", "href": "/"}, {"title": "Thủ tục", "href": "/thu-tuc/"}],
        "queues": [("Chờ tôi làm", 14), ("Mới gửi đến", 6), ("Chờ bổ sung", 5)],
    }


def _records() -> dict[str, Any]:
    return {
        "papers": [
            {"title": "Bảng tổng hợp kết quả rèn luyện và học tập", "hint": "Trường đang học cấp."},
            {"title": "Kế hoạch giáo dục cá nhân", "hint": "Chỉ khi cháu là học sinh khuyết tật."},
        ],
        "summary": [
            {"label": "Họ và tên", "value": "Nguyễn Bảo An", "href": "#tom-tat"},
            {
                "label": "Số định danh cá nhân",
                "value": "999 ••• ••• 512",
                "note": "Được che khi hiển thị",
                "figures": True,
                "href": "#tom-tat",
            },
            {"label": "Điện thoại", "value": ""},
        ],
        "facts": [
            {
                "icon": "clock",
                "label": "Thời hạn",
                "value": "5 ngày làm việc",
                "note": "8 ngày nếu từ tỉnh khác",
            },
            {"icon": "coin", "label": "Lệ phí", "value": "Miễn phí"},
            {"icon": "school", "label": "Nơi giải quyết", "value": "Trường chuyển đến"},
        ],
        "steps": [
            {"title": "Anh/chị nộp hồ sơ trên cổng này", "note": "Trường trả lời trong 8 giờ làm việc."},
            {"title": "Trường chuyển đến tiếp nhận và kiểm tra", "note": "Thiếu gì thì báo một lần."},
            {"title": "Anh/chị nhận giấy có chữ ký số"},
        ],
        "timeline": [
            {"state": "expected", "title": "Anh/chị nhận kết quả", "when": "Dự kiến từ 09/06 đến 11/06"},
            {"state": "now", "title": "Chờ hiệu trưởng quyết định", "when": "Từ 15:05 thứ Hai, 07/06"},
            {
                "state": "done",
                "title": "Trường đề nghị bổ sung",
                "when": "9:40 thứ Năm, 03/06",
                "who": "Trường Tiểu học Ban Trắng",
                "note": "Trang 2 bị mờ, không đọc được điểm môn Toán.",
                "href": "#dien-bien",
                "link_words": "Xem phiếu yêu cầu",
            },
        ],
    }


def _figures() -> dict[str, Any]:
    shares = (
        ("Trong ngày", 12, "6%"),
        ("1–2 ngày", 64, "31%"),
        ("3–4 ngày", 100, "48%"),
        ("5 ngày", 30, "15%"),
    )
    return {
        "bars": [
            {"label": label, "share": share, "value": value, "most": share == 100}  # noqa: PLR2004 — the longest bar
            for label, share, value in shares
        ],
        "columns": [{"title": "Khoản thu"}, {"title": "Kỳ"}, {"title": "Số tiền", "amount": True}],
        "charges": [
            ["Tiền ăn bán trú", "Tháng 9/2027", "640.000 đ"],
            ["Nước uống", "Học kỳ I", "60.000 đ"],
        ],
    }
