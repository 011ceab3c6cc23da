"""Names of the ledger's accounts, and writing a movement between two of them."""

from __future__ import annotations

import datetime as dt

from payments.models import Attempt, LedgerEntry, OrderLine, Refund


def at_bank(attempt: Attempt) -> str:
    """Money that lies at the bank for a terminal."""
    return f"bank:{attempt.order.terminal_id}"


def of_payee(line: OrderLine) -> str:
    """Money that belongs to an organisation, by purpose."""
    return f"payee:{line.payee_id}:{line.purpose}"


def to_return(attempt: Attempt) -> str:
    """Money that came without anything left to pay: it belongs to whoever paid."""
    return f"returns:{attempt.order.terminal_id}"


def owner_account(attempt: Attempt, line: OrderLine) -> str:
    """Tell whose the attempt's money is."""
    return of_payee(line) if attempt.effect == Attempt.Effect.PAID else to_return(attempt)


def post(
    *,
    key: str,
    debit: str,
    credit: str,
    amount: int,
    line: OrderLine,
    attempt: Attempt,
    at: dt.datetime,
    refund: Refund | None = None,
) -> None:
    """Write a movement. The same ``key`` twice is an error that ends the caller's transaction."""
    LedgerEntry.objects.create(
        key=key, debit=debit, credit=credit, amount=amount, line=line, attempt=attempt, refund=refund, at=at
    )
