"""Refunds: two people, never more than came, never sent twice; followed until the bank is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from payments import selectors, services
from payments.gateways.base import Answer, Outcome
from payments.models import Attempt, OrderLine, Refund
from portal.accounts.models import Officer
from portal.outbox.models import Duty
from portal.outbox.ports import Later
from tests.accounts import people
from tests.payments.shop import Shop, books, build, notice, owning, tell

pytestmark = pytest.mark.django_db


class Answers:
    """A gateway that gives prepared answers and counts what was sent."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.orders, self.questions = list(answers), 0, 0

    def give_back(self, _refund: object) -> Answer:
        self.orders += 1
        return self.answers.pop(0)

    def ask(self, _question: object) -> Answer:
        self.questions += 1
        return self.answers.pop(0)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with owning():
        yield build()


@pytest.fixture
def thu(shop: Shop) -> Officer:
    return people.officer("thu", "finance", shop.payee)


@pytest.fixture
def hanh(shop: Shop) -> Officer:
    return people.officer("hanh", "finance", shop.payee)


@pytest.fixture
def paid(shop: Shop) -> Attempt:
    attempt = shop.attempt()
    assert tell(notice(attempt)) == "00"
    return Attempt.objects.get(pk=attempt.pk)


def _line(paid: Attempt) -> OrderLine:
    return OrderLine.objects.get(order=paid.order)


def _propose(paid: Attempt, maker: Officer, amount: int = 30_000) -> Refund:
    return services.propose_refund(
        line=_line(paid), attempt=paid, amount=amount, reason="Nộp nhầm", maker_id=maker.user_id
    )


def _approved(paid: Attempt, thu: Officer, hanh: Officer, amount: int = 30_000) -> Refund:
    refund = _propose(paid, thu, amount)
    services.approve_refund(refund=refund, checker_id=hanh.user_id)
    return refund


def _carry_out(refund: Refund, gateway: Answers) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("payments.services.refunding.gateway_of", lambda _terminal: gateway)
        services.carry_out_refund(refund_id=refund.pk)


def test_nobody_approves_what_they_propose(paid: Attempt, thu: Officer, hanh: Officer) -> None:
    refund = _propose(paid, thu)
    with pytest.raises(services.PaymentRefusedError, match="hai người"):
        services.approve_refund(refund=refund, checker_id=thu.user_id)
    assert not Duty.objects.filter(kind="payments.refund").exists()
    services.approve_refund(refund=refund, checker_id=hanh.user_id)
    with pytest.raises(services.PaymentRefusedError):
        services.approve_refund(refund=refund, checker_id=hanh.user_id)
    assert Duty.objects.filter(kind="payments.refund").count() == 1


