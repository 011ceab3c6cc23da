"""Paying for somebody: code and word open the order and nothing else; wrong ones look all alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from payments import selectors, services
from payments.check_words import matches, new_check_word
from payments.models import Attempt, Order
from portal.common.text import fold
from portal.documents.services import issue_document
from tests.accounts import people
from tests.payments.shop import BACK, IP, PURPOSE, Shop, build, failure, notice, owning, tell

LINK = "/thanh-toan/tra-ho/"


@pytest.fixture
def shop(db: None) -> Iterator[Shop]:
    with owning():
        yield build()


@pytest.fixture
def order(shop: Shop) -> Order:
    lan = people.citizen(people.LAN)
    item = services.Item(PURPOSE, "thing", "1", shop.payee.pk, 30_000, "Lệ phí thử")
    return services.open_order(items=[item], payer_id=lan.user_id)


def _lan(order: Order) -> Client:
    client = Client()
    assert order.payer is not None
    client.force_login(order.payer)
    return client


def _at(page: str, part: str) -> str:
    """Give the address of a part of a link's page: the token stands in the query, which no log keeps."""
    path, _mark, query = page.partition("?")
    return f"{path}{part}?{query}"


def _opened(order: Order, client: Client) -> str:
    answer = client.post(LINK, {"ma": order.code, "tu": order.check_word})
    assert answer.status_code == 302
    return str(answer["Location"])


def test_a_grandmother_pays_without_an_account(order: Order) -> None:
    grandmother = Client()
    page = _opened(order, grandmother)
    shown = grandmother.get(page)
    assert "no-store" in shown["Cache-Control"]
    said = shown.content.decode()
    assert "30.000" in said
    assert people.LAN["name"] not in said
    assert order.check_word not in said
    assert str(order.public_id) not in said
    answer = grandmother.post(_at(page, "tra/"), {"method": "qr"})
    query = parse_qs(urlsplit(answer["Location"]).query)
    assert query["vnp_ReturnUrl"][0].endswith(_at(page, "ket-qua/"))
    assert len(query["vnp_ReturnUrl"][0]) <= 255
    assert grandmother.get(_at(page, "ket-qua/"))["Location"] == page
    assert "Đừng trả lại lần nữa" in grandmother.get(page).content.decode()
    assert grandmother.get(_at(page, "trang-thai/")).status_code == 200
    assert tell(notice(Attempt.objects.get())) == "00"
    assert grandmother.get(_at(page, "trang-thai/")).status_code == 205
    assert "Đã nhận thanh toán" in grandmother.get(page).content.decode()
    assert "Đã nhận thanh toán" in _lan(order).get(f"/thanh-toan/{order.public_id}/").content.decode()


@pytest.mark.usefixtures("private_folder")
def test_whoever_paid_may_check_the_receipt_but_only_the_payer_fetches_it(order: Order) -> None:
    grandmother = Client()
    page = _opened(order, grandmother)
    grandmother.post(_at(page, "tra/"), {"method": "qr"})
    tell(notice(Attempt.objects.get()))
    services.order_receipts(order_id=order.pk)
    (receipt,) = selectors.receipts_of([selectors.order(order.pk) or order])[order.pk]
    from portal.documents.models import GeneratedDocument

    issue_document(document_id=GeneratedDocument.objects.get().pk)
    said = grandmother.get(page).content.decode()
    assert f"?ma={receipt.code}" in said
    assert str(receipt.public_id) not in said
    assert str(receipt.public_id) in _lan(order).get(f"/thanh-toan/{order.public_id}/").content.decode()


