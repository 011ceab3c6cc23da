"""Two parents pay one charge at the same moment; a clerk changes it meanwhile. Controls show the accidents."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.utils import timezone

from payments import services as money
from payments.models import Order, Refund
from payments.ports import SettledLine
from portal.charges import paying, services
from portal.charges.models import Charge, ChargeEvent, ChargeList
from portal.charges.services.publishing import publish_all
from portal.outbox.models import Duty
from tests.charges import village as villages
from tests.charges.village import Village, charge, published
from tests.support.threads import FreshDatabase

pytestmark = pytest.mark.concurrency

THREADS = 16


@pytest.fixture
def village(fresh_database: FreshDatabase) -> Iterator[Village]:
    with villages.bank():
        yield villages.build()


def _two_settled_orders(village: Village) -> tuple[Charge, list[Order]]:
    listed = published(village.nam_ban, village.thu)
    orders = villages.two_orders(village, listed)
    villages.settle_all(orders)
    return charge(listed, village.minh), orders


def test_control_without_the_guard_both_parents_money_is_kept(
    village: Village, fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    _mine, orders = _two_settled_orders(village)
    meet = threading.Barrier(2, timeout=30)

    def read_check_save(charge_id: int, line: SettledLine) -> bool:
        Charge.objects.filter(pk=charge_id).update(
            state="paid", paid_via="portal", paid_line=line.line_id, paid_at=timezone.now()
        )
        return True

    def tell(order: Order) -> Callable[[], None]:
        def work() -> None:
            line = order.lines.get()
            seen = Charge.objects.get(pk=int(line.subject_id))
            meet.wait()
            assert seen.state == "due"
            money.deliver_line(line_id=line.pk)

        return work

    with monkeypatch.context() as off:
        off.setattr(paying, "take_money", read_check_save)
        outcomes = fresh_database.together([tell(order) for order in orders])
    assert outcomes == [None, None]
    assert not Refund.objects.exists(), "the accident did not happen, so the race below proves nothing"
    assert ChargeEvent.objects.filter(action="paid").count() == 2


def test_two_parents_at_once_one_takes_effect_the_other_is_proposed_for_refund(
    village: Village, fresh_database: FreshDatabase
) -> None:
    mine, orders = _two_settled_orders(village)
    lines = [order.lines.get().pk for order in orders]

    def tell(line_id: int) -> Callable[[], None]:
        return lambda: money.deliver_line(line_id=line_id)

    outcomes = fresh_database.together([tell(line_id) for line_id in lines for _again in range(8)])
    assert outcomes == [None] * THREADS
    mine.refresh_from_db()
    assert (mine.state, mine.paid_line in lines) == ("paid", True)
    refund = Refund.objects.get()
    assert {refund.line_id, mine.paid_line} == set(lines)
    assert ChargeEvent.objects.filter(action="paid").count() == 1


def test_money_and_a_correction_at_once_leave_one_truth(
    village: Village, fresh_database: FreshDatabase
) -> None:
    mine = charge(published(village.nam_ban, village.thu), village.minh)
    order = services.pay_charges(citizen=village.lan, charge_ids=[mine.pk])
    villages.bank_says_paid(villages.attempt(order))
    line_id = order.lines.get().pk

    def correct() -> None:
        seen = Charge.objects.select_related("charge_list").get(pk=mine.pk)
        services.correct_charge(
            charge=seen, quantity=18, reason="Nghỉ", actor_id=village.thu.user_id, revision=seen.revision
        )

    fresh_database.together([lambda: money.deliver_line(line_id=line_id), correct, correct, correct])
    living = Charge.objects.exclude(state="corrected").get(pupil=village.minh)
    back = sum(Refund.objects.values_list("amount", flat=True))
    kept = living.amount if living.state == "paid" else living.carried
    assert 600_000 - back == kept
    assert Charge.objects.filter(corrects=mine).count() <= 1


def test_control_without_the_guard_a_list_is_published_many_times(
    village: Village, fresh_database: FreshDatabase
) -> None:
    made = villages.draft(village.nam_ban, village.thu)
    meet = threading.Barrier(THREADS, timeout=30)

    def read_check_save() -> bool:
        seen = ChargeList.objects.get(pk=made.pk)
        meet.wait()
        if seen.state != "draft":
            return False
        with transaction.atomic():
            seen.state = "publishing"
            seen.save()
        return True

    assert fresh_database.together([read_check_save] * THREADS).count(True) > 1


def test_sixteen_publishings_one_wins_and_two_workers_share_the_rows(
    village: Village, fresh_database: FreshDatabase
) -> None:
    made = villages.draft(village.nam_ban, village.thu)

    def publish() -> bool:
        services.publish_list(list_id=made.pk, revision=made.revision, actor_id=village.thu.user_id)
        return True

    outcomes = fresh_database.together([publish] * THREADS)
    assert outcomes.count(True) == 1
    assert sum(isinstance(each, services.ChargeRefusedError) for each in outcomes) == THREADS - 1
    assert Duty.objects.filter(kind="charges.publish").count() == 1
    assert fresh_database.together([lambda: publish_all(made.pk)] * 2) == [None, None]
    made.refresh_from_db()
    assert (made.state, made.done_count) == ("published", 3)
    assert set(made.charges.values_list("state", flat=True)) == {"due"}


def test_sixteen_entries_of_cash_one_counts(village: Village, fresh_database: FreshDatabase) -> None:
    mine = charge(published(village.nam_ban, village.thu), village.minh)

    def take() -> bool:
        services.record_payment(
            charge=mine, way="cash", note="", actor_id=village.thu.user_id, revision=mine.revision
        )
        return True

    outcomes = fresh_database.together([take] * THREADS)
    assert outcomes.count(True) == 1
    assert ChargeEvent.objects.filter(action="paid").count() == 1
