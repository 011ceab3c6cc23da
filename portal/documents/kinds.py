"""The kinds of documents: name, series of their numbers, form, and the words that no office changed.

Names and contents: mẫu 01–06 of TT 01/2018/TT-VPCP; result letters are the office's own. Receipts carry
what NĐ 123/2020 wants of a biên lai: number of an unbroken series, payer, payee, reason, sum in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``form`` is a file of ``typesetting/forms``; ``words`` are paragraphs by place."""

    title: str
    series: str
    form: str
    words: Mapping[str, str]
    #: for the office alone: the citizen neither sees nor downloads it
    internal: bool = False


KINDS: dict[str, Kind] = {
    "receipt": Kind(
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        "TNHS",
        "receipt.typ",
        {
            "closing": "Anh/chị theo dõi hồ sơ và nhận kết quả ở mục “Hồ sơ của tôi” trên cổng. "
            "Nếu cần hỏi, anh/chị liên hệ nơi tiếp nhận và đọc mã hồ sơ."
        },
    ),
    "supplement": Kind(
        "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
        "HDHS",
        "supplement.typ",
        {
            "opening": "Để giải quyết hồ sơ, nơi tiếp nhận đề nghị anh/chị bổ sung, hoàn thiện những nội dung sau:",
            "closing": "Anh/chị mở hồ sơ trên cổng và bấm “Bổ sung”. "
            "Thời hạn giải quyết tạm dừng cho đến khi anh/chị gửi phần bổ sung.",
        },
    ),
    "reception_refusal": Kind(
        "Phiếu từ chối tiếp nhận giải quyết hồ sơ",
        "TBTC",
        "refusal.typ",
        {
            "opening": "Nơi tiếp nhận không tiếp nhận hồ sơ này vì lý do sau:",
            "closing": "Khi đã đủ điều kiện, anh/chị có thể nộp hồ sơ mới trên cổng.",
        },
    ),
    "apology": Kind(
        "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
        "PXL",
        "apology.typ",
        {
            "opening": "Hồ sơ của anh/chị chưa được giải quyết xong đúng ngày đã hẹn. Nơi giải quyết xin lỗi anh/chị "
            "vì sự chậm trễ này và hẹn lại ngày trả kết quả như sau:",
            "closing": "Anh/chị không phải làm gì thêm. Nếu quá ngày hẹn lại mà chưa có kết quả, "
            "anh/chị liên hệ người chịu trách nhiệm ghi ở trên.",
        },
    ),
    "control": Kind(
        "Phiếu kiểm soát quá trình giải quyết hồ sơ",
        "PKS",
        "control.typ",
        {"closing": "Phiếu lập từ nhật ký xử lý hồ sơ trên Cổng Dịch vụ Giáo dục."},
        internal=True,
    ),
    "ledger": Kind(
        "Sổ theo dõi hồ sơ",
        "STD",
        "ledger.typ",
        {"closing": "Sổ lập từ nhật ký xử lý hồ sơ trên Cổng Dịch vụ Giáo dục."},
        internal=True,
    ),
    "granted": Kind(
        "Thông báo kết quả giải quyết hồ sơ",
        "TB",
        "result.typ",
        {"closing": "Văn bản này được ký số. Bản in chỉ để xem; bản có giá trị là tệp PDF."},
    ),
    "refused": Kind(
        "Thông báo không đồng ý giải quyết hồ sơ",
        "TB",
        "result.typ",
        {
            "closing": "Nếu không đồng ý, anh/chị có quyền khiếu nại theo Luật Khiếu nại. "
            "Văn bản này được ký số; bản in chỉ để xem."
        },
    ),
    "payment_receipt": Kind(
        "Biên lai thu tiền điện tử",
        "BLT",
        "payment.typ",
        {
            "closing": "Biên lai được lập tự động khi ngân hàng báo tiền đã đến và được ký số; bản in chỉ để xem. "
            "Khi cần hỏi, anh/chị đọc mã thanh toán cho nơi thu."
        },
    ),
    "digital_diploma": Kind(
        "Văn bằng số",
        "VBS",
        "diploma_copy.typ",
        {
            "opening": "Cơ quan giữ sổ gốc xác nhận văn bằng sau có trong sổ gốc:",
            "credential": "Quét mã QR để kiểm tra nội dung, kể cả khi không có mạng. Mã được ký số; sửa một chữ là "
            "mã không còn đúng.",
            "closing": "Văn bằng số này thể hiện nội dung sổ gốc vào ngày ký. Trạng thái hiện nay: quét mã QR.",
        },
    ),
    "diploma_copy": Kind(
        "Bản sao văn bằng từ sổ gốc",
        "BSVB",
        "diploma_copy.typ",
        {
            "opening": "Căn cứ sổ gốc cấp văn bằng đang lưu giữ, cơ quan cấp bản sao với nội dung sau:",
            "credential": "Quét mã QR để kiểm tra nội dung bản sao, kể cả khi không có mạng. Mã được ký số; "
            "sửa một chữ là mã không còn đúng.",
            "closing": "Bản sao có giá trị sử dụng thay cho bản chính trong các giao dịch, trừ trường hợp pháp "
            "luật quy định khác.",
        },
    ),
}
