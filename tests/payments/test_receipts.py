"""Receipts: one a payee, numbers without gaps, sealed, for the payer and the books; taken back with the money."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial

import pytest
from django.test import Client
from pypdf import PdfReader

from payments import receipts, selectors, services
from payments.gateways.base import Answer, Outcome
from payments.models import Attempt, Order, Refund
from portal.documents import storage
from portal.documents.models import GeneratedDocument
from portal.documents.services import issue_document
from portal.documents.signing import is_sealed_and_whole
from portal.notifications.models import Notice
from portal.notifications.ports import speaker_of
from portal.outbox.models import Duty
from tests import doors
from tests.accounts import people
from tests.payments.shop import BACK, IP, PURPOSE, Shop, build, notice, owning, tell
from tests.support.threads import FreshDatabase

pytestmark = [pytest.mark.usefixtures("private_folder")]


@pytest.fixture
def shop(db: None) -> Iterator[Shop]:
    with owning():
        yield build()


def _paid(shop: Shop, *, by: int | None = None, subject: str = "1") -> Order:
    other = people.school(f"H99.88.{subject.zfill(3)}", "Trường Phiêng Lúa")
    items = [
        services.Item(PURPOSE, "thing", f"{subject}.{place}", payee, amount, f"Khoản {place}")
        for place, (payee, amount) in enumerate(
            [(shop.payee.pk, 9_000), (shop.payee.pk, 21_000), (other.pk, 5_000)]
        )
    ]
    order = services.open_order(items=items, payer_id=by or shop.payer.pk)
    services.begin_attempt(order=order, method="", customer_ip=IP, return_url=BACK)
    assert tell(notice(Attempt.objects.get(order=order))) == "00"
    return Order.objects.get(pk=order.pk)


def _receipt(order: Order, payee_id: int) -> GeneratedDocument:
    return GeneratedDocument.objects.get(subject_kind="payment", subject_id=f"{order.pk}.{payee_id}")


def test_every_payee_gives_one_receipt_with_the_sum_in_words(shop: Shop) -> None:
    order = _paid(shop)
    assert Duty.objects.filter(kind="payments.receipt").count() == 1
    for _twice in range(2):
        assert services.order_receipts(order_id=order.pk) == 2
    assert GeneratedDocument.objects.count() == 2
    made = _receipt(order, shop.payee.pk)
    assert made.number == "1/BLT"
    assert issue_document(document_id=made.pk)
    made.refresh_from_db()
    pdf = storage.read(made.stored_name)
    assert is_sealed_and_whole(pdf)
    text = " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())
    for said in (
        "Biên lai thu tiền điện tử",
        "30.000 đ",
        "Ba mươi nghìn đồng",
        order.code,
        "14422574",
        "1/BLT",
    ):
        assert said in text
    assert "5.000 đ" not in text.replace("35.000", "")


def test_an_order_that_was_not_paid_gives_none(shop: Shop) -> None:
    order = shop.order()
    assert services.order_receipts(order_id=order.pk) == 0
    assert not GeneratedDocument.objects.exists()


def test_the_payer_and_the_books_see_it_and_nobody_else(shop: Shop) -> None:
    lan = people.citizen(people.LAN)
    order = _paid(shop, by=lan.user_id)
    services.order_receipts(order_id=order.pk)
    made = _receipt(order, shop.payee.pk)
    issue_document(document_id=made.pk)
    keeper = people.officer("thu", "finance", shop.payee)
    far = people.officer("far", "finance", people.school("H99.13.009", "Trường Mường Và"))
    clerk = people.officer("thang", "school_clerk", shop.payee)
    seen = {
        who: receipts.may_see(user, made.subject_id) is not None
        for who, user in {
            "payer": lan.user,
            "keeper": keeper.user,
            "far": far.user,
            "clerk": clerk.user,
            "stranger": people.citizen(people.TUAN).user,
        }.items()
    }
    assert seen == {"payer": True, "keeper": True, "far": False, "clerk": False, "stranger": False}
    page = doors.client(lan.user).get("/ho-so/thanh-toan/").content.decode()
    assert "Biên lai số 1/BLT" in page
    assert str(made.public_id) in page
    tuan = doors.client(people.citizen(people.TUAN).user).get("/ho-so/thanh-toan/").content.decode()
    assert order.code not in tuan
    assert Client().get("/ho-so/thanh-toan/").status_code == 302


def test_the_list_of_payments_asks_as_often_for_many_as_for_one(shop: Shop) -> None:
    lan = people.citizen(people.LAN)
    client = doors.client(lan.user)
    client.get("/ho-so/thanh-toan/")
    asked = []
    for number in range(1, 4):
        order = _paid(shop, by=lan.user_id, subject=str(number))
        services.order_receipts(order_id=order.pk)
        asked.append(doors.queries(client, "/ho-so/thanh-toan/"))
    assert len(set(asked)) == 1, asked


def _give_back(order: Order, line_amount: int, maker: int, checker: int) -> Refund:
    line = order.lines.get(amount=line_amount)
    refund = services.propose_refund(
        line=line, attempt=order.attempts.get(), amount=line_amount, reason="Nhầm", maker_id=maker
    )
    services.approve_refund(refund=refund, checker_id=checker)

    class Bank:
        def give_back(self, _refund: object) -> Answer:
            return Answer(Outcome.REFUNDED, amount=line_amount, transaction=str(24_000_000 + refund.pk))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("payments.services.refunding.gateway_of", lambda _terminal: Bank())
        services.carry_out_refund(refund_id=refund.pk)
    return refund


def test_a_receipt_is_taken_back_when_all_of_its_money_went_back(shop: Shop) -> None:
    order = _paid(shop)
    services.order_receipts(order_id=order.pk)
    made = _receipt(order, shop.payee.pk)
    maker, checker = people.user("maker").pk, people.user("checker").pk
    part = _give_back(order, 9_000, maker, checker)
    assert services.take_back_receipt(refund_id=part.pk)
    rest = _give_back(order, 21_000, maker, checker)
    told = [Notice.objects.get(key=f"payments.refunded:{refund.pk}") for refund in (part, rest)]
    assert {notice.recipient_id for notice in told} == {shop.payer.pk}
    for language, said in (("vi", "21.000 đ"), ("en", "21,000 VND")):
        words = speaker_of("payments.refunded")(str(rest.pk), language)
        assert said in words.body
        assert order.code in words.body
        assert words.link.endswith("/ho-so/thanh-toan/")
    assert not services.take_back_receipt(refund_id=rest.pk), "not sealed yet: try again"
    issue_document(document_id=made.pk)
    assert services.take_back_receipt(refund_id=rest.pk)
    made.refresh_from_db()
    assert made.revoked_at is not None
    assert selectors.receipts_of([order])[order.pk][0].revoked


@pytest.mark.concurrency
def test_numbers_have_no_gap_and_no_double_whoever_is_first(fresh_database: FreshDatabase) -> None:
    with owning():
        shop = build()
        orders = [shop.attempt(shop.order(subject=str(number))).order for number in range(8)]
        for order in orders:
            tell(notice(Attempt.objects.get(order=order)))
        calls = [
            partial(services.order_receipts, order_id=order.pk) for order in orders for _twice in range(2)
        ]
        assert set(fresh_database.together(calls)) == {1}
    numbers = sorted(
        int(number.partition("/")[0])
        for number in GeneratedDocument.objects.values_list("number", flat=True)
    )
    assert numbers == list(range(1, 9))
