"""The family's pages: all children in one place, several in one order, states, turns, English."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from payments.models import Order
from portal.charges import services
from portal.charges.models import ChargeList
from portal.outbox.models import Duty
from portal.outbox.services import perform_duty
from tests import doors
from tests.charges import village as villages
from tests.charges.village import Village, charge, pay, published

pytestmark = pytest.mark.django_db
HOME = "/ho-so/khoan-thu/"


@pytest.fixture
def village() -> Iterator[Village]:
    with villages.bank():
        yield villages.build()


@pytest.fixture
def lan(village: Village) -> Client:
    return doors.client(village.lan.user)


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_all_children_stand_in_one_place_and_other_families_do_not(village: Village, lan: Client) -> None:
    published(village.nam_ban, village.thu)
    published(village.ban_trang, village.far, title="Nước uống", kind_code="water", unit_price=10_000)
    villages.draft(village.nam_ban, village.thu, title="Chưa công bố")
    page = text(lan, HOME)
    for said in ("Lò Văn Minh", "Lò Thị An", "Lò Thị Chi", "Nước uống", "600.000 đ"):
        assert said in page
    assert "Quàng Văn Dũng" not in page
    assert "Chưa công bố" not in page
    assert "3 khoản chưa nộp, 1.400.000 đ" in text(lan, "/ho-so/")
    assert "Quàng Văn Dũng" in text(doors.client(village.tuan.user), HOME)


def test_two_children_go_into_one_order(village: Village, lan: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    ids = [str(charge(listed, child).public_id) for child in (village.minh, village.an)]
    page = text(lan, f"{HOME}tra/?khoan={ids[0]}&khoan={ids[1]}")
    assert "Trả 1.200.000 đ" in page
    assert "Cần trả lần lượt" not in page
    answer = lan.post(f"{HOME}tra/", {"khoan": ids})
    order = Order.objects.get()
    assert answer.headers["Location"] == f"/thanh-toan/{order.public_id}/"
    assert (order.amount, order.lines.count()) == (1_200_000, 2)
    assert lan.get(answer.headers["Location"]).status_code == 200


def test_two_terminals_are_paid_one_after_the_other_and_the_second_is_remembered(
    village: Village, lan: Client
) -> None:
    here = charge(published(village.nam_ban, village.thu), village.minh)
    there = charge(published(village.ban_trang, village.far), village.chi)
    ids = [str(here.public_id), str(there.public_id)]
    page = text(lan, f"{HOME}tra/?khoan={ids[0]}&khoan={ids[1]}")
    assert "2 tài khoản khác nhau nên anh/chị trả 2 lần" in page
    lan.post(f"{HOME}tra/", {"khoan": ids[:1], "sau": ids})
    order = Order.objects.get()
    villages.bank_says_paid(villages.attempt(order))
    villages.deliver(order)
    page = text(lan, HOME)
    assert "Còn khoản đã chọn chưa trả" in page
    assert f"?khoan={ids[1]}" in page
    pay(village.lan, there)
    assert "Còn khoản đã chọn chưa trả" not in text(lan, HOME)


def test_nothing_chosen_all_chosen_and_stale_choices(village: Village, lan: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    assert "Chọn ít nhất một khoản" in lan.get(f"{HOME}tra/", follow=True).content.decode()
    assert "Trả 1.200.000 đ" in text(lan, f"{HOME}tra/?tat-ca=1")
    minh = charge(listed, village.minh)
    pay(village.son, minh)
    answer = lan.post(f"{HOME}tra/", {"khoan": [str(minh.public_id)]}, follow=True)
    assert "vừa được nộp" in answer.content.decode()
    answer = lan.post(f"{HOME}tra/", {"khoan": ["nonsense", "\x00"]}, follow=True)
    assert answer.status_code == 200
    assert Order.objects.filter(payer=village.lan.user).count() == 0


def test_waiting_paid_exempt_and_corrected_are_told(village: Village, lan: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    minh, an = charge(listed, village.minh), charge(listed, village.an)
    order = services.pay_charges(citizen=village.lan, charge_ids=[minh.pk])
    tried = villages.attempt(order)
    page = text(lan, HOME)
    assert "Chờ ngân hàng xác nhận" in page
    assert f"/thanh-toan/{order.public_id}/" in page
    villages.bank_says_paid(tried)
    villages.deliver(order)
    assert "Đã nộp" in text(lan, f"{HOME}{minh.public_id}/")
    services.exempt_charge(charge=an, ground="Hộ nghèo", actor_id=village.thu.user_id, revision=an.revision)
    page = text(lan, f"{HOME}{an.public_id}/")
    assert "Trường đã sửa khoản này" in page
    newest = charge(listed, village.an)
    assert f"{HOME}{newest.public_id}/" in page
    assert "Cháu được miễn khoản này" in text(lan, f"{HOME}{newest.public_id}/")
    assert "Hộ nghèo" in text(lan, f"{HOME}da-xong/")
    assert "Không còn khoản nào phải nộp" in text(lan, HOME)


def test_late_and_offline_are_told_plainly(village: Village, lan: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    ChargeList.objects.filter(pk=listed.pk).update(due_on="2026-01-02")
    assert "Quá hạn nộp" in text(lan, HOME)
    village.nam_ban.payee.terminal.active = False
    village.nam_ban.payee.terminal.save()
    assert "Anh/chị nộp 1.200.000 đ tại trường" in text(lan, f"{HOME}tra/?tat-ca=1")


def test_the_pages_speak_english(village: Village, lan: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    for path in ("", "tra/?tat-ca=1", "da-xong/", f"{charge(listed, village.minh).public_id}/"):
        page = text(lan, f"/en{HOME}{path}")
        assert 'lang="en"' in page
    assert "600,000 VND" in text(lan, f"/en{HOME}")


def test_messages_say_what_is_asked_in_the_readers_language_and_read_their_subjects_at_once(
    village: Village, lan: Client
) -> None:
    def told(title: str) -> None:
        listed = published(village.nam_ban, village.thu, title=title)
        services.remind_list(list_id=listed.pk, actor_id=None)
        for duty_id in Duty.objects.filter(kind__startswith="charges.").values_list("pk", flat=True):
            perform_duty(duty_id=duty_id)
        pay(village.son, charge(listed, village.minh))

    told("Tiền ăn tháng 11/2026")
    page = text(lan, "/ho-so/tin-nhan/")
    assert "Khoản thu mới: Tiền ăn tháng 11/2026" in page
    assert "Nhắc nộp: Tiền ăn tháng 11/2026" in page
    assert "Đã nhận tiền: Tiền ăn tháng 11/2026" in page
    assert "Lò Văn Minh" not in page
    assert "School meals" in text(lan, "/en/ho-so/tin-nhan/")
    before = doors.queries(lan, "/ho-so/tin-nhan/")
    told("Tiền ăn tháng 12/2026")
    text(lan, "/ho-so/tin-nhan/")
    assert doors.queries(lan, "/ho-so/tin-nhan/") == before


def test_the_number_of_queries_does_not_grow_with_the_charges(village: Village, lan: Client) -> None:
    published(village.nam_ban, village.thu)
    before = doors.queries(lan, HOME)
    for month in range(3):
        published(village.nam_ban, village.thu, title=f"Tháng {month}")
    assert doors.queries(lan, HOME) == before
