"""Money for charges: taken once, counted after corrections, given back where nothing is left to pay."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payments import selectors as payments
from payments import services as money
from payments.models import Attempt, Order, OrderLine, Refund
from payments.ports import SettledLine
from portal.charges import paying, services
from portal.charges.models import Charge, ChargeEvent
from portal.notifications.models import Notice
from portal.outbox.models import Duty
from tests.accounts.people import undone
from tests.charges import village as villages
from tests.charges.village import Village, charge, deliver, pay, published

pytestmark = pytest.mark.django_db

VERBS: dict[str, Callable[..., object]] = {
    "correct": lambda reason, **common: services.correct_charge(quantity=18, reason=reason, **common),
    "exempt": lambda reason, **common: services.exempt_charge(ground=reason, **common),
    "cancel": lambda reason, **common: services.cancel_charge(reason=reason, **common),
    "cash": lambda reason, **common: services.record_payment(way="cash", note=reason, **common),
}


def change(village: Village, verb: str, row: Charge, reason: str = "Nghỉ hai ngày") -> object:
    """Let the clerk change a row as it was read."""
    return VERBS[verb](reason, charge=row, actor_id=village.thu.user_id, revision=row.revision)


@pytest.fixture
def village() -> Any:
    with villages.bank():
        yield villages.build()


def test_two_children_of_one_school_are_paid_in_one_order(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    both = [charge(listed, village.minh), charge(listed, village.an)]
    order = pay(village.lan, *both)
    assert (order.amount, order.lines.count()) == (1_200_000, 2)
    assert [charge(listed, child).state for child in (village.minh, village.an)] == ["paid", "paid"]
    assert {charge(listed, child).paid_via for child in (village.minh, village.an)} == {"portal"}
    assert {line.title for line in order.lines.all()} == {
        "Tiền ăn tháng 11/2026, lớp 3A", "Tiền ăn tháng 11/2026, lớp 1B",
    }  # fmt: skip
    assert payments.balances()[f"payee:{village.nam_ban.pk}:school-charge"] == -1_200_000
    told = Notice.objects.filter(template="charge.paid").values_list("recipient", flat=True)
    assert sorted(told) == sorted([village.lan.user_id, village.son.user_id] * 2)


def test_two_schools_with_two_terminals_are_told_plainly(village: Village) -> None:
    here = charge(published(village.nam_ban, village.thu), village.minh)
    there = charge(published(village.ban_trang, village.far), village.chi)
    with pytest.raises(services.ChargeRefusedError, match="trả lần lượt"):
        services.pay_charges(citizen=village.lan, charge_ids=[here.pk, there.pk])
    assert not Order.objects.exists()
    for each in (here, there):
        pay(village.lan, each)
    assert set(Charge.objects.filter(pk__in=[here.pk, there.pk]).values_list("state", flat=True)) == {
        "paid"
    }


def test_a_school_without_a_terminal_takes_no_money_here(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    payee = village.nam_ban.payee
    payee.terminal.active = False
    payee.terminal.save()
    with pytest.raises(services.ChargeRefusedError, match="nộp tại trường"):
        services.pay_charges(citizen=village.lan, charge_ids=[charge(listed, village.minh).pk])


def test_nobody_pays_for_other_families_or_twice(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    mine = charge(listed, village.minh)
    with pytest.raises(services.ChargeRefusedError):
        services.pay_charges(citizen=village.tuan, charge_ids=[mine.pk])
    with pytest.raises(services.ChargeRefusedError):
        services.pay_charges(citizen=village.lan, charge_ids=[mine.pk, charge(listed, village.dung).pk])
    with pytest.raises(services.ChargeRefusedError):
        services.pay_charges(citizen=village.lan, charge_ids=[])
    pay(village.lan, mine)
    with pytest.raises(services.ChargeRefusedError, match="vừa được nộp"):
        services.pay_charges(citizen=village.lan, charge_ids=[mine.pk])


def test_chosen_anew_the_old_order_is_closed_unless_it_is_at_the_bank(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    minh, an = charge(listed, village.minh), charge(listed, village.an)
    first = services.pay_charges(citizen=village.lan, charge_ids=[minh.pk])
    assert services.pay_charges(citizen=village.lan, charge_ids=[minh.pk]) == first
    both = services.pay_charges(citizen=village.lan, charge_ids=[minh.pk, an.pk])
    first.refresh_from_db()
    assert (first.state, both.state) == ("closed", "open")
    villages.attempt(both)
    with pytest.raises(services.ChargeRefusedError, match="đang chờ ngân hàng"):
        services.pay_charges(citizen=village.lan, charge_ids=[an.pk])


def test_a_delivery_that_runs_twice_pays_once(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    order = pay(village.lan, charge(listed, village.minh))
    line = order.lines.get()
    told = SettledLine(line.pk, line.purpose, line.subject_kind, line.subject_id, line.amount)
    assert paying.settle(told) == paying.settle(told) == ""
    OrderLine.objects.update(delivered_at=None)
    deliver(order)
    assert not Refund.objects.exists()
    assert ChargeEvent.objects.filter(action="paid").count() == 1


def test_the_second_parents_money_is_proposed_for_refund(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    hers, his = villages.two_orders(village, listed)
    villages.settle_all([hers, his])
    deliver(his)
    deliver(hers)
    refund = Refund.objects.get()
    assert (refund.line.order_id, refund.amount, refund.reason) == (
        hers.pk, 600_000, "Khoản này đã được nộp trước đó.",
    )  # fmt: skip
    assert charge(listed, village.minh).paid_line == his.lines.get().pk


def test_an_order_that_never_began_closes_when_the_charge_is_paid_elsewhere(village: Village) -> None:
    mine = charge(published(village.nam_ban, village.thu), village.minh)
    his = services.pay_charges(citizen=village.son, charge_ids=[mine.pk])
    services.record_payment(
        charge=mine, way="cash", note="", actor_id=village.thu.user_id, revision=mine.revision
    )
    his.refresh_from_db()
    assert his.state == "closed"


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("correct", "Trường đã sửa khoản này trước khi tiền đến."),
        ("exempt", "Trường đã sửa khoản này trước khi tiền đến."),
        ("cancel", "Trường đã hủy khoản này trước khi tiền đến."),
        ("cash", "Khoản này đã được nộp trước đó."),
    ],
)
def test_money_under_way_when_the_charge_changed_is_proposed_for_refund(
    village: Village, verb: str, said: str
) -> None:
    mine = charge(published(village.nam_ban, village.thu), village.minh)
    order = services.pay_charges(citizen=village.lan, charge_ids=[mine.pk])
    tried = villages.attempt(order)
    change(village, verb, mine)
    order.refresh_from_db()
    assert order.state == "open", "an order at the bank stays until the bank has spoken"
    villages.bank_says_paid(tried)
    deliver(order)
    assert (Refund.objects.get().amount, Refund.objects.get().reason) == (600_000, said)


def test_too_much_paid_is_proposed_for_refund_and_the_rest_counts(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    pay(village.lan, charge(listed, village.minh))
    old = charge(listed, village.minh)
    new = services.correct_charge(
        charge=old, quantity=18, reason="Nghỉ hai ngày", actor_id=village.thu.user_id, revision=old.revision
    )
    assert (new.state, new.amount, new.carried, new.to_pay) == ("paid", 540_000, 540_000, 0)
    refund = Refund.objects.get()
    assert (refund.amount, refund.maker_id, refund.state) == (60_000, village.thu.user_id, "proposed")
    assert "Đã đề nghị hoàn 60.000 đ" in ChargeEvent.objects.filter(charge=new).get().note


def test_too_little_paid_asks_for_the_difference_alone(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    pay(village.lan, charge(listed, village.minh))
    old = charge(listed, village.minh)
    new = services.correct_charge(
        charge=old, quantity=22, reason="Học bù", actor_id=village.thu.user_id, revision=old.revision
    )
    assert (new.state, new.to_pay) == ("due", 60_000)
    assert pay(village.lan, new).amount == 60_000
    last = charge(listed, village.minh)
    assert last.state == "paid"
    services.cancel_charge(
        charge=last, reason="Thôi ăn", actor_id=village.thu.user_id, revision=last.revision
    )
    assert sorted(Refund.objects.values_list("amount", flat=True)) == [60_000, 600_000]


def test_cash_is_given_back_at_the_school_and_says_so(village: Village) -> None:
    listed = published(village.nam_ban, village.thu)
    row = charge(listed, village.minh)
    services.record_payment(
        charge=row, way="cash", note="Phiếu thu 7", actor_id=village.thu.user_id, revision=row.revision
    )
    row.refresh_from_db()
    services.cancel_charge(
        charge=row, reason="Thôi ăn", actor_id=village.thu.user_id, revision=row.revision
    )
    assert not Refund.objects.exists()
    assert "Trường trả lại 600.000 đ" in ChargeEvent.objects.filter(action="cancelled").get().note


@pytest.mark.parametrize("verb", ["correct", "exempt", "cash", "cancel"])
def test_a_stale_form_changes_nothing(village: Village, verb: str) -> None:
    row = charge(published(village.nam_ban, village.thu), village.minh)
    pay(village.lan, row)
    with pytest.raises(services.ChargeRefusedError, match="vừa đổi, nay là: đã nộp"):
        change(village, verb, row)
    assert not Refund.objects.exists()
    assert Charge.objects.filter(pupil=village.minh).count() == 1


@pytest.mark.parametrize("verb", ["correct", "exempt", "cancel"])
def test_no_change_without_a_reason(village: Village, verb: str) -> None:
    row = charge(published(village.nam_ban, village.thu), village.minh)
    with pytest.raises(services.ChargeRefusedError, match="Ghi lý do"):
        change(village, verb, row, reason=" ")


STEPS = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from(["lan", "son"])),
    st.tuples(st.just("begin"), st.sampled_from(["lan", "son"])),
    st.tuples(st.just("bank"), st.integers(0, 9)),
    st.tuples(st.just("deliver"), st.integers(0, 9)),
    st.tuples(st.just("correct"), st.integers(1, 30)),
    st.tuples(st.just("cash"), st.just(0)),
    st.tuples(st.just("exempt"), st.just(0)),
    st.tuples(st.just("cancel"), st.just(0)),
)


def _step(village: Village, verb: str, value: Any) -> None:
    """Do one thing that people or the bank may do; a refusal is an answer too."""
    rows = Charge.objects.exclude(state="corrected").filter(pupil=village.minh)
    row = rows.select_related("charge_list").get()
    orders = list(Order.objects.order_by("pk"))
    with suppress(services.ChargeRefusedError, money.PaymentRefusedError):
        if verb == "begin":
            villages.attempt(services.pay_charges(citizen=getattr(village, value), charge_ids=[row.pk]))
        elif verb == "pay":
            pay(getattr(village, value), row)
        elif verb in {"bank", "deliver"}:
            _bank(verb, orders[value % len(orders)] if orders else None)
        elif verb == "correct":
            services.correct_charge(
                charge=row,
                quantity=value,
                reason="Sửa",
                actor_id=village.thu.user_id,
                revision=row.revision,
            )
        else:
            change(village, verb, row)


def _bank(verb: str, order: Order | None) -> None:
    if order is None:
        return
    tried = order.attempts.order_by("number").last()
    if verb == "deliver":
        deliver(order)
    elif tried is not None:
        villages.bank_says_paid(tried)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_after_any_history_every_dong_is_counted_or_on_its_way_back(steps: list[Any]) -> None:
    with undone(), villages.bank():
        village = villages.build()
        published(village.nam_ban, village.thu, scope="class", scope_value="3A")
        for verb, value in steps:
            _step(village, verb, value)
        for order in Order.objects.all():
            deliver(order)
        rows = list(Charge.objects.filter(pupil=village.minh).order_by("pk"))
        living = [row for row in rows if row.state != "corrected"]
        assert len(living) == 1, "whatever happens, one row speaks for the pupil"
        assert all(row.corrects_id == before.pk for before, row in pairwise(rows))
        kept = living[0].amount if living[0].state == "paid" else living[0].carried
        if living[0].state == "cancelled":
            kept = 0
        lines = OrderLine.objects.filter(order__state="paid", delivered_at__isnull=False)
        came = sum(
            line.amount
            for line in lines
            if Attempt.objects.filter(order=line.order, effect="paid").exists()
        )
        back = sum(
            Refund.objects.filter(line__in=lines, attempt__effect="paid").values_list("amount", flat=True)
        )
        noted = ChargeEvent.objects.filter(charge__pupil=village.minh, note__startswith="Tiền mặt")
        cash = sum(row.to_pay for row in rows if row.pk in noted.values_list("charge_id", flat=True))
        assert kept - cash <= came - back <= kept
        assert back <= came
        assert Duty.objects.filter(state="dead").count() == 0
