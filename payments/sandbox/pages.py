"""The bank's pages: templates with escaping, in the language that the payee asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from payments.gateways.vnpay.codes import Kind, sentence
from payments.sandbox.books import Row
from payments.sandbox.http import Response
from portal.common.money import format_dong

_HERE = Path(__file__).parent
_ENGINE = Engine(dirs=[str(_HERE / "templates")], autoescape=True)
STYLE = (_HERE / "bank.css").read_bytes()

WORDS: Mapping[str, Mapping[str, str]] = {
    "vn": {
        "lang": "vi",
        "bank": "Ngân hàng thử nghiệm",
        "made_up": "Đây là ngân hàng giả lập: không có tiền thật, đừng nhập thẻ thật.",
        "choose": "Chọn cách thanh toán",
        "amount": "Số tiền",
        "what_for": "Nội dung",
        "reference": "Mã giao dịch",
        "expires": "Thanh toán trước",
        "qr": "Quét mã VNPAY-QR",
        "qr_help": "Ở ngân hàng thật, anh/chị quét mã bằng ứng dụng ngân hàng. Ở đây chỉ cần bấm nút.",
        "qr_pay": "Tôi đã quét và trả tiền",
        "qr_short": "Quét nhưng tài khoản không đủ tiền",
        "card": "Thẻ nội địa hoặc thẻ quốc tế",
        "card_number": "Số thẻ thử nghiệm",
        "card_help": "Ví dụ 9704198526191432198 (thành công) hoặc 9704195798459170488 (không đủ tiền).",
        "card_unknown": "Số này không có trong danh sách thẻ thử nghiệm. Anh/chị xem lại số thẻ.",
        "go_on": "Tiếp tục",
        "password": "Mã xác thực (OTP)",
        "password_help": "Mã thử nghiệm là 123456.",
        "password_wrong": "Mã xác thực không đúng. Nhập sai 3 lần thì giao dịch kết thúc.",
        "cancel": "Hủy thanh toán",
        "let_expire": "Để hết giờ thanh toán",
        "error": "Không mở được trang thanh toán",
        "error_help": "Anh/chị quay lại trang trước và thử lại.",
        "code": "Mã lỗi",
    },
    "en": {
        "lang": "en",
        "bank": "Test bank",
        "made_up": "This bank is made up: there is no real money, do not enter a real card.",
        "choose": "Choose how to pay",
        "amount": "Amount",
        "what_for": "For",
        "reference": "Reference",
        "expires": "Pay before",
        "qr": "Scan a VNPAY-QR code",
        "qr_help": "At a real bank you scan the code with your bank's app. Here a button is enough.",
        "qr_pay": "I have scanned and paid",
        "qr_short": "Scan, but without enough money",
        "card": "Domestic or international card",
        "card_number": "Test card number",
        "card_help": "For example 9704198526191432198 (succeeds) or 9704195798459170488 (not enough money).",
        "card_unknown": "This number is not in the list of test cards. Please check it.",
        "go_on": "Continue",
        "password": "One-time password (OTP)",
        "password_help": "The test password is 123456.",
        "password_wrong": "The one-time password is wrong. The third wrong one ends the payment.",
        "cancel": "Cancel the payment",
        "let_expire": "Let the time run out",
        "error": "The payment page cannot be opened",
        "error_help": "Go back to the page before and try again.",
        "code": "Error code",
    },
}


def page(template: str, locale: str = "vn", status: int = 200, **values: Any) -> Response:
    """Fill a template; every value is text and is escaped."""
    words = WORDS.get(locale, WORDS["vn"])
    # dates and numbers come as text, so that nothing asks for settings of a portal
    context = Context({"words": words, **values}, use_l10n=False, use_tz=False)
    return Response(_ENGINE.get_template(template).render(context).encode(), status)


def payment_page(payment: Row, template: str, problem: str = "") -> Response:
    """Show one step of paying."""
    shown = {
        "token": payment["token"],
        "amount": format_dong(payment["amount"]),
        "info": payment["info"],
        "reference": payment["reference"],
        "expires": _moment(payment["expire_date"]),
        "wanted": payment["wanted_bank"],
    }
    words = WORDS.get(payment["locale"], WORDS["vn"])
    return page(template, payment["locale"], payment=shown, problem=words.get(problem, ""))


def error_page(code: str) -> Response:
    """Show why the payment page refuses, in both languages: whose it is, nobody can tell."""
    told = [
        sentence(Kind.PAYMENT if code == "01" else Kind.PAGE, code, language) for language in ("vi", "en")
    ]
    return page("error.html", status=400, code=code, told=told)


def _moment(wire: str) -> str:
    return f"{wire[8:10]}:{wire[10:12]} {wire[6:8]}/{wire[4:6]}/{wire[:4]}"
