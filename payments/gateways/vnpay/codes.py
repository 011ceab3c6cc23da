"""Every code of VNPAY in words for people, Vietnamese and English.

The same number means different things in different messages, so a table belongs to each kind. Two
lists of refund codes are in circulation; the sentences here are true for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in both languages."""

    vi: str
    en: str


class Kind(StrEnum):
    """Which list a code belongs to."""

    PAYMENT = "vnp_ResponseCode of return and IPN"
    STATUS = "vnp_TransactionStatus"
    QUERY = "vnp_ResponseCode of querydr"
    REFUND = "vnp_ResponseCode of refund"
    PAGE = "code on VNPAY's error page"
    REPLY = "RspCode of our answer to an IPN"


def sentence(kind: Kind, code: str, language: str = "vi") -> str:
    """Tell a code; one that no list knows is told with its number, so that it can be asked about."""
    words = TABLES[kind].get(code)
    if words is None:
        words = Words(
            f"VNPAY trả mã {code or 'trống'}, chưa có trong danh sách mã đã công bố.",
            f"VNPAY answered {code or 'nothing'}, a code that its published lists do not have.",
        )
    return words.en if language.startswith("en") else words.vi


_PAYMENT = {
    "00": Words("Giao dịch thành công.", "The payment succeeded."),
    "01": Words("Giao dịch này đã tồn tại.", "This transaction exists already."),
    "02": Words("Mã đơn vị thu không đúng; anh/chị báo giúp Sở.", "The payee's code is wrong; please tell the department."),
    "03": Words("Dữ liệu gửi sang VNPAY sai định dạng; anh/chị báo giúp Sở.", "What was sent to VNPAY has a wrong format; please tell the department."),
    "04": Words("VNPAY đang tạm khóa đơn vị thu; anh/chị thử lại sau.", "VNPAY has suspended the payee; please try later."),
    "05": Words("Anh/chị nhập sai mật khẩu thanh toán quá số lần cho phép.", "The payment password was wrong too often."),
    "06": Words("Anh/chị nhập sai mã xác thực (OTP). Anh/chị thanh toán lại.", "The one-time password was wrong. Please pay again."),
    "07": Words(
        "Đã trừ tiền nhưng ngân hàng nghi ngờ giao dịch này. Kế toán sẽ kiểm tra; anh/chị không cần thanh toán lại.",
        "Money was taken, but the bank suspects this payment. An officer will check; do not pay again.",
    ),
    "08": Words("Ngân hàng đang bảo trì; anh/chị chọn ngân hàng khác hoặc thử lại sau.", "The bank is under maintenance; choose another or try later."),
    "09": Words("Thẻ hoặc tài khoản chưa đăng ký Internet Banking; anh/chị đăng ký với ngân hàng hoặc chọn cách khác.", "The card or account is not registered for internet banking; register it or pay another way."),
    "10": Words("Thông tin thẻ hoặc tài khoản bị nhập sai quá 3 lần.", "Card or account details were wrong more than three times."),
    "11": Words("Đã hết thời gian chờ thanh toán. Anh/chị thanh toán lại.", "The time to pay ran out. Please pay again."),
    "12": Words("Thẻ hoặc tài khoản đang bị khóa; anh/chị hỏi ngân hàng hoặc chọn cách khác.", "The card or account is locked; ask the bank or pay another way."),
    "13": Words("Anh/chị nhập sai mã xác thực (OTP). Anh/chị thanh toán lại.", "The one-time password was wrong. Please pay again."),
    "24": Words("Anh/chị đã hủy thanh toán.", "You cancelled the payment."),
    "51": Words("Tài khoản không đủ số dư; anh/chị nạp thêm hoặc chọn cách khác.", "There is not enough money in the account; top it up or pay another way."),
    "65": Words("Tài khoản đã vượt hạn mức giao dịch trong ngày; anh/chị thử lại ngày mai hoặc chọn cách khác.", "The account is over its daily limit; try tomorrow or pay another way."),
    "75": Words("Ngân hàng đang bảo trì; anh/chị chọn ngân hàng khác hoặc thử lại sau.", "The bank is under maintenance; choose another or try later."),
    "79": Words("Anh/chị nhập sai mật khẩu thanh toán quá số lần cho phép. Anh/chị thanh toán lại.", "The payment password was wrong too often. Please pay again."),
    "99": Words("Giao dịch không thành công, VNPAY không cho biết lý do. Anh/chị thử lại hoặc chọn cách khác.", "The payment failed and VNPAY gives no reason. Try again or pay another way."),
}  # fmt: skip

