"""A fee: asked for, paid at the bank, settled by the engine, given back when the dossier ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.models import QuerySet
from django.test import Client, override_settings

from payments import services as money
from payments.models import Attempt, Order, Refund
from portal.outbox.models import Duty
from portal.procedures import fees, selectors, services
from portal.procedures.models import Dossier, FeeRow
from portal.procedures.states import Status
from tests.payments.shop import CODE, SECRET, notice, tell
from tests.procedures.town import TRANSFER, Town, build, submitted

pytestmark = pytest.mark.django_db

FEE = 30_000


@pytest.fixture
def town() -> Iterator[Town]:
    town = build()
    FeeRow.objects.filter(procedure_code=TRANSFER).update(amount=FEE)
    money.register_terminal(code=CODE, name="Sở", shared=True)
    with override_settings(VNPAY_SECRETS={CODE: SECRET}):
        yield town


def _asked(town: Town) -> Dossier:
    clerk = town.actor(town.thang)
    dossier = submitted(town)
    dossier = services.accept_dossier(dossier=dossier, actor=clerk, revision=dossier.revision)
    return services.request_payment(dossier=dossier, actor=clerk, revision=dossier.revision)


def _orders() -> QuerySet[Order]:
    return Order.objects.order_by("pk")


def _pay(order: Order) -> Attempt:
    money.begin_attempt(
        order=order, method="qr", customer_ip="203.0.113.10", return_url="https://dvc.example.vn/ket-qua"
    )
    attempt = Attempt.objects.get(order=order)
    assert tell(notice(attempt)) == "00"
    return attempt


def _deliver() -> None:
    for duty in Duty.objects.filter(kind="payments.deliver"):
        money.deliver_line(line_id=duty.payload["line_id"])


def test_asking_for_the_fee_opens_an_order_for_the_applicant(town: Town) -> None:
    dossier = _asked(town)
    order = _orders().get()
    assert (order.amount, order.payer_id) == (FEE, town.lan.user_id)
    line = order.lines.get()
    assert line.payee == town.receiving
    assert "Minh" not in line.title
    found = fees.open_order(dossier)
    assert found == order


def test_the_settled_fee_moves_the_dossier_once(town: Town) -> None:
    dossier = _asked(town)
    _pay(_orders().get())
    assert Dossier.objects.get(pk=dossier.pk).status == Status.PAYMENT_REQUESTED
    _deliver()
    _deliver()
    moved = selectors.dossier(dossier.pk)
    assert moved.status == Status.IN_PROGRESS
    assert moved.step
    assert moved.events.filter(action="settle_payment").count() == 1
    assert moved.pauses.get().ended_on is not None
    with pytest.raises(services.RefusedMoveError, match="đã được nộp"):
        services.request_payment(dossier=moved, actor=town.actor(town.thu), revision=moved.revision)
    assert selectors.dossier(dossier.pk).status == Status.IN_PROGRESS


def test_a_free_dossier_is_never_asked_for_money(town: Town) -> None:
    dossier = _free(town)
    with pytest.raises(services.RefusedMoveError, match="miễn"):
        services.request_payment(dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision)
    assert not _orders().exists()
    assert Dossier.objects.get(pk=dossier.pk).status == Status.ACCEPTED


def _free(town: Town) -> Dossier:
    FeeRow.objects.filter(procedure_code=TRANSFER).update(amount=0)
    dossier = submitted(town)
    return services.accept_dossier(dossier=dossier, actor=town.actor(town.thang), revision=dossier.revision)


def test_withdrawing_before_paying_closes_the_order_and_late_money_goes_back(town: Town) -> None:
    dossier = _asked(town)
    order = _orders().get()
    money.begin_attempt(
        order=order, method="qr", customer_ip="203.0.113.10", return_url="https://dvc.example.vn/ket-qua"
    )
    services.withdraw_dossier(dossier=dossier, actor=town.lan_acts(), revision=dossier.revision)
    assert _orders().get().state == Order.State.CLOSED
    assert tell(notice(Attempt.objects.get())) == "00"
    assert Refund.objects.get().amount == FEE


def test_withdrawing_between_settlement_and_delivery_proposes_one_refund(town: Town) -> None:
    dossier = _asked(town)
    _pay(_orders().get())
    services.withdraw_dossier(dossier=dossier, actor=town.lan_acts(), revision=dossier.revision)
    _deliver()
    assert Refund.objects.get().amount == FEE
    assert Dossier.objects.get(pk=dossier.pk).status == Status.WITHDRAWN


def test_a_refusal_on_the_merits_proposes_the_refund(town: Town) -> None:
    dossier = _asked(town)
    _pay(_orders().get())
    _deliver()
    dossier = selectors.dossier(dossier.pk)
    dossier = services.complete_step(dossier=dossier, actor=town.actor(town.thu), revision=dossier.revision)
    services.refuse_dossier(
        dossier=dossier, actor=town.actor(town.hanh), revision=dossier.revision, note="Hết chỗ"
    )
    refund = Refund.objects.get()
    assert (refund.amount, refund.state) == (FEE, "proposed")


def test_the_dossier_page_offers_to_pay_and_afterwards_no_more(town: Town, client: Client) -> None:
    dossier = _asked(town)
    client.force_login(town.lan.user)
    address = f"/ho-so/{dossier.public_id}/"
    page = client.get(address).content.decode()
    assert "Nộp lệ phí" in page
    assert "30.000" in page
    assert "bo-sung" not in page
    order = _orders().get()
    assert f"/thanh-toan/{order.public_id}/" in page
    assert client.get(f"/thanh-toan/{order.public_id}/").status_code == 200
    _pay(order)
    paid = client.get(address).content.decode()
    assert "không phải trả nữa" in paid
    assert f"/thanh-toan/{order.public_id}/" not in paid
    _deliver()
    assert "Nộp lệ phí" not in client.get(address).content.decode()
