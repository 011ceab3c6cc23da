"""Sixteen threads deliver the same notice: one settlement. The control shows the accident without the guard."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from payments import services
from payments.errors import PaymentRefusedError
from payments.models import Attempt, LedgerEntry, Order, Refund
from portal.outbox.models import Duty
from tests.payments.shop import BACK, IP, Shop, build, notice, owning, tell
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency

THREADS = 16


@pytest.fixture
def shop(fresh_database: FreshDatabase) -> Iterator[Shop]:
    with owning():
        yield build()


def test_control_without_the_guard_money_is_counted_many_times(
    shop: Shop, fresh_database: FreshDatabase
) -> None:
    attempt = shop.attempt()
    line = attempt.order.lines.get()
    meet = threading.Barrier(THREADS, timeout=30)

    def read_check_save(number: int) -> str:
        seen = Attempt.objects.get(pk=attempt.pk)
        meet.wait()
        if seen.state != Attempt.State.PENDING:
            return "02"
        with transaction.atomic():
            seen.state = Attempt.State.SETTLED
            seen.save()
            LedgerEntry.objects.create(
                key=f"control:{number}",
                debit="bank:1",
                credit="payee:1:x",
                amount=seen.amount,
                line=line,
                attempt=seen,
                at=timezone.now(),
            )
        return "00"

    outcomes = fresh_database.together([partial(read_check_save, number) for number in range(THREADS)])
    assert outcomes.count("00") > 1, "the accident did not happen, so the race below proves nothing"
    assert LedgerEntry.objects.count() > 1


def test_sixteen_deliveries_of_one_notice_settle_once(shop: Shop, fresh_database: FreshDatabase) -> None:
    attempt = shop.attempt()
    outcomes = fresh_database.together([partial(tell, notice(attempt))] * THREADS)
    assert Counter(str(outcome) for outcome in outcomes) == {"00": 1, "02": THREADS - 1}
    assert LedgerEntry.objects.count() == 1
    assert Duty.objects.filter(kind="payments.deliver").count() == 1
    assert Attempt.objects.get().revision == 1


def test_two_attempts_of_one_order_paid_at_once_pay_it_once(
    shop: Shop, fresh_database: FreshDatabase
) -> None:
    order = shop.order()
    first = shop.attempt(order)
    Attempt.objects.filter(pk=first.pk).update(state=Attempt.State.FAILED)
    second = shop.attempt(order)
    outcomes = fresh_database.together(
        [partial(tell, notice(attempt)) for attempt in (first, second) for _time in range(8)]
    )
    assert Counter(str(outcome) for outcome in outcomes) == {"00": 2, "02": 14}
    assert sorted(Attempt.objects.values_list("effect", flat=True)) == ["excess", "paid"]
    assert Refund.objects.count() == 1


def test_sixteen_clicks_begin_one_attempt(shop: Shop, fresh_database: FreshDatabase) -> None:
    order = shop.order()
    click = partial(services.begin_attempt, order=order, method="qr", customer_ip=IP, return_url=BACK)
    addresses = fresh_database.together([click] * THREADS)
    assert len({str(address) for address in addresses}) == 1
    assert Attempt.objects.count() == 1


def test_one_of_two_checkers_approves(shop: Shop, fresh_database: FreshDatabase) -> None:
    attempt = shop.attempt()
    tell(notice(attempt))
    refund = services.propose_refund(
        line=attempt.order.lines.get(),
        attempt=attempt,
        amount=10_000,
        reason="Nộp nhầm",
        maker_id=shop.payer.pk,
    )
    checkers = [type(shop.payer).objects.create_user(f"checker{number}") for number in range(8)]
    outcomes = fresh_database.together(
        [partial(services.approve_refund, refund=refund, checker_id=checker.pk) for checker in checkers]
    )
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, PaymentRefusedError) for outcome in outcomes) == 7
    assert Duty.objects.filter(kind="payments.refund").count() == 1
    assert Order.objects.get().state == Order.State.PAID