_STATUS = {
    "00": Words("Giao dịch thành công.", "The transaction succeeded."),
    "01": Words("Giao dịch chưa hoàn tất.", "The transaction is not finished."),
    "02": Words("Giao dịch bị lỗi.", "The transaction failed."),
    "04": Words(
        "Ngân hàng đã trừ tiền nhưng VNPAY chưa ghi nhận thành công. Kế toán sẽ kiểm tra; anh/chị không cần thanh toán lại.",
        "The bank took the money, but VNPAY shows no success. An officer will check; do not pay again.",
    ),
    "05": Words("VNPAY đang xử lý hoàn tiền.", "VNPAY is processing the refund."),
    "06": Words("VNPAY đã gửi yêu cầu hoàn tiền sang ngân hàng.", "VNPAY has sent the refund to the bank."),
    "07": Words(
        "Giao dịch bị nghi ngờ gian lận. Kế toán sẽ kiểm tra; anh/chị không cần thanh toán lại.",
        "The transaction is suspected of fraud. An officer will check; do not pay again.",
    ),
    "08": Words("Giao dịch đã hết thời gian chờ.", "The transaction ran out of time."),
    "09": Words("Yêu cầu hoàn tiền bị từ chối.", "The refund was refused."),
}  # fmt: skip

_QUERY = {
    "00": Words("VNPAY đã trả lời câu hỏi về giao dịch.", "VNPAY answered the question."),
    "02": Words("Mã đơn vị thu không đúng.", "The payee's code is wrong."),
    "03": Words("Dữ liệu gửi sang sai định dạng.", "What was sent has a wrong format."),
    "91": Words("VNPAY không tìm thấy giao dịch này.", "VNPAY does not find this transaction."),
    "94": Words("Đã hỏi quá gần nhau; hỏi lại sau 5 phút.", "Asked again too soon; ask again after five minutes."),
    "97": Words("Chữ ký không hợp lệ.", "The signature is wrong."),
    "99": Words("VNPAY gặp lỗi khác khi trả lời.", "VNPAY had another error."),
}  # fmt: skip

_REFUND = {
    "00": Words("VNPAY đã nhận yêu cầu hoàn tiền.", "VNPAY has taken the refund order."),
    "02": Words("Mã đơn vị thu không đúng, hoặc tổng tiền hoàn lớn hơn tiền gốc.", "The payee's code is wrong, or more would be refunded than was paid."),
    "03": Words("Dữ liệu gửi sang sai định dạng.", "What was sent has a wrong format."),
    "04": Words("Không hoàn toàn bộ được sau khi đã hoàn một phần.", "A full refund is not possible after a partial one."),
    "13": Words("Giao dịch này chỉ hoàn được một phần.", "Only a partial refund is possible."),
    "91": Words("VNPAY không tìm thấy giao dịch cần hoàn tiền.", "VNPAY does not find the transaction to refund."),
    "93": Words("Số tiền hoàn phải nhỏ hơn hoặc bằng số tiền đã thanh toán.", "A refund may not exceed the payment."),
    "94": Words("Giao dịch đã có yêu cầu hoàn tiền đang xử lý, hoặc gửi lặp trong 5 phút.", "A refund is under way already, or was ordered twice within five minutes."),
    "95": Words("Giao dịch gốc không thành công, VNPAY từ chối hoàn tiền.", "The payment did not succeed, so VNPAY refuses the refund."),
    "97": Words("Chữ ký không hợp lệ.", "The signature is wrong."),
    "98": Words("VNPAY xử lý quá thời gian; cần hỏi lại kết quả.", "VNPAY ran out of time; the outcome must be asked for."),
    "99": Words("VNPAY gặp lỗi khác khi hoàn tiền.", "VNPAY had another error."),
}  # fmt: skip

_PAGE = {
    "03": Words("Dữ liệu gửi sang VNPAY sai định dạng; anh/chị báo giúp Sở.", "What was sent to VNPAY has a wrong format; please tell the department."),
    "15": Words("Giao dịch đã hết hạn thanh toán. Anh/chị thanh toán lại.", "The payment has expired. Please pay again."),
    "70": Words("Chữ ký gửi sang VNPAY không hợp lệ; anh/chị báo giúp Sở.", "The signature sent to VNPAY is wrong; please tell the department."),
    "71": Words("VNPAY chưa duyệt trang của đơn vị thu.", "VNPAY has not approved the payee's site."),
    "72": Words("VNPAY không tìm thấy trang của đơn vị thu.", "VNPAY does not find the payee's site."),
}  # fmt: skip

_REPLY = {
    "00": Words("Đã ghi nhận.", "Recorded."),
    "01": Words("Không có giao dịch này.", "There is no such order."),
    "02": Words("Đã ghi nhận từ trước.", "Recorded before."),
    "03": Words("Địa chỉ gọi không được phép.", "The calling address is not allowed."),
    "04": Words("Số tiền không khớp.", "The amount differs."),
    "97": Words("Chữ ký không hợp lệ.", "The signature is wrong."),
    "99": Words("Có lỗi khi ghi nhận.", "An error while recording."),
}  # fmt: skip

TABLES: Mapping[Kind, Mapping[str, Words]] = {
    Kind.PAYMENT: _PAYMENT,
    Kind.STATUS: _STATUS,
    Kind.QUERY: _QUERY,
    Kind.REFUND: _REFUND,
    Kind.PAGE: _PAGE,
    Kind.REPLY: _REPLY,
}
