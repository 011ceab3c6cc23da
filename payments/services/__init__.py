"""The verbs of the room: whatever writes orders, attempts, refunds and the ledger enters here."""

from payments.errors import PaymentRefusedError
from payments.receipts import order_receipts
from payments.receipts import take_back as take_back_receipt
from payments.services.asking import ask_silent, expect_word, expire_attempts, settle_from_query
from payments.services.delivering import deliver_line, redeliver
from payments.services.exporting import (
    erase_exports,
    is_long,
    make_export,
    order_export,
    write_export,
)
from payments.services.judging import reject_held, release_held
from payments.services.orders import (
    Item,
    assign_terminal,
    begin_attempt,
    close_idle_order,
    close_order,
    open_order,
    register_terminal,
)
from payments.services.reconciling import (
    SettlementFileError,
    fetch_settlement,
    order_reconciliation,
    reconcile_day,
    reconcile_terminal,
    reconcile_yesterday,
)
from payments.services.refunding import (
    approve_refund,
    carry_out_refund,
    decline_refund,
    endorse_refund,
    propose_for_subject,
    propose_refund,
)
from payments.services.settling import receive_ipn

__all__ = [
    "Item",
    "PaymentRefusedError",
    "SettlementFileError",
    "approve_refund",
    "ask_silent",
    "assign_terminal",
    "begin_attempt",
    "carry_out_refund",
    "close_idle_order",
    "close_order",
    "decline_refund",
    "deliver_line",
    "endorse_refund",
    "erase_exports",
    "expect_word",
    "expire_attempts",
    "fetch_settlement",
    "is_long",
    "make_export",
    "open_order",
    "order_export",
    "order_receipts",
    "order_reconciliation",
    "propose_for_subject",
    "propose_refund",
    "receive_ipn",
    "reconcile_day",
    "reconcile_terminal",
    "reconcile_yesterday",
    "redeliver",
    "register_terminal",
    "reject_held",
    "release_held",
    "settle_from_query",
    "take_back_receipt",
    "write_export",
]
