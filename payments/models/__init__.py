"""Rows of the room: what is owed, what was tried, what the bank said, what the money did."""

from payments.models.decisions import Export, HeldDecision
from payments.models.orders import Attempt, Order, OrderLine, Payee, Terminal
from payments.models.records import BankMessage, Difference, LedgerEntry, Reconciliation
from payments.models.refunds import Refund

__all__ = [
    "Attempt",
    "BankMessage",
    "Difference",
    "Export",
    "HeldDecision",
    "LedgerEntry",
    "Order",
    "OrderLine",
    "Payee",
    "Reconciliation",
    "Refund",
    "Terminal",
]
