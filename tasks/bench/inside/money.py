"""Settles notices, fills a day with orders, reconciles it; prints a JSON line. ``python -m … settle|fill|reconcile``."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import sys
import time
from collections.abc import Mapping
from itertools import batched
from pathlib import Path
from typing import Any

import django

AMOUNT = 20_000
#: orders of which the file says something else
PLANTED = 7
_AT_ONCE = 5_000


def memory_mb() -> float:
    """Give the most memory that this process has used."""
    scale = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def folder() -> Path:
    """Give the bench's own folder."""
    return Path(os.environ["DATA_DIR"])


def shop() -> tuple[Any, Any]:
    """Make a payee and the terminal whose secret is in the settings."""
    from django.conf import settings

    from payments import services
    from portal.organisations.models import Kind, Organisation

    (code,) = settings.VNPAY_SECRETS
    payee = Organisation.objects.create(
        code="H99.99",
        kind=Kind.SCHOOL,
        name="Trường thử",
        name_key="truong thu",
        opened_on=dt.date(2026, 1, 1),
    )
    terminal = services.register_terminal(code=code, name="Thử")
    services.assign_terminal(organisation_id=payee.pk, terminal=terminal)
    return payee, terminal


def orders(count: int, payee: Any, terminal: Any, now: dt.datetime) -> list[Any]:
    """Write orders of one line with an attempt each; give the attempts."""
    from payments.models import Attempt, Order, OrderLine

    attempts: list[Any] = []
    for numbers in batched(range(count), _AT_ONCE):
        made = Order.objects.bulk_create(
            Order(code=f"B{number:09d}", terminal=terminal, amount=AMOUNT, created_at=now)
            for number in numbers
        )
        OrderLine.objects.bulk_create(
            OrderLine(
                order=order,
                purpose="procedure-fee",
                subject_kind="bench",
                subject_id=order.code,
                title="Lệ phí thử",
                payee=payee,
                amount=AMOUNT,
            )
            for order in made
        )
        attempts += Attempt.objects.bulk_create(
            Attempt(
                order=order,
                number=1,
                reference=f"{order.code}-1",
                amount=AMOUNT,
                customer_ip="203.0.113.10",
                return_url="https://dvc.example.vn/r",
                created_at=now,
                expires_at=now + dt.timedelta(minutes=15),
            )
            for order in made
        )
    return attempts


def notice(attempt: Any, code: str, secret: str) -> str:
    """Sign the bank's word that an attempt was paid."""
    from payments.gateways.vnpay import signature, wire

    said = {
        "vnp_Amount": str(attempt.amount * 100),
        "vnp_BankCode": "NCB",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": "Thanh toan",
        "vnp_PayDate": wire.moment(attempt.created_at),
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": code,
        "vnp_TransactionNo": str(14_000_000 + attempt.pk),
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": attempt.reference,
    }
    return signature.signed_query(said, secret)


def settle(count: int) -> dict[str, float]:
    """Settle half of the notices here and leave the others in a file for the web server."""
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from payments import services

    payee, terminal = shop()
    now = timezone.now()
    secret = settings.VNPAY_SECRETS[terminal.code]
    queries = [
        notice(attempt, terminal.code, secret) for attempt in orders(2 * count + 1, payee, terminal, now)
    ]
    (folder() / "notices.txt").write_text("\n".join(queries[count + 1 :]), "ascii")
    with CaptureQueriesContext(connection) as sent:
        settled_or_stop(services.receive_ipn(query=queries[count]))
    began = time.perf_counter()
    for query in queries[:count]:
        settled_or_stop(services.receive_ipn(query=query))
    seconds = time.perf_counter() - began
    return {"settled": count / seconds, "bare": bare(count), "statements": len(sent)}


def settled_or_stop(answer: Mapping[str, str]) -> None:
    """End the bench where a notice was not taken."""
    if answer["RspCode"] != "00":
        raise SystemExit(f"A notice was answered {answer}.")


def bare(count: int) -> float:
    """Insert a row and update another in a transaction each, as SQL and nothing more; give how many a second."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_message (id INTEGER PRIMARY KEY, raw TEXT)")
        cursor.execute("CREATE TABLE bench_attempt (id INTEGER PRIMARY KEY, state TEXT)")
        cursor.executemany(
            "INSERT INTO bench_attempt (id, state) VALUES (%s, 'pending')",
            [(number,) for number in range(count)],
        )
        began = time.perf_counter()
        for number in range(count):
            with transaction.atomic():
                cursor.execute("INSERT INTO bench_message (raw) VALUES (%s)", ["x" * 400])
                cursor.execute(
                    "UPDATE bench_attempt SET state = 'settled' WHERE id = %s AND state = 'pending'",
                    [number],
                )
        return count / (time.perf_counter() - began)


def fill(count: int) -> dict[str, int]:
    """Write a day of settled and delivered orders, and the bank's file of it with a few things otherwise."""
    from django.utils import timezone

    from payments.models import Attempt, LedgerEntry, Order, OrderLine

    payee, terminal = shop()
    now = timezone.now()
    attempts = orders(count, payee, terminal, now)
    Order.objects.update(state="paid", paid_at=now)
    OrderLine.objects.update(delivered_at=now)
    Attempt.objects.update(state="settled", effect="paid", paid_at=now, settled_at=now)
    lines = dict(OrderLine.objects.values_list("order_id", "pk"))
    for some in batched(attempts, _AT_ONCE):
        LedgerEntry.objects.bulk_create(
            LedgerEntry(
                key=f"settled:{attempt.pk}",
                debit=f"bank:{terminal.pk}",
                credit=f"payee:{payee.pk}:procedure-fee",
                amount=AMOUNT,
                line_id=lines[attempt.order_id],
                attempt=attempt,
                at=now,
            )
            for attempt in some
        )
    with (folder() / "settlement.csv").open("w", encoding="utf-8") as file:
        file.write("terminal,reference,transaction,kind,amount,moment,bank,status\n")
        for place, attempt in enumerate(attempts):
            amount = AMOUNT - 1 if place < PLANTED else AMOUNT
            file.write(
                f"{terminal.code},{attempt.reference},{attempt.pk},payment,{amount},20261122080000,NCB,00\n"
            )
    return {"orders": count}


def reconcile() -> dict[str, float]:
    """Compare the day with the file, then write the accountants' list of it."""
    from django.utils import timezone

    from payments import selectors, services
    from payments.models import Terminal
    from portal.common.clock import local_day

    terminal, day = Terminal.objects.get(), local_day(timezone.now())
    began = time.perf_counter()
    done = services.reconcile_day(
        terminal=terminal, day=day, file=(folder() / "settlement.csv").read_text("utf-8")
    )
    told = {
        "seconds": time.perf_counter() - began,
        "found": done.differences.count(),
        "planted": PLANTED,
        "memory_mb": memory_mb(),
    }
    began = time.perf_counter()
    reach = selectors.Reach(frozenset(), everywhere=True)
    with (folder() / "list.xlsx").open("wb") as out:
        services.write_export(reach=reach, first=day, last=day, form="xlsx", out=out)
    return {**told, "xlsx_seconds": time.perf_counter() - began, "xlsx_memory_mb": memory_mb()}


def main(arguments: list[str]) -> None:
    """Do one of the three."""
    django.setup()
    name, *counts = arguments
    verb: Any = {"settle": settle, "fill": fill, "reconcile": reconcile}[name]
    print(json.dumps(verb(*(int(count) for count in counts))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
