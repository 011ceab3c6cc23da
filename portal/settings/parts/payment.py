"""Cashless payment: where the bank is, who we are to it."""

from portal.settings import env
from portal.settings.parts.places import PORT

BANK_PORT = env.number("BANK_PORT", PORT + 3)

# VNPAY's own sandbox unless a site says otherwise; the demo asks the bank that runs beside it (embedded)
VNPAY_PAYMENT_URL = env.text("VNPAY_PAYMENT_URL", "https://sandbox.vnpayment.vn/paymentv2/vpcpay.html")
VNPAY_MERCHANT_URL = env.text(
    "VNPAY_MERCHANT_URL", "https://sandbox.vnpayment.vn/merchant_webapi/api/transaction"
)
VNPAY_BANK_LIST_URL = env.text(
    "VNPAY_BANK_LIST_URL", "https://sandbox.vnpayment.vn/qrpayauth/api/merchant/get_bank_list"
)
# {terminal} and {day} are filled in; empty: the day's file is brought in by hand
VNPAY_SETTLEMENT_URL = env.text("VNPAY_SETTLEMENT_URL", "")
VNPAY_OWN_IP = env.text("VNPAY_OWN_IP", "127.0.0.1")
# "CODE=secret,CODE2=secret2": secrets of terminals enter here and nowhere else
VNPAY_SECRETS = dict(pair.partition("=")[::2] for pair in env.listing("VNPAY_SECRETS"))
VNPAY_MINUTES = env.number("VNPAY_MINUTES", 15)  # how long an attempt lasts at the bank