WRONG: dict[str, dict[str, str]] = {
    "unknown code": {"ma": "ZZZZZZZZZZ"},
    "wrong word": {"tu": "sen sen 10"},
    "both": {"ma": "ZZZZZZZZZZ", "tu": "sen sen 10"},
    "NFD of something else": {"tu": "se\u0301n"},
    "digits alone": {"tu": "42"},
    "no letters": {"tu": "- - -"},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_whatever_is_wrong_has_one_answer(order: Order, changes: dict[str, str]) -> None:
    Order.objects.filter(pk=order.pk).update(check_word="lúa trăng 55")
    answer = Client().post(LINK, {"ma": order.code, "tu": "lúa trăng 55", **changes})
    said = answer.content.decode()
    assert answer.status_code == 404
    assert "Không tìm thấy hoặc thông tin chưa khớp" in said


def test_a_nul_is_no_code(order: Order) -> None:
    assert Client().post(LINK, {"ma": f"{order.code}\x00", "tu": order.check_word}).status_code == 422


def test_an_order_without_a_word_opens_to_no_word(order: Order) -> None:
    Order.objects.filter(pk=order.pk).update(check_word="")
    assert Client().post(LINK, {"ma": order.code, "tu": "-"}).status_code == 404
    assert _lan(order).get(f"/thanh-toan/{order.public_id}/phieu/").status_code == 302


def test_guessing_ends_soon_for_an_address_and_for_a_code(order: Order) -> None:
    answers = [
        Client(REMOTE_ADDR=f"198.51.100.{number}").post(LINK, {"ma": order.code, "tu": f"sen sen {number}"})
        for number in range(10, 42)
    ]
    assert {answer.status_code for answer in answers} == {404}
    late = Client(REMOTE_ADDR="203.0.113.77").post(LINK, {"ma": order.code, "tu": order.check_word})
    assert late.status_code == 404, "the code itself is closed for an hour, in the same words"
    one = [
        Client(REMOTE_ADDR="192.0.2.1").post(LINK, {"ma": f"A{number}", "tu": "x"}) for number in range(61)
    ]
    assert one[-1].status_code == 429


@pytest.mark.parametrize("token", ["x", "a:b:c", "0", "é"])
def test_forged_and_old_tokens_are_no_pages(
    order: Order, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for page, method in (("", "get"), ("tra/", "post"), ("ket-qua/", "get"), ("trang-thai/", "get")):
        assert (
            getattr(Client(), method)(f"{LINK}khoan/{page}", QUERY_STRING=f"k={token}").status_code == 404
        )
    page = _opened(order, Client())
    with monkeypatch.context() as patch:
        patch.setattr("payments.selectors.links.OPEN_SECONDS", -1)
        assert Client().get(page).status_code == 404
    assert Client().get(page).status_code == 200
    assert Client().get(page[:-1] + ("A" if page[-1] != "A" else "B")).status_code == 404
    assert Client().get(f"{LINK}khoan/").status_code == 404


def test_the_slip_brings_the_link_as_qr_and_is_the_payers_own(order: Order) -> None:
    address = f"/thanh-toan/{order.public_id}/phieu/"
    said = _lan(order).get(address).content.decode()
    assert order.code in said
    assert order.check_word in said
    assert "<svg" in said
    assert "style=" not in said.partition("pay-slip")[2].partition("</main>")[0]
    assert Client().get(address).status_code == 302
    tuan = Client()
    tuan.force_login(people.citizen(people.TUAN).user)
    assert tuan.get(address).status_code == 404
    link = urlsplit(selectors.pay_link(order))
    followed = Client().get(f"{link.path}?{link.query}")
    assert followed["Location"].startswith(LINK)


def test_a_failed_payment_may_be_tried_again_by_the_link(order: Order) -> None:
    services.begin_attempt(order=order, method="qr", customer_ip=IP, return_url=BACK)
    tell(failure(Attempt.objects.get()))
    client = Client()
    page = _opened(order, client)
    assert "Anh/chị đã hủy thanh toán" in client.get(page).content.decode()
    assert client.post(_at(page, "tra/"), {}).status_code == 422
    assert client.post(_at(page, "tra/"), {"method": "domestic"}).status_code == 302
    assert Attempt.objects.count() == 2


def test_a_closed_order_says_so_and_starts_nothing(order: Order) -> None:
    services.close_order(order_id=order.pk)
    client = Client()
    page = _opened(order, client)
    assert "không còn phải nộp" in client.get(page).content.decode()
    client.post(_at(page, "tra/"), {"method": "qr"})
    assert not Attempt.objects.exists()


@given(st.sampled_from(["", " ", "-", "  - "]), st.booleans())
def test_a_word_counts_however_it_is_written(between: str, marks: bool) -> None:
    word = new_check_word()
    said = between.join((word if marks else fold(word)).upper().split(" "))
    assert matches(said, word)
    assert not matches(f"{said}1", word)


def test_the_same_lines_give_the_same_order_and_others_replace_it(shop: Shop) -> None:
    def item(subject: str, amount: int = 10_000) -> services.Item:
        return services.Item(PURPOSE, "thing", subject, shop.payee.pk, amount, "Khoản")

    def opened(*items: services.Item) -> Order:
        return services.open_order(items=items, payer_id=shop.payer.pk)

    alone = opened(item("a"))
    assert opened(item("a")) == alone
    both = opened(item("a"), item("b"))
    assert both.amount == 20_000
    assert Order.objects.get(pk=alone.pk).state == "closed"
    assert opened(item("b"), item("a")) == both
    services.begin_attempt(order=both, method="", customer_ip=IP, return_url=BACK)
    with pytest.raises(services.PaymentRefusedError, match="đang được thanh toán"):
        opened(item("a"))
    with pytest.raises(ValueError, match="once"):
        opened(item("c"), item("c"))
    changed: Any = services.Item(PURPOSE, "thing", "c", shop.payee.pk, 5, "Khoản")
    first = opened(changed)
    assert opened(item("c")).pk != first.pk