def test_the_database_refuses_one_person_as_well(paid: Attempt, thu: Officer) -> None:
    refund = _propose(paid, thu)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(checker_id=thu.user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(state="done")


def test_what_was_proposed_by_itself_needs_somebody_to_stand_for_it(
    shop: Shop, thu: Officer, hanh: Officer
) -> None:
    attempt = shop.attempt()
    services.close_order(order_id=attempt.order_id)
    tell(notice(attempt))
    refund = Refund.objects.get()
    with pytest.raises(services.PaymentRefusedError):
        services.approve_refund(refund=refund, checker_id=hanh.user_id)
    services.endorse_refund(refund=refund, maker_id=thu.user_id)
    with pytest.raises(services.PaymentRefusedError):
        services.endorse_refund(refund=refund, maker_id=hanh.user_id)
    services.approve_refund(refund=refund, checker_id=hanh.user_id)
    assert Refund.objects.get().state == "approved"


@pytest.mark.parametrize("amount", [0, -1, 30_001])
def test_no_more_than_came_and_no_less_than_something(paid: Attempt, thu: Officer, amount: int) -> None:
    with pytest.raises(services.PaymentRefusedError, match="30000"):
        _propose(paid, thu, amount)


def test_parts_add_up_to_the_whole_at_most(paid: Attempt, thu: Officer, hanh: Officer) -> None:
    _propose(paid, thu, 20_000)
    with pytest.raises(services.PaymentRefusedError, match="10000"):
        _propose(paid, thu, 10_001)
    refund = _propose(paid, thu, 10_000)
    services.decline_refund(refund=refund, checker_id=hanh.user_id)
    assert _propose(paid, hanh, 10_000).amount == 10_000


def test_the_ledger_follows_the_bank(paid: Attempt, thu: Officer, hanh: Officer) -> None:
    refund = _approved(paid, thu, hanh)
    with pytest.raises(Later):
        _carry_out(refund, Answers(Answer(Outcome.REFUNDING, amount=30_000, transaction="24000001")))
    assert books()[-1] == ("payee", "bank", 30_000)
    _carry_out(refund, Answers(Answer(Outcome.REFUNDED, amount=30_000, transaction="24000001")))
    assert Refund.objects.get().state == "done"
    assert selectors.balances()[f"bank:{paid.order.terminal_id}"] == 0
    assert selectors.paid_for("test-fee", "thing", "1.0") == 0


def test_an_unanswered_order_is_asked_about_and_never_sent_again(
    paid: Attempt, thu: Officer, hanh: Officer
) -> None:
    refund, silent = _approved(paid, thu, hanh), Answer(Outcome.UNKNOWN)
    gateway = Answers(silent, silent, Answer(Outcome.REFUNDED, amount=30_000, transaction="24000001"))
    for _time in range(2):
        with pytest.raises(Later):
            _carry_out(refund, gateway)
    _carry_out(refund, gateway)
    assert (gateway.orders, gateway.questions) == (1, 2)
    assert Refund.objects.get().state == "done"


def test_an_order_that_never_arrived_is_sent_again_after_the_question(
    paid: Attempt, thu: Officer, hanh: Officer
) -> None:
    refund = _approved(paid, thu, hanh)
    gateway = Answers(
        Answer(Outcome.UNKNOWN),
        Answer(Outcome.PAID, amount=30_000),
        Answer(Outcome.REFUNDED, amount=30_000, transaction="24000001"),
    )
    for _time in range(2):
        with pytest.raises(Later):
            _carry_out(refund, gateway)
    _carry_out(refund, gateway)
    assert (gateway.orders, gateway.questions) == (2, 1)


def test_money_that_comes_back_from_the_bank_is_the_payees_again(
    paid: Attempt, thu: Officer, hanh: Officer
) -> None:
    refund = _approved(paid, thu, hanh)
    with pytest.raises(Later):
        _carry_out(refund, Answers(Answer(Outcome.REFUNDING, amount=30_000, transaction="24000001")))
    _carry_out(
        refund, Answers(Answer(Outcome.REFUND_REFUSED, status="09", amount=30_000, transaction="24000001"))
    )
    assert Refund.objects.get().state == "refused"
    assert selectors.balances()[f"bank:{paid.order.terminal_id}"] == 30_000
    assert _propose(paid, hanh).state == "proposed"


def test_one_refund_of_a_payment_at_a_time(paid: Attempt, thu: Officer, hanh: Officer) -> None:
    first, second = (_approved(paid, thu, hanh, amount) for amount in (10_000, 20_000))
    with pytest.raises(Later):
        _carry_out(first, Answers(Answer(Outcome.REFUNDING, amount=10_000, transaction="24000001")))
    gateway = Answers()
    with pytest.raises(Later):
        _carry_out(second, gateway)
    assert gateway.orders == 0


def test_who_keeps_the_books_sees_what_waits(
    shop: Shop, paid: Attempt, thu: Officer, hanh: Officer
) -> None:
    refund = _propose(paid, thu)
    elsewhere = people.officer("far", "finance", people.school("H99.13.001", "Trường Phiêng Lúa"))
    clerk = people.officer("thang", "school_clerk", shop.payee)
    assert list(selectors.refunds_waiting(hanh.user)) == [refund]
    assert selectors.may_refund(hanh.user, _line(paid))
    for stranger in (elsewhere, clerk):
        assert not selectors.refunds_waiting(stranger.user).exists()
        assert not selectors.may_refund(stranger.user, _line(paid))


def test_nothing_came_so_nothing_goes_back(shop: Shop, thu: Officer) -> None:
    attempt = shop.attempt()
    with pytest.raises(services.PaymentRefusedError, match="chưa nhận được tiền"):
        _propose(attempt, thu)
    assert attempt.created_at <= timezone.now()
