"""Random histories of a bank, a portal and an owner who crash, forget and repeat: their books agree.

The bank is the sandbox over real HTTP with books of its own. Its notices are handed over in any order,
any number of times, or never. Everything commits, into a copy of the template database.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.test import override_settings
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from payments import ports, selectors, services
from payments.gateways.base import Outcome
from payments.gateways.vnpay import messages, signature
from payments.gateways.vnpay.gateway import VnpayGateway
from payments.models import Attempt, HeldDecision, LedgerEntry, Order, OrderLine, Refund
from payments.sandbox import counter
from payments.sandbox.bank import Bank
from payments.services import refunding
from payments.services.asking import GIVE_UP_WAITING
from portal.common.clock import local_day
from portal.outbox.models import Duty
from portal.outbox.ports import Later
from tests.accounts import people
from tests.payments.shop import BACK, IP, SECRET

pytestmark = pytest.mark.concurrency

PURPOSE = "history-fee"
AMOUNTS = st.lists(st.integers(1, 90_000), min_size=1, max_size=2)
WHICH = st.integers(0, 9)
_numbers = count(1)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def serving(bank: Bank) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, bank.application, WSGIServer, Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class CrashError(Exception):
    """The process dies here."""


class Histories(RuleBasedStateMachine):
    """One payee, its terminal, its owner; what the bank and the citizens do, in any order."""

    bank: Bank

    def __init__(self) -> None:
        super().__init__()
        number = next(_numbers)
        self.code = f"HIST{number:04d}"
        self.bank.books.register(self.code, SECRET, "http://127.0.0.1:9/ipn")
        settings.VNPAY_SECRETS[self.code] = SECRET
        self.payee = people.school(f"H99.77.{number:04d}", f"Trường {number}")
        self.terminal = services.register_terminal(code=self.code, name="Trường")
        services.assign_terminal(organisation_id=self.payee.pk, terminal=self.terminal)
        self.maker, self.checker = people.user(f"maker{number}"), people.user(f"checker{number}")
        self.orders: list[Order] = []
        #: (token of the bank's page, attempt), while that page is open
        self.places: list[tuple[str, Attempt]] = []
        self.notices: list[tuple[Attempt, str]] = []
        #: line → how often the owner's own move took effect
        self.effects: Counter[int] = Counter()
        self.owner_crashes = False
        ports._PAYABLES.pop(PURPOSE, None)  # noqa: SLF001 - every history has an owner of its own
        ports.register_payable(PURPOSE, on_settled=self.on_settled, return_url=str)

    def on_settled(self, line: ports.SettledLine) -> str:
        if line.line_id not in self.effects:
            self.effects[line.line_id] += 1  # the owner's conditional UPDATE
        if self.owner_crashes:
            self.owner_crashes = False
            raise CrashError
        return ""

    # --- citizens -------------------------------------------------------------------------------

    @initialize(amounts=AMOUNTS, more=AMOUNTS)
    def two_citizens_come(self, amounts: list[int], more: list[int]) -> None:
        self.a_citizen_comes(amounts)
        self.a_payment_ends(0, "00", suspected=False)
        self.a_citizen_comes(more)

    @rule(amounts=AMOUNTS)
    def a_citizen_comes(self, amounts: list[int]) -> None:
        items = [
            services.Item(
                PURPOSE, "thing", f"{self.code}.{next(_numbers)}", self.payee.pk, amount, "Lệ phí"
            )
            for amount in amounts
        ]
        self.orders.append(services.open_order(items=items, payer_id=None))
        self.somebody_goes_to_the_bank(len(self.orders) - 1)

    @rule(which=WHICH)
    def somebody_goes_to_the_bank(self, which: int) -> None:
        order = self.orders[which % len(self.orders)]
        try:
            address = services.begin_attempt(order=order, method="", customer_ip=IP, return_url=BACK)
            token = counter.arrive(self.bank.books, urlsplit(address).query)
        except (services.PaymentRefusedError, counter.RefusedError):
            return  # paid, closed, waiting; or that page has ended and its word is under way
        if token not in {place[0] for place in self.places}:
            self.places.append((token, Attempt.objects.get(order=order, state=Attempt.State.PENDING)))

    @rule(which=WHICH)
    def the_owner_wants_it_no_more(self, which: int) -> None:
        services.close_order(order_id=self.orders[which % len(self.orders)].pk)

    # --- the bank -------------------------------------------------------------------------------

    @precondition(lambda self: self.places)
    @rule(
        which=WHICH,
        code=st.sampled_from(["00", "00", "00", "24", "51", "11"]),
        suspected=st.sampled_from([False, False, False, True]),
    )
    def a_payment_ends(self, which: int, code: str, *, suspected: bool) -> None:
        token, attempt = self.places.pop(which % len(self.places))
        if suspected:
            self._fault("suspect", attempt.reference)
        counter.end(self.bank.books, token, code, "NCB", "ATM")
        rows = self.bank.books.rows(
            "SELECT query FROM notice JOIN payment ON payment.id = notice.payment WHERE reference = ?",
            attempt.reference,
        )
        self.notices += [(attempt, row["query"]) for row in rows]

    def _fault(self, kind: str, reference: str) -> None:
        with self.bank.books.writing() as books:
            books.execute(
                "INSERT INTO fault (kind, reference, times, seconds) VALUES (?, ?, 1, 0)", (kind, reference)
            )

    @precondition(lambda self: self.notices)
    @rule(which=WHICH, times=st.integers(1, 3))
    def a_notice_arrives(self, which: int, times: int) -> None:
        notice = self.notices[which % len(self.notices)]
        codes = [services.receive_ipn(query=notice[1])["RspCode"] for _time in range(times)]
        assert set(codes) <= {"00", "02"}
        assert codes.count("00") <= 1

    @precondition(lambda self: self.notices)
    @rule(which=WHICH)
    def we_die_while_settling(self, which: int) -> None:
        notice = self.notices[which % len(self.notices)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("payments.services.settling.owe", _die)
            patch.setattr("payments.services.settling.propose_by_itself", _die)
            assert services.receive_ipn(query=notice[1])["RspCode"] in {"00", "02", "99"}

    @precondition(lambda self: self.places)
    @rule(which=WHICH, secret=st.sampled_from(["guessed", f"{SECRET}x"]))
    def somebody_forges_a_notice(self, which: int, secret: str) -> None:
        place = self.places[which % len(self.places)]
        query = signature.signed_query(self._success(place[1], place[1].amount), secret)
        assert services.receive_ipn(query=query)["RspCode"] == "97"

    @precondition(lambda self: self.places)
    @rule(which=WHICH, more=st.sampled_from([-1, 1, 1_000]))
    def the_amount_differs(self, which: int, more: int) -> None:
        place = self.places[which % len(self.places)]
        query = signature.signed_query(self._success(place[1], place[1].amount + more), SECRET)
        assert services.receive_ipn(query=query)["RspCode"] == "04"

    def _success(self, attempt: Attempt, amount: int) -> dict[str, str]:
        return {
            "vnp_Amount": str(amount * 100),
            "vnp_ResponseCode": "00",
            "vnp_TransactionStatus": "00",
            "vnp_TmnCode": self.code,
            "vnp_TxnRef": attempt.reference,
        }

    # --- the worker -----------------------------------------------------------------------------

    @rule(which=WHICH)
    def the_time_runs_out_and_we_ask(self, which: int) -> None:
        order = self.orders[which % len(self.orders)]
        for attempt in order.attempts.filter(state=Attempt.State.PENDING):
            Attempt.objects.filter(pk=attempt.pk).update(expires_at=attempt.created_at)
            services.settle_from_query(attempt_id=attempt.pk)

    @rule(which=WHICH)
    def we_ask(self, which: int) -> None:
        order = self.orders[which % len(self.orders)]
        for attempt in order.attempts.all():
            services.settle_from_query(attempt_id=attempt.pk)

    @rule(which=WHICH)
    def a_day_passes_in_silence(self, which: int) -> None:
        order = self.orders[which % len(self.orders)]
        long_ago = timezone.now() - GIVE_UP_WAITING - dt.timedelta(minutes=1)
        order.attempts.filter(state=Attempt.State.PENDING).update(expires_at=long_ago)
        services.expire_attempts()

    @precondition(lambda self: self._attempts().filter(state=Attempt.State.HELD).exists())
    @rule(release=st.booleans(), times=st.integers(1, 2))
    def a_person_judges_held_money(self, times: int, *, release: bool) -> None:
        verb = services.release_held if release else services.reject_held
        for attempt in self._attempts().filter(state=Attempt.State.HELD):
            for _time in range(times):
                with suppress(services.PaymentRefusedError):
                    verb(attempt=attempt, officer_id=self.checker.pk, reason="Tra soát")

    @rule(crashes=st.booleans())
    def duties_are_performed(self, *, crashes: bool) -> None:
        self.owner_crashes = crashes
        for line_id in self._lines().values_list("pk", flat=True):
            if Duty.objects.filter(kind="payments.deliver", key=f"payments.deliver:{line_id}").exists():
                with suppress(CrashError):
                    services.deliver_line(line_id=line_id)
        self.owner_crashes = False

    @rule(part=st.integers(1, 3))
    def an_officer_proposes_a_refund(self, part: int) -> None:
        for line in self._lines():
            paid = Attempt.objects.filter(order=line.order, effect=Attempt.Effect.PAID).first()
            if paid is not None:
                with suppress(services.PaymentRefusedError):
                    services.propose_refund(
                        line=line,
                        attempt=paid,
                        amount=max(1, line.amount // part),
                        reason="Thử",
                        maker_id=self.maker.pk,
                    )

    @rule()
    def two_officers_decide(self) -> None:
        for refund in self._refunds().filter(state=Refund.State.PROPOSED):
            with suppress(services.PaymentRefusedError):
                services.endorse_refund(refund=refund, maker_id=self.maker.pk)
            with pytest.raises(services.PaymentRefusedError):
                services.approve_refund(refund=refund, checker_id=self.maker.pk)
            services.approve_refund(refund=refund, checker_id=self.checker.pk)

    @rule(dies=st.sampled_from(["", "before sending", "after sending", "no answer"]))
    def refunds_are_carried_out(self, dies: str) -> None:
        with pytest.MonkeyPatch.context() as patch:
            if dies == "before sending":
                patch.setattr(VnpayGateway, "give_back", _die)
            if dies == "after sending":
                patch.setattr("payments.services.refunding.remember", _die)
            for refund in self._refunds().order_by("pk"):
                if dies == "no answer":
                    self._fault("unsigned", refund.attempt.reference)
                with suppress(CrashError, Later):
                    services.carry_out_refund(refund_id=refund.pk)

    # --- what must hold after every step ----------------------------------------------------------

    @invariant()
    def nothing_is_settled_that_the_bank_was_not_paid(self) -> None:
        taken, released = self._bank_states(), self._released()
        for attempt in self._attempts().filter(state=Attempt.State.SETTLED):
            suspected = attempt.reference in released
            assert taken[attempt.reference] in ({"paid", "held"} if suspected else {"paid"})

    @invariant()
    def every_attempt_counts_at_most_once(self) -> None:
        for attempt in self._attempts():
            came = attempt.entries.filter(refund=None).aggregate(total=Sum("amount"))["total"] or 0
            assert came == (attempt.amount if attempt.state == Attempt.State.SETTLED else 0)

    @invariant()
    def an_order_is_paid_by_one_attempt(self) -> None:
        for order in Order.objects.filter(terminal=self.terminal):
            paying = order.attempts.filter(effect=Attempt.Effect.PAID).count()
            assert paying == (1 if order.state == Order.State.PAID else 0)

    @invariant()
    def no_delivery_takes_effect_twice(self) -> None:
        assert all(times == 1 for times in self.effects.values())
        paid = set(self._lines().filter(order__state=Order.State.PAID).values_list("pk", flat=True))
        assert set(self.effects) <= paid

    @invariant()
    def no_more_goes_back_than_came(self) -> None:
        for attempt in self._attempts():
            back = attempt.refunds.filter(state__in=Refund.COUNTING).aggregate(total=Sum("amount"))["total"]
            assert (back or 0) <= (attempt.amount if attempt.state == Attempt.State.SETTLED else 0)

    def teardown(self) -> None:
        """Let everything come to rest; then bank, ledger and owner agree to the last đồng."""
        for attempt in self._attempts():
            Attempt.objects.filter(pk=attempt.pk).update(expires_at=attempt.created_at)
            services.settle_from_query(attempt_id=attempt.pk)
        self.duties_are_performed(crashes=False)
        for _round in range(6):
            self._forget_faults()
            for refund in self._refunds().order_by("pk"):
                with suppress(Later):
                    services.carry_out_refund(refund_id=refund.pk)
        self._bank_and_ledger_agree()
        paid = self._lines().filter(order__state=Order.State.PAID)
        assert set(self.effects) == set(paid.values_list("pk", flat=True))
        assert not paid.filter(delivered_at=None).exists()
        report = self._reconciled()
        assert {line.difference.kind for line in report.lines} <= {"held", "rejected"}

    def _bank_and_ledger_agree(self) -> None:
        released = self._released()
        came = sum(
            row["amount"]
            for row in self._bank_payments()
            if row["state"] == "paid" or (row["state"] == "held" and row["reference"] in released)
        )
        went = sum(
            row["amount"]
            for row in self.bank.books.rows(
                "SELECT refund.amount FROM refund JOIN payment ON payment.id = refund.payment"
                " WHERE terminal = ?",
                self.code,
            )
        )
        account = f"bank:{self.terminal.pk}"
        debit = LedgerEntry.objects.filter(debit=account).aggregate(total=Sum("amount"))["total"] or 0
        credit = LedgerEntry.objects.filter(credit=account).aggregate(total=Sum("amount"))["total"] or 0
        assert debit - credit == came - went

    def _reconciled(self) -> selectors.Report:
        today = local_day(timezone.now())
        file = services.fetch_settlement(terminal=self.terminal, day=today)
        done = services.reconcile_day(terminal=self.terminal, day=today, file=file)
        report = selectors.zero_difference_report(today)
        return selectors.Report(
            today, [done], [line for line in report.lines if line.difference.reconciliation_id == done.pk]
        )

    def _forget_faults(self) -> None:
        with self.bank.books.writing() as books:
            books.execute("DELETE FROM fault")

    def _bank_payments(self) -> list[dict[str, Any]]:
        return self.bank.books.rows("SELECT * FROM payment WHERE terminal = ?", self.code)

    def _bank_states(self) -> dict[str, str]:
        return {row["reference"]: row["state"] for row in self._bank_payments()}

    def _released(self) -> set[str]:
        return set(
            self._attempts()
            .filter(held_decision__verdict=HeldDecision.Verdict.RELEASED)
            .values_list("reference", flat=True)
        )

    def _attempts(self) -> Any:
        return Attempt.objects.filter(order__terminal=self.terminal)

    def _lines(self) -> Any:
        return OrderLine.objects.filter(order__terminal=self.terminal)

    def _refunds(self) -> Any:
        return Refund.objects.filter(attempt__order__terminal=self.terminal)


def _die(*_args: object, **_named: object) -> None:
    raise CrashError


@contextmanager
def _histories(folder: Path) -> Iterator[None]:
    """Let histories happen at a bank of their own, in a database to which everything commits."""
    assert not connection.in_atomic_block
    bank = Bank(folder / "bank.sqlite3", refund_seconds=0.0)
    with (
        serving(bank) as host,
        override_settings(
            VNPAY_SECRETS={},
            VNPAY_MERCHANT_URL=f"{host}/merchant_webapi/api/transaction",
            VNPAY_SETTLEMENT_URL=host + "/settlement/{terminal}/{day}.csv",
        ),
    ):
        Histories.bank = bank
        try:
            yield
        finally:
            ports._PAYABLES.pop(PURPOSE, None)  # noqa: SLF001 - as above


@pytest.mark.usefixtures("fresh_database")
def test_bank_ledger_and_owner_agree_after_every_history(tmp_path: Path) -> None:
    with _histories(tmp_path):
        run_state_machine_as_test(
            Histories, settings=hypothesis_settings(stateful_step_count=25, deadline=None)
        )
        # a machine that never pays, gives back or suspects would agree about nothing
        assert Attempt.objects.filter(state=Attempt.State.SETTLED).count() > 10
        assert Refund.objects.exclude(state=Refund.State.PROPOSED).exists()


def _a_refund_whose_answer_is_lost(dies: str) -> Histories:
    story = Histories()
    story.two_citizens_come([30_000], [20_000])
    story.a_notice_arrives(0, 1)
    story.an_officer_proposes_a_refund(2)
    story.two_officers_decide()
    story.refunds_are_carried_out(dies)
    return story


def _suspected_money() -> Histories:
    story = Histories()
    story.two_citizens_come([30_000], [20_000])
    story.a_payment_ends(0, "00", suspected=True)
    for notice in range(len(story.notices)):
        story.a_notice_arrives(notice, 1)
    return story


def _checks(story: Histories) -> None:
    story.nothing_is_settled_that_the_bank_was_not_paid()
    story.every_attempt_counts_at_most_once()
    story.no_more_goes_back_than_came()
    story.teardown()


@pytest.mark.usefixtures("fresh_database")
@pytest.mark.parametrize("dies", ["after sending", "no answer", "before sending"])
def test_a_refund_that_is_sent_again_without_asking_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: str
) -> None:
    def resend(refund: Refund) -> None:
        refunding._move(refund, Refund.State.SENDING, state=Refund.State.APPROVED)  # noqa: SLF001 - planted
        raise Later(1)

    with _histories(tmp_path):
        _checks(_a_refund_whose_answer_is_lost(dies))
        if dies == "before sending":
            return  # nothing arrived, so nothing can come twice: with or without the guard
        monkeypatch.setattr(refunding, "_follow", resend)
        story = _a_refund_whose_answer_is_lost(dies)
        with pytest.raises(AssertionError):
            _checks(story)


@pytest.mark.usefixtures("fresh_database")
def test_held_money_that_counts_as_paid_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with _histories(tmp_path):
        _checks(_suspected_money())
        monkeypatch.setattr(messages, "outcome_of_notice", lambda *_codes: Outcome.PAID)
        story = _suspected_money()
        with pytest.raises(AssertionError):
            _checks(story)
