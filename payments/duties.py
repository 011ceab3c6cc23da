"""Consequences that this room carries out: registered with the outbox when the app is ready."""

from __future__ import annotations

import datetime as dt
from typing import Any

from payments import services
from portal.outbox.ports import Later, duty_handler


@duty_handler("payments.deliver")
def deliver(payload: dict[str, Any]) -> None:
    """Tell the owner of a line that it is paid; may run twice."""
    services.deliver_line(line_id=int(payload["line_id"]))


@duty_handler("payments.ask")
def ask(payload: dict[str, Any]) -> None:
    """Ask the bank about one attempt; may run twice."""
    services.settle_from_query(attempt_id=int(payload["attempt_id"]))


@duty_handler("payments.refund")
def refund(payload: dict[str, Any]) -> None:
    """Carry out an approved refund and follow it to its end; may run twice."""
    services.carry_out_refund(refund_id=int(payload["refund_id"]))


@duty_handler("payments.reconcile", lease_seconds=600)
def reconcile(payload: dict[str, Any]) -> None:
    """Compare a day with the bank's file; may run twice."""
    services.reconcile_terminal(
        terminal_id=int(payload["terminal_id"]), day=dt.date.fromisoformat(payload["day"])
    )


@duty_handler("payments.export", lease_seconds=600)
def export(payload: dict[str, Any]) -> None:
    """Write a file for accountants; may run twice."""
    services.make_export(export_id=int(payload["export_id"]))


@duty_handler("payments.receipt")
def receipt(payload: dict[str, Any]) -> None:
    """Order the receipts of a paid order; may run twice."""
    services.order_receipts(order_id=int(payload["order_id"]))


@duty_handler("payments.receipt-back")
def receipt_back(payload: dict[str, Any]) -> None:
    """Take a receipt back whose money went back; may run twice."""
    if not services.take_back_receipt(refund_id=int(payload["refund_id"])):
        raise Later(60.0)
