"""A day at a terminal: the bank's settlement file × our ledger × what owners know."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import batched

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from payments.models import Attempt, Difference, HeldDecision, LedgerEntry, Reconciliation, Terminal
from portal.common.clock import ZONE, local_day
from portal.outbox.services import owe

LARGEST_FILE = 64_000_000
_AT_ONCE = 500
_TIMEOUT = httpx.Timeout(60.0, connect=5.0)
Kind = Difference.Kind


class SettlementFileError(Exception):
    """The file did not come or cannot be read; no amounts in the text."""


@dataclass(slots=True)
class Told:
    """What the file, or our books, say of one reference, in whole đồng; ``told``: its owner knows of it."""

    paid: int = 0
    told: int = 0
    back: int = 0


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
                "owner_amount": sum(told.told - told.back for told in ours.values()),
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
    for some in batched(missing, _AT_ONCE):
        for pk in Attempt.objects.filter(reference__in=some).values_list("pk", flat=True):
            owe(kind="payments.ask", key=f"payments.ask:{pk}:{day:%Y%m%d}", payload={"attempt_id": pk})


def _read(file: str) -> dict[str, Told]:
    told: dict[str, Told] = defaultdict(Told)
    try:
        for row in csv.DictReader(io.StringIO(file)):
            one, amount = told[row["reference"]], int(row["amount"])
            if row["kind"] == "payment":
                one.paid += amount
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
    facts = came.values_list("attempt__reference", "amount", "attempt__effect", "line__delivered_at")
    for reference, amount, effect, delivered in facts.iterator(chunk_size=_AT_ONCE):
        one = ours[reference]
        one.paid += amount
        # what came beside a payment has no owner who must know
        one.told += amount if delivered or effect != Attempt.Effect.PAID else 0
    went = LedgerEntry.objects.filter(
        credit=account, refund__ordered_at__gte=begins, refund__ordered_at__lt=ends
    )
    for reference, amount in went.values_list("attempt__reference", "amount").iterator(chunk_size=_AT_ONCE):
        ours[reference].back += amount
    return ours


def _differences(terminal: Terminal, bank: dict[str, Told], ours: dict[str, Told]) -> Iterator[Difference]:
    nothing = Told()
    held = _references(terminal, state=Attempt.State.HELD)
    rejected = _references(terminal, held_decision__verdict=HeldDecision.Verdict.REJECTED)
    for reference in sorted(bank.keys() | ours.keys()):
        there, here = bank.get(reference, nothing), ours.get(reference, nothing)
        if there.paid != here.paid:
            yield Difference(
                kind=_kind(there, here, is_held=reference in held, is_rejected=reference in rejected),
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
        if here.told != here.paid:
            yield Difference(
                kind=Kind.UNDELIVERED,
                reference=reference[:100],
                bank_amount=there.paid,
                ledger_amount=here.paid,
            )


def _references(terminal: Terminal, **which: object) -> set[str]:
    return set(
        Attempt.objects.filter(order__terminal=terminal, **which).values_list("reference", flat=True)
    )


def _kind(there: Told, here: Told, *, is_held: bool, is_rejected: bool) -> Kind:
    if is_held:
        return Kind.HELD
    if is_rejected:
        return Kind.REJECTED
    if not here.paid:
        return Kind.MISSING_HERE
    return Kind.AMOUNT if there.paid else Kind.MISSING_THERE


def reconcile_terminal(*, terminal_id: int, day: dt.date) -> Reconciliation:
    """Fetch a day's file of a terminal and compare; raises :class:`SettlementFileError`. Asks the bank."""
    terminal = Terminal.objects.get(pk=terminal_id)
    return reconcile_day(terminal=terminal, day=day, file=fetch_settlement(terminal=terminal, day=day))


def order_reconciliation(*, day: dt.date) -> int:
    """Owe the comparison of a day at every terminal; say how many. One that fails stops no other.

    Asked again within the same ten minutes it is owed once.
    """
    if not settings.VNPAY_SETTLEMENT_URL:
        return 0
    now = timezone.now()
    terminals = list(Terminal.objects.filter(active=True).values_list("pk", flat=True))
    with transaction.atomic():
        for pk in terminals:
            owe(
                kind="payments.reconcile",
                key=f"payments.reconcile:{pk}:{day:%Y%m%d}:{now:%Y%m%d%H%M}"[:-1],
                payload={"terminal_id": pk, "day": day.isoformat()},
            )
    return len(terminals)


def reconcile_yesterday() -> int:
    """Owe yesterday's comparison at every terminal; say how many."""
    return order_reconciliation(day=local_day(timezone.now()) - dt.timedelta(days=1))
