"""The verbs of the room: whatever writes orders, attempts, refunds and the ledger enters here."""

from payments.errors import PaymentRefusedError
from payments.services.asking import ask_silent, expire_attempts, settle_from_query
from payments.services.delivering import deliver_line, redeliver
from payments.services.orders import (
    Item,
    assign_terminal,
    begin_attempt,
    close_order,
    open_order,
    register_terminal,
)
from payments.services.reconciling import (
    SettlementFileError,
    fetch_settlement,
    reconcile_day,
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
    "close_order",
    "decline_refund",
    "deliver_line",
    "endorse_refund",
    "expire_attempts",
    "fetch_settlement",
    "open_order",
    "propose_for_subject",
    "propose_refund",
    "receive_ipn",
    "reconcile_day",
    "reconcile_yesterday",
    "redeliver",
    "register_terminal",
    "settle_from_query",
]
