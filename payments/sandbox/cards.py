"""The published test cards and what becomes of a payment with each."""

from __future__ import annotations

from typing import NamedTuple

PASSWORDS = {"123456", "otp"}
MOST_WRONG_PASSWORDS = 3


class Card(NamedTuple):
    """``code`` is the response code of a payment with it, after its password where it has one."""

    bank: str
    card_type: str
    code: str
    asks_password: bool


_ATM = "ATM"
CARDS = {
    "9704198526191432198": Card("NCB", _ATM, "00", asks_password=True),
    "9704195798459170488": Card("NCB", _ATM, "51", asks_password=True),
    "9704192181368742": Card("NCB", _ATM, "09", asks_password=False),
    "9704193370791314": Card("NCB", _ATM, "12", asks_password=False),
    # of an expired card the documents name no code of its own
    "9704194841945513": Card("NCB", _ATM, "99", asks_password=False),
    "9704000000000018": Card("NAPAS", _ATM, "00", asks_password=True),
    "9704020000000016": Card("NAPAS", _ATM, "00", asks_password=True),
    "9704310005819191": Card("EXIMBANK", _ATM, "00", asks_password=True),
    "4456530000001005": Card("VISA", "VISA", "00", asks_password=False),
    "4456530000001096": Card("VISA", "VISA", "00", asks_password=True),
    "5200000000001005": Card("MASTERCARD", "MASTERCARD", "00", asks_password=False),
    "5200000000001096": Card("MASTERCARD", "MASTERCARD", "00", asks_password=True),
    "3337000000000008": Card("JCB", "JCB", "00", asks_password=False),
    "3337000000200004": Card("JCB", "JCB", "00", asks_password=True),
}
BANKS = (
    ("NCB", "Ngân hàng Quốc Dân", 1),
    ("EXIMBANK", "Ngân hàng Xuất Nhập Khẩu", 1),
    ("NAPAS", "Thẻ nội địa qua NAPAS", 1),
    ("VISA", "Thẻ quốc tế Visa", 2),
    ("MASTERCARD", "Thẻ quốc tế MasterCard", 2),
    ("JCB", "Thẻ quốc tế JCB", 2),
    ("VNPAYQR", "Ứng dụng ngân hàng quét mã VNPAY-QR", 3),
)
"""Code, name, kind: 1 domestic, 2 international, 3 QR."""


def card(number: str) -> Card | None:
    """Find a test card by its number, blanks forgiven."""
    return CARDS.get("".join(number.split()))
