"""A day at a terminal: the bank's settlement file × our ledger × what owners know."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from payments.models import Attempt, Difference, LedgerEntry, Reconciliation, Terminal
from portal.common.clock import ZONE, local_day
from portal.outbox.services import owe

LARGEST_FILE = 64_000_000
_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
Kind = Difference.Kind


class SettlementFileError(Exception):
    """The file did not come or cannot be read; no amounts in the text."""


@dataclass(slots=True)
class Told:
    """What the file says of one reference, in whole đồng."""

    paid: int = 0
    back: int = 0
    statuses: set[str] = field(default_factory=set)


def fetch_settlement(*, terminal: Terminal, day: dt.date) -> str:
    """Fetch a day's file; raises :class:`SettlementFileError`."""
    address = settings.VNPAY_SETTLEMENT_URL.format(terminal=terminal.code, day=f"{day:%Y%m%d}")
    try:
        answer = httpx.get(address, timeout=_TIMEOUT, follow_redirects=False)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SettlementFileError(type(error).__name__) from error
    if len(answer.content) > LARGEST_FILE:
        raise SettlementFileError("the file is too long")
    return answer.text


def reconcile_day(*, terminal: Terminal, day: dt.date, file: str) -> Reconciliation:
    """Compare a day with its file and write down every difference; what querydr can cure is asked for.

    ``file`` is the bank's CSV. A day that was reconciled before is written over.
    """
    bank = _read(file)
    ours = _ledger(terminal, day)
    found = list(_differences(terminal, bank, ours))
    with transaction.atomic():
        done, _new = Reconciliation.objects.update_or_create(
            terminal=terminal,
            day=day,
            defaults={
                "bank_amount": sum(told.paid - told.back for told in bank.values()),
                "ledger_amount": sum(told.paid - told.back for told in ours.values()),
                "done_at": timezone.now(),
            },
        )
        done.differences.all().delete()
        for difference in found:
            difference.reconciliation = done
        Difference.objects.bulk_create(found, batch_size=500)
        _ask_about(found, day)
    return done


def _ask_about(found: list[Difference], day: dt.date) -> None:
    missing = [difference.reference for difference in found if difference.kind == Kind.MISSING_HERE]
    for pk in Attempt.objects.filter(reference__in=missing).values_list("pk", flat=True):
        owe(kind="payments.ask", key=f"payments.ask:{pk}:{day:%Y%m%d}", payload={"attempt_id": pk})


def _read(file: str) -> dict[str, Told]:
    told: dict[str, Told] = defaultdict(Told)
    try:
        for row in csv.DictReader(io.StringIO(file)):
            one, amount = told[row["reference"]], int(row["amount"])
            if row["kind"] == "payment":
                one.paid += amount
                one.statuses.add(row["status"])
            else:
                one.back -= amount
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise SettlementFileError("the file's columns are not the known ones") from error
    return told


def _ledger(terminal: Terminal, day: dt.date) -> dict[str, Told]:
    """Read the bank account's movements whose bank day it is, by reference."""
    begins = dt.datetime.combine(day, dt.time(), ZONE)
    ends = begins + dt.timedelta(days=1)
    account = f"bank:{terminal.pk}"
    ours: dict[str, Told] = defaultdict(Told)
    came = LedgerEntry.objects.filter(
        debit=account, refund=None, attempt__paid_at__gte=begins, attempt__paid_at__lt=ends
    )
    for reference, amount in came.values_list("attempt__reference", "amount"):
        ours[reference].paid += amount
    went = LedgerEntry.objects.filter(
        credit=account, refund__ordered_at__gte=begins, refund__ordered_at__lt=ends
    )
    for reference, amount in went.values_list("attempt__reference", "amount"):
        ours[reference].back += amount
    return ours


def _differences(terminal: Terminal, bank: dict[str, Told], ours: dict[str, Told]) -> Iterator[Difference]:
    nothing = Told()
    held = set(
        Attempt.objects.filter(order__terminal=terminal, state=Attempt.State.HELD).values_list(
            "reference", flat=True
        )
    )
    for reference in sorted(bank.keys() | ours.keys()):
        there, here = bank.get(reference, nothing), ours.get(reference, nothing)
        if there.paid != here.paid:
            yield Difference(
                kind=_kind(there, here, is_held=reference in held),
                reference=reference[:100],
                bank_amount=there.paid,
                ledger_amount=here.paid,
            )
        if there.back != here.back:
            yield Difference(
                kind=Kind.REFUND,
                reference=reference[:100],
                bank_amount=-there.back,
                ledger_amount=-here.back,
            )
    untold = Attempt.objects.filter(
        reference__in=[reference for reference, told in ours.items() if told.paid],
        effect=Attempt.Effect.PAID,
        order__lines__delivered_at=None,
    ).distinct()
    for reference, amount in untold.values_list("reference", "amount"):
        yield Difference(
            kind=Kind.UNDELIVERED, reference=reference, bank_amount=amount, ledger_amount=amount
        )


def _kind(there: Told, here: Told, *, is_held: bool) -> Kind:
    if is_held:
        return Kind.HELD
    if not here.paid:
        return Kind.MISSING_HERE
    return Kind.AMOUNT if there.paid else Kind.MISSING_THERE


def reconcile_yesterday() -> int:
    """Reconcile yesterday at every terminal; say how many files could be had."""
    if not settings.VNPAY_SETTLEMENT_URL:
        return 0
    day = local_day(timezone.now()) - dt.timedelta(days=1)
    done = 0
    for terminal in Terminal.objects.filter(active=True):
        file = fetch_settlement(terminal=terminal, day=day)
        reconcile_day(terminal=terminal, day=day, file=file)
        done += 1
    return done
