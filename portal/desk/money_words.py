"""What the accountants' pages call accounts of the ledger and words of the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from payments.models import BankMessage, LedgerEntry

#: the part of an account's name before its colon (payments.accounts)
ACCOUNTS: dict[str, Promise] = {
    "bank": _("Tiền ở ngân hàng"),
    "payee": _("Nơi thu"),
    "returns": _("Tiền thừa, phải hoàn"),
}

VERDICTS: dict[str, Promise] = {
    "": _("Nhận dở dang, ngân hàng sẽ gọi lại"),
    "recorded": _("Đã ghi nhận"),
    "already_recorded": _("Lặp lại, không đổi gì"),
    "unknown_order": _("Không có khoản này"),
    "wrong_amount": _("Sai số tiền, không nhận"),
    "bad_signature": _("Sai chữ ký, không tin"),
    "error": _("Không đọc được"),
    "paid": _("Đã trả"),
    "failed": _("Không thành công"),
    "held": _("Đang giữ vì nghi ngờ"),
    "pending": _("Chưa xong"),
    "not_found": _("Không tìm thấy"),
    "refunding": _("Đang hoàn"),
    "refunded": _("Đã hoàn"),
    "refund_refused": _("Từ chối hoàn"),
    "unknown": _("Không có trả lời tin được"),
}


def account(name: str) -> str:
    """Say whose account a name of the ledger means."""
    return str(ACCOUNTS.get(name.partition(":")[0], name))


def tell_message(message: BankMessage) -> dict[str, Any]:
    """Put a message of the bank into a row."""
    return {
        "at": message.received_at,
        "kind": message.get_kind_display(),
        "reference": message.attempt.reference if message.attempt else "",
        "words": VERDICTS.get(message.verdict, message.verdict),
    }


def tell_entry(entry: LedgerEntry) -> dict[str, Any]:
    """Put a movement into a row: debit, credit, amount in whole đồng."""
    return {
        "at": entry.at,
        "title": entry.line.title,
        "debit": account(entry.debit),
        "credit": account(entry.credit),
        "amount": entry.amount,
    }
