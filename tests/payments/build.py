"""A terminal, a gateway and messages to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from payments.gateways.base import Payment, Question, Refund
from payments.gateways.vnpay.gateway import Addresses, VnpayGateway
from payments.gateways.vnpay.messages import Terminal
from portal.common.clock import ZONE
from tests.payments.vectors import SECRET, TERMINAL

EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=ZONE)
NOW = EIGHT + timedelta(minutes=30)


def terminal() -> Terminal:
    return Terminal(TERMINAL, SECRET)


def gateway(host: str = "http://127.0.0.1:9", **other: Any) -> VnpayGateway:
    addresses = Addresses(
        f"{host}/paymentv2/vpcpay.html",
        f"{host}/merchant_webapi/api/transaction",
        f"{host}/qrpayauth/api/merchant/get_bank_list",
    )
    return VnpayGateway(other.pop("terminal", terminal()), addresses, own_ip="203.0.113.5", **other)


def payment(**changes: Any) -> Payment:
    usual = Payment(
        reference="HS000001",
        amount=30_000,
        description="Nộp lệ phí cấp bản sao bằng tốt nghiệp THPT, hồ sơ 000.00.05.H38-261122-0001",
        customer_ip="203.0.113.10",
        created_at=EIGHT,
        expires_at=EIGHT + timedelta(minutes=15),
        return_url="https://dvc.example.vn/thanh-toan/ket-qua",
    )
    return replace(usual, **changes)


def question(**changes: Any) -> Question:
    usual = Question("HS000001", EIGHT, NOW, "Truy vấn GD HS000001", request_id="REQ0000000001")
    return replace(usual, **changes)


def refund(**changes: Any) -> Refund:
    usual = Refund(
        reference="HS000001",
        amount=30_000,
        full=True,
        description="Hoàn lệ phí hồ sơ HS000001",
        paid_for_at=EIGHT,
        ordered_at=datetime(2026, 11, 23, 9, 0, tzinfo=ZONE),
        ordered_by="canbo.kt",
        transaction="14422574",
        request_id="REQ0000000002",
    )
    return replace(usual, **changes)
