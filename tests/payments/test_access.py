"""The payer, another citizen, an officer and a stranger at every address of the room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from payments import services
from payments.models import Order
from tests.accounts import people
from tests.payments.shop import BACK, IP, PURPOSE, Shop, build, failure, notice, owning, tell

pytestmark = pytest.mark.django_db

PAGES = ("", "ket-qua/", "trang-thai/")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with owning():
        yield build()


@pytest.fixture
def order(shop: Shop) -> Order:
    lan = people.citizen(people.LAN)
    item = services.Item(PURPOSE, "thing", "1", shop.payee.pk, 30_000, "Lệ phí thử")
    order = services.open_order(items=[item], payer_id=lan.user_id)
    services.begin_attempt(order=order, method="qr", customer_ip=IP, return_url=BACK)
    return order


def _lan(client: Client, order: Order) -> Client:
    assert order.payer is not None
    client.force_login(order.payer)
    return client


@pytest.mark.parametrize("page", PAGES)
def test_the_payer_sees_it_and_nobody_else(client: Client, order: Order, page: str) -> None:
    address = f"/thanh-toan/{order.public_id}/{page}"
    assert client.get(address).status_code == 302
    client.force_login(people.citizen(people.TUAN).user)
    assert client.get(address).status_code == 404
    client.force_login(people.user("somebody"))
    assert client.get(address).status_code == 403
    assert _lan(client, order).get(address).status_code in {200, 302}


def test_nobody_else_begins_a_payment(client: Client, order: Order) -> None:
    tell(failure(order.attempts.get()))
    address = f"/thanh-toan/{order.public_id}/tra/"
    client.force_login(people.citizen(people.TUAN).user)
    assert client.post(address, {"method": "qr"}).status_code == 404
    assert order.attempts.count() == 1
    answer = _lan(client, order).post(address, {"method": "qr"})
    assert answer.status_code == 302
    assert "vnp_SecureHash" in answer["Location"]
    assert order.attempts.count() == 2


def test_what_the_browser_brings_back_changes_nothing(client: Client, order: Order) -> None:
    attempt = order.attempts.get()
    answer = _lan(client, order).get(f"/thanh-toan/{order.public_id}/ket-qua/?{notice(attempt)}")
    assert answer["Location"] == f"/thanh-toan/{order.public_id}/"
    page = client.get(answer["Location"]).content.decode()
    assert "Đang chờ ngân hàng xác nhận" in page
    assert "Đừng trả lại lần nữa" in page
    assert "Sang trang thanh toán" not in page
    assert order.attempts.get().state == "pending"


def test_each_state_says_what_to_do_and_a_paid_one_never_offers_to_pay(
    client: Client, order: Order
) -> None:
    attempt, address = order.attempts.get(), f"/thanh-toan/{order.public_id}/"
    _lan(client, order)
    assert client.get(f"{address}trang-thai/").status_code == 200
    tell(failure(attempt))
    failed = client.get(address).content.decode()
    assert "Anh/chị đã hủy thanh toán" in failed
    assert "Sang trang thanh toán" in failed
    tell(notice(attempt, vnp_ResponseCode="07", vnp_TransactionStatus="07"))
    held = client.get(address).content.decode()
    assert "Ngân hàng đang kiểm tra" in held
    assert '<form method="post" action="/thanh-toan' not in held
    tell(notice(attempt))
    paid = client.get(address).content.decode()
    assert "Đã nhận thanh toán" in paid
    assert "14422574" in paid
    assert "/tra/" not in paid
    assert client.get(f"{address}trang-thai/").status_code == 205
    refused = client.post(f"{address}tra/", {"method": "qr"}, follow=True).content.decode()
    assert "không phải trả nữa" in refused


def test_a_way_to_pay_must_be_chosen(client: Client, order: Order) -> None:
    tell(failure(order.attempts.get()))
    _lan(client, order)
    for given in ({}, {"method": "cash"}):
        answer = client.post(f"/thanh-toan/{order.public_id}/tra/", given)
        assert answer.status_code == 422
        assert "Chọn một cách thanh toán" in answer.content.decode()
    assert order.attempts.count() == 1


def test_without_a_terminal_the_page_says_where_to_pay(client: Client, order: Order, shop: Shop) -> None:
    tell(failure(order.attempts.get()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.VNPAY_SECRETS", {})
        page = _lan(client, order).post(
            f"/thanh-toan/{order.public_id}/tra/", {"method": "qr"}, follow=True
        )
    assert "bộ phận một cửa" in page.content.decode()


def test_the_form_may_lead_to_the_bank_and_nowhere_else(client: Client, order: Order) -> None:
    policy = _lan(client, order).get(f"/thanh-toan/{order.public_id}/")["Content-Security-Policy"]
    (rule,) = [part.strip() for part in policy.split(";") if "form-action" in part]
    assert rule.startswith("form-action 'self' http")
    assert len(rule.split()) == 3
