"""querydr: who was silent is asked, with growing pauses; only a verified answer changes anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone

from payments import selectors, services
from payments.gateways.base import Answer, Outcome
from payments.models import Attempt, BankMessage, Difference
from portal.common.clock import local_day
from portal.outbox.models import Duty
from tests.payments.shop import CODE, Shop, books, build, notice, owning, state_of, tell

pytestmark = pytest.mark.django_db


class Asked:
    """A gateway that gives one answer and counts the questions."""

    def __init__(self, answer: Answer) -> None:
        self.answer, self.questions = answer, 0

    def ask(self, _question: object) -> Answer:
        self.questions += 1
        return self.answer


@pytest.fixture
def shop() -> Iterator[Shop]:
    with owning():
        yield build()


def _say(patch: pytest.MonkeyPatch, outcome: Outcome, **facts: object) -> Asked:
    asked = Asked(Answer(outcome, amount=facts.pop("amount", 30_000), **facts))  # type: ignore[arg-type]  # by name
    patch.setattr("payments.services.asking.gateway_of", lambda _terminal: asked)
    return asked


def _over(attempt: Attempt) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(
        expires_at=timezone.now() - dt.timedelta(minutes=2), next_ask_at=timezone.now()
    )


@pytest.mark.parametrize(
    ("outcome", "amount", "state"),
    [
        (Outcome.PAID, 30_000, "settled"),
        (Outcome.PAID, 29_999, "pending"),
        (Outcome.PAID, None, "pending"),
        (Outcome.FAILED, 30_000, "failed"),
        (Outcome.HELD, 30_000, "held"),
        (Outcome.NOT_FOUND, None, "expired"),
        (Outcome.PENDING, 30_000, "expired"),
        (Outcome.UNKNOWN, None, "pending"),
        (Outcome.REFUNDED, 30_000, "held"),
    ],
)
def test_what_an_answer_does(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, amount: int | None, state: str
) -> None:
    attempt = shop.attempt()
    _over(attempt)
    _say(monkeypatch, outcome, amount=amount)
    assert services.ask_silent() == 1
    assert state_of(attempt) == state
    assert BankMessage.objects.get().verdict == outcome.value
    assert books() == ([("bank", "payee", 30_000)] if state == "settled" else [])


@pytest.mark.parametrize("outcome", [Outcome.PENDING, Outcome.NOT_FOUND])
def test_before_its_time_is_over_an_attempt_goes_on_waiting(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    attempt = shop.attempt()
    _say(monkeypatch, outcome)
    services.settle_from_query(attempt_id=attempt.pk)
    assert state_of(attempt) == "pending"


def test_nobody_is_asked_before_the_time_and_pauses_grow(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = shop.attempt()
    asked = _say(monkeypatch, Outcome.UNKNOWN)
    assert services.ask_silent() == 0
    _over(attempt)
    pauses = []
    for _time in range(8):
        assert services.ask_silent() == 1
        assert services.ask_silent() == 0
        found = Attempt.objects.get(pk=attempt.pk)
        assert found.next_ask_at is not None
        pauses.append(round((found.next_ask_at - timezone.now()).total_seconds() / 60))
        Attempt.objects.update(next_ask_at=timezone.now())
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert asked.questions == 8


def test_after_a_silent_day_the_citizen_may_try_again_and_late_money_still_counts(shop: Shop) -> None:
    attempt = shop.attempt()
    Attempt.objects.update(expires_at=timezone.now() - dt.timedelta(hours=23))
    assert services.expire_attempts() == 0
    with pytest.raises(services.PaymentRefusedError, match="đừng trả lại"):
        shop.attempt(attempt.order)
    Attempt.objects.update(expires_at=timezone.now() - dt.timedelta(hours=25))
    assert services.expire_attempts() == 1
    assert state_of(attempt) == "expired"
    assert shop.attempt(attempt.order).number == 2
    assert tell(notice(attempt)) == "00"


HEAD = "terminal,reference,transaction,kind,amount,moment,bank,status\n"


def _file(*rows: tuple[str, str, int, str]) -> str:
    return HEAD + "".join(
        f"{CODE},{reference},14,{kind},{amount},20261122080000,NCB,{status}\n"
        for reference, kind, amount, status in rows
    )


def test_a_day_on_which_all_agree_is_zero(shop: Shop) -> None:
    attempt = shop.attempt()
    tell(notice(attempt))
    services.deliver_line(line_id=attempt.order.lines.get().pk)
    today = local_day(attempt.created_at)
    assert not selectors.zero_difference_report(today).is_zero
    services.reconcile_day(
        terminal=shop.terminal, day=today, file=_file((attempt.reference, "payment", 30_000, "00"))
    )
    report = selectors.zero_difference_report(today)
    assert report.is_zero
    assert (report.reconciled[0].bank_amount, report.reconciled[0].ledger_amount) == (30_000, 30_000)


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([], {"missing_there", "undelivered"}),
        ([("payment", 29_000, "00")], {"amount", "undelivered"}),
        ([("payment", 30_000, "00"), ("refund", -5_000, "06")], {"refund", "undelivered"}),
    ],
)
def test_each_difference_is_named_with_its_cure(
    shop: Shop, rows: list[tuple[str, int, str]], kinds: set[str]
) -> None:
    attempt = shop.attempt()
    tell(notice(attempt))
    today = local_day(attempt.created_at)
    file = _file(*[(attempt.reference, *row) for row in rows])
    for _again in range(2):
        services.reconcile_day(terminal=shop.terminal, day=today, file=file)
    report = selectors.zero_difference_report(today)
    assert {line.difference.kind for line in report.lines} == kinds
    assert all(line.cure for line in report.lines)
    assert Difference.objects.count() == len(report.lines)


def test_money_that_only_the_bank_knows_is_asked_about(shop: Shop) -> None:
    attempt = shop.attempt()
    today = local_day(attempt.created_at)
    file = _file((attempt.reference, "payment", 30_000, "00"), ("HS-UNKNOWN-1", "payment", 5, "00"))
    services.reconcile_day(terminal=shop.terminal, day=today, file=file)
    report = selectors.zero_difference_report(today)
    assert [line.difference.kind for line in report.lines] == ["missing_here"] * 2
    assert Duty.objects.get(kind="payments.ask").payload == {"attempt_id": attempt.pk}


@pytest.mark.parametrize("file", ["a,b\n1,2\n", HEAD + "x,y,1,payment,much,1,NCB,00\n"])
def test_a_file_that_cannot_be_read_changes_nothing(shop: Shop, file: str) -> None:
    with pytest.raises(services.SettlementFileError):
        services.reconcile_day(terminal=shop.terminal, day=local_day(timezone.now()), file=file)
    assert not Difference.objects.exists()


def test_owners_who_do_not_know_are_told_again(shop: Shop) -> None:
    attempt = shop.attempt()
    tell(notice(attempt))
    assert services.redeliver() == 0
    type(attempt.order).objects.update(paid_at=timezone.now() - dt.timedelta(minutes=11))
    assert services.redeliver() == 1
    assert services.redeliver() == 1
    assert Duty.objects.filter(kind="payments.deliver").count() == 2
