"""The accountants' pages: whose books they are, two people for a refund, held money, reports, files."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from payments import selectors, services
from payments.gateways.base import Answer, Outcome
from payments.models import Attempt, Export, HeldDecision, Order, Refund
from portal.accounts.models import Look
from portal.accounts.selectors import today
from portal.notifications.models import Notice
from portal.notifications.ports import speaker_of
from portal.outbox.models import Duty
from portal.outbox.services import perform_due_duties
from tests import doors
from tests.desk.books import Books, open_books
from tests.desk.office import DESK, sign_in, words
from tests.payments.shop import CODE, notice, owning, tell

pytestmark = pytest.mark.django_db

FINANCE = f"{DESK}tai-chinh/"


@pytest.fixture
def books() -> Iterator[Books]:
    with owning():
        yield open_books()


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def _proposed(books: Books, amount: str = "30.000 đ") -> Refund:
    answer = sign_in(books.thu).post(
        f"{FINANCE}hoan/de-nghi/{books.line.pk}/", {"amount": amount, "reason": "Nộp nhầm"}
    )
    assert answer.status_code == 302
    return Refund.objects.latest("pk")


def _held(books: Books) -> Attempt:
    attempt = books.shop.attempt(books.shop.order(subject="held"))
    tell(notice(attempt, vnp_ResponseCode="07", vnp_TransactionStatus="07"))
    return Attempt.objects.get(pk=attempt.pk)


def _bank_says(monkeypatch: pytest.MonkeyPatch, outcome: Outcome, **facts: Any) -> None:
    class Bank:
        def ask(self, _question: object) -> Answer:
            return Answer(outcome, **{"amount": 30_000, "status": "07", **facts})

    monkeypatch.setattr("payments.services.judging.gateway_of", lambda _terminal: Bank())


def test_one_proposes_another_approves_and_nobody_does_both(books: Books) -> None:
    refund = _proposed(books)
    page = f"{FINANCE}hoan/{refund.pk}/"
    assert (
        "Duyệt" not in words(sign_in(books.thu), page).partition("<h1>")[2].partition("Một người khác")[2]
    )
    sign_in(books.thu).post(page, {"approve": "1"})
    assert Refund.objects.get(pk=refund.pk).state == "proposed"
    assert "Duyệt, gửi lệnh hoàn" in words(sign_in(books.hanh), page)
    sign_in(books.hanh).post(page, {"approve": "1"})
    approved = Refund.objects.get(pk=refund.pk)
    assert (approved.state, approved.maker, approved.checker) == (
        "approved",
        books.thu.user,
        books.hanh.user,
    )
    assert Duty.objects.filter(kind="payments.refund").count() == 1


def test_what_proposed_itself_wants_one_who_stands_for_it(books: Books) -> None:
    again = books.shop.attempt(books.shop.order(subject="closed"))
    services.close_order(order_id=again.order_id)
    tell(notice(again))
    refund = Refund.objects.get(maker=None)
    page = f"{FINANCE}hoan/{refund.pk}/"
    assert "Cổng tự đề nghị" in words(sign_in(books.thu), f"{FINANCE}hoan/")
    sign_in(books.hanh).post(page, {"approve": "1"})
    assert Refund.objects.get(pk=refund.pk).state == "proposed"
    sign_in(books.thu).post(page, {"endorse": "1"})
    sign_in(books.hanh).post(page, {"approve": "1"})
    assert Refund.objects.get(pk=refund.pk).state == "approved"


def test_a_refund_is_declined_by_another(books: Books) -> None:
    refund = _proposed(books, "10000")
    sign_in(books.thu).post(f"{FINANCE}hoan/{refund.pk}/", {"decline": "1"})
    assert Refund.objects.get().state == "proposed"
    sign_in(books.hanh).post(f"{FINANCE}hoan/{refund.pk}/", {"decline": "1"})
    assert Refund.objects.get().state == "declined"


@pytest.mark.parametrize("amount", ["", "0", "-1", "1,5", "30001", "hết", "9" * 30, "３0000"])
def test_an_amount_that_cannot_go_back_is_said_at_its_field(books: Books, amount: str) -> None:
    answer = sign_in(books.thu).post(
        f"{FINANCE}hoan/de-nghi/{books.line.pk}/", {"amount": amount, "reason": "Nộp nhầm"}
    )
    assert answer.status_code == 422
    assert not Refund.objects.exists()


def test_the_department_reads_every_book_and_refunds_for_nobody_else(books: Books) -> None:
    refund = _proposed(books)
    son = sign_in(books.son)
    assert books.paid.order.code in words(son, f"{FINANCE}hoan/")
    assert "30.000" in words(son, FINANCE)
    assert "Đề nghị hoàn<" not in words(son, f"{FINANCE}khoan/{books.paid.order.code}/")
    assert son.post(f"{FINANCE}hoan/{refund.pk}/", {"approve": "1"}).status_code == 404
    assert son.get(f"{FINANCE}hoan/de-nghi/{books.line.pk}/").status_code == 404
    assert Refund.objects.get().state == "proposed"


def test_others_books_and_no_books_look_alike(books: Books) -> None:
    refund, held = _proposed(books), _held(books)
    people = {
        "an accountant elsewhere": (sign_in(books.far), 404),
        "a clerk of the school": (sign_in(books.thang), 403),
        "without the second factor": (doors.client(books.thu.user), 302),
        "a stranger": (Client(), 302),
    }
    for who, (client, status) in people.items():
        for address, there, missing in (
            (f"{FINANCE}hoan/{{id}}/", refund.pk, 9_999),
            (f"{FINANCE}tam-giu/{{id}}/", held.pk, 9_999),
            (f"{FINANCE}hoan/de-nghi/{{id}}/", books.line.pk, 9_999),
            (f"{FINANCE}khoan/{{id}}/", books.paid.order.code, "ZZZZZZZZZZ"),
        ):
            for method in ("GET", "POST"):
                if "khoan" in address and method == "POST":
                    continue
                answers = [
                    client.generic(method, address.format(id=what)).status_code for what in (there, missing)
                ]
                assert answers == [status, status], (who, method, address)
    assert Refund.objects.get().state == "proposed"
    assert "30.000" not in words(sign_in(books.far), FINANCE)


def test_a_payment_is_found_by_its_code_and_the_look_is_recorded(books: Books) -> None:
    code = books.paid.order.code
    client = sign_in(books.thu)
    for typed in (code, f" {code.lower()} ", f"{code}-1"):
        answer = client.get(f"{FINANCE}tim/", {"ma": typed})
        assert answer["Location"] == f"{FINANCE}khoan/{code}/"
    for typed in ("", "\x00", "ZZZZZZZZZZ", "x" * 500):
        assert client.get(f"{FINANCE}tim/", {"ma": typed})["Location"] == FINANCE
    page = words(client, f"{FINANCE}khoan/{code}/")
    for said in ("14422574", "Tiền ở ngân hàng", "Đã ghi nhận", "Đề nghị hoàn"):
        assert said in page
    look = Look.objects.get(subject_kind="payment")
    assert (look.actor_id, look.organisation_id) == (books.thu.user_id, books.shop.payee.pk)


def test_held_money_is_let_in_with_a_reason_once(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    held = _held(books)
    _bank_says(monkeypatch, Outcome.HELD)
    page, client = f"{FINANCE}tam-giu/{held.pk}/", sign_in(books.thu)
    assert held.order.code in words(client, f"{FINANCE}tam-giu/")
    assert client.post(page, {"release": "1", "reason": " "}).status_code == 422
    assert Attempt.objects.get(pk=held.pk).state == "held"
    client.post(page, {"release": "1", "reason": "Tra soát 12/TS"})
    assert Attempt.objects.get(pk=held.pk).state == "settled"
    assert Order.objects.get(pk=held.order_id).state == "paid"
    decision = HeldDecision.objects.get()
    assert (decision.officer, decision.reason, decision.verdict) == (
        books.thu.user, "Tra soát 12/TS", "released",
    )  # fmt: skip
    assert client.post(page, {"reject": "1", "reason": "x"}).status_code == 404
    assert "Tra soát 12/TS" in words(client, f"{FINANCE}khoan/{held.order.code}/")
    # the bank repeats itself, and nothing moves any more
    assert tell(notice(held, vnp_ResponseCode="07", vnp_TransactionStatus="07")) == "02"


def test_held_money_is_turned_away_and_the_payer_may_pay_anew(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = _held(books)
    before = selectors.balances()
    _bank_says(monkeypatch, Outcome.HELD)
    sign_in(books.thu).post(
        f"{FINANCE}tam-giu/{held.pk}/", {"reject": "1", "reason": "Ngân hàng báo lừa đảo"}
    )
    assert Attempt.objects.get(pk=held.pk).state == "failed"
    assert selectors.balances() == before
    told = Notice.objects.get(key=f"payments.rejected:{held.pk}")
    assert told.recipient_id == books.shop.payer.pk
    assert held.order.code in speaker_of("payments.rejected")(str(held.pk), "vi").body
    said = notice(held, vnp_ResponseCode="07", vnp_TransactionStatus="07")
    assert tell(said) == "02"
    assert Attempt.objects.get(pk=held.pk).state == "failed"
    assert books.shop.attempt(held.order).number == 2
    # the bank changed its mind: money is money
    assert tell(notice(held)) == "00"


@pytest.mark.parametrize(
    ("outcome", "facts", "state"),
    [
        (Outcome.UNKNOWN, {}, "held"),
        (Outcome.PAID, {"status": "00"}, "settled"),
        (Outcome.FAILED, {"status": "02"}, "held"),
        (Outcome.HELD, {"amount": 1}, "held"),
        (Outcome.HELD, {"status": "04", "reversed": True}, "held"),
    ],
)
def test_a_person_lets_in_only_what_the_bank_still_holds(
    books: Books, monkeypatch: pytest.MonkeyPatch, outcome: Outcome, facts: dict[str, Any], state: str
) -> None:
    held = _held(books)
    _bank_says(monkeypatch, outcome, **facts)
    sign_in(books.thu).post(f"{FINANCE}tam-giu/{held.pk}/", {"release": "1", "reason": "Đã gọi"})
    assert Attempt.objects.get(pk=held.pk).state == state
    assert not HeldDecision.objects.exists()


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.REFUNDED])
def test_what_the_bank_holds_no_more_is_written_down_as_turned_away(
    books: Books, monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    held = _held(books)
    _bank_says(monkeypatch, outcome)
    sign_in(books.thu).post(
        f"{FINANCE}tam-giu/{held.pk}/", {"reject": "1", "reason": "Ngân hàng đã trả lại"}
    )
    assert Attempt.objects.get(pk=held.pk).state == "failed"


def _file(*rows: tuple[str, int]) -> str:
    head = "terminal,reference,transaction,kind,amount,moment,bank,status\n"
    return head + "".join(
        f"{CODE},{ref},14,payment,{amount},20261122080000,NCB,00\n" for ref, amount in rows
    )


def test_the_report_names_each_difference_with_its_cure(books: Books) -> None:
    day = f"{today():%d/%m/%Y}"
    address = f"{FINANCE}doi-chieu/?day-day={day}"
    assert "Chưa đối chiếu" in words(sign_in(books.son), address)
    services.reconcile_day(
        terminal=books.shop.terminal, day=today(), file=_file((books.paid.reference, 29_000), ("X-1", 5))
    )
    page = words(sign_in(books.son), address)
    for said in (
        "Số tiền khác nhau",
        "Ngân hàng có, sổ của cổng chưa có",
        "gửi tra soát",
        "29.005",
        "30.000",
    ):
        assert said in page
    own = words(sign_in(books.thu), address)
    assert books.paid.reference in own
    assert "X-1" not in own
    assert books.paid.reference not in words(sign_in(books.far), address)
    services.deliver_line(line_id=books.line.pk)
    services.reconcile_day(
        terminal=books.shop.terminal, day=today(), file=_file((books.paid.reference, 30_000))
    )
    assert "Không lệch đồng nào" in words(sign_in(books.son), address)


def test_only_the_department_asks_for_a_comparison(books: Books, settings: Any) -> None:
    settings.VNPAY_SETTLEMENT_URL = "http://127.0.0.1:9/{terminal}/{day}.csv"
    day = {"day-day": f"{today():%d/%m/%Y}"}
    assert sign_in(books.thu).post(f"{FINANCE}doi-chieu/lam/", day).status_code == 404
    for _twice in range(2):
        assert sign_in(books.son).post(f"{FINANCE}doi-chieu/lam/", day).status_code == 302
    assert Duty.objects.filter(kind="payments.reconcile").count() == 1
    later = {"day-day": f"{today() + dt.timedelta(days=2):%d/%m/%Y}"}
    sign_in(books.son).post(f"{FINANCE}doi-chieu/lam/", later)
    assert Duty.objects.filter(kind="payments.reconcile").count() == 1


def _days() -> dict[str, str]:
    return {"first-day": f"{today():%d/%m/%Y}", "last-day": f"{today():%d/%m/%Y}"}


def test_the_list_is_handed_out_as_csv_and_xlsx_with_texts_as_texts(books: Books) -> None:
    books.line.__class__.objects.update(title="=1+1")
    client = sign_in(books.thu)
    answer = client.post(f"{FINANCE}xuat/", {**_days(), "form": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(_body(answer).decode("utf-8-sig"))))
    assert rows[0][2] == "Mã thanh toán"
    assert rows[1][2] == books.paid.order.code
    assert rows[1][9] == "'=1+1"
    assert rows[1][-1] == "30000"
    book = load_workbook(io.BytesIO(_body(client.post(f"{FINANCE}xuat/", {**_days(), "form": "xlsx"}))))
    sheet = book.active
    assert sheet is not None
    assert sheet["J2"].value == "=1+1"
    assert sheet["J2"].data_type == "s"
    assert sheet["K2"].value == 30_000
    assert Look.objects.filter(subject_kind="payment-list").count() == 2
    assert len(list(csv.reader(io.StringIO(_body(
        sign_in(books.far).post(f"{FINANCE}xuat/", {**_days(), "form": "csv"})
    ).decode("utf-8-sig"))))) == 1  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("private_folder")
def test_a_long_list_is_made_by_a_worker_for_the_one_who_asked(
    books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payments.services.exporting.AT_ONCE", 0)
    answer = sign_in(books.thu).post(f"{FINANCE}xuat/", {**_days(), "form": "csv"})
    assert answer.status_code == 302
    made = Export.objects.get()
    assert "đang lập" in words(sign_in(books.thu), FINANCE)
    assert sign_in(books.thu).get(f"{FINANCE}tep/{made.pk}/").status_code == 404
    perform_due_duties()
    assert not services.make_export(export_id=made.pk)
    assert "1 dòng" in words(sign_in(books.thu), FINANCE)
    file = sign_in(books.thu).get(f"{FINANCE}tep/{made.pk}/")
    assert books.paid.order.code in _body(file).decode("utf-8-sig")
    assert sign_in(books.hanh).get(f"{FINANCE}tep/{made.pk}/").status_code == 404
    Export.objects.update(ready_at=made.ordered_at - dt.timedelta(days=8))
    assert services.erase_exports() == 1
    assert sign_in(books.thu).get(f"{FINANCE}tep/{made.pk}/").status_code == 404


@pytest.mark.parametrize("query", ["?first-day=31/02/2026&last-day=x", "?loai=zz", "?trang=-5", "?ma=%00"])
def test_nonsense_in_addresses_is_answered_in_words(books: Books, query: str) -> None:
    for page in ("", "hoan/", "doi-chieu/", "tam-giu/"):
        assert sign_in(books.thu).get(f"{FINANCE}{page}{query}").status_code in {200, 422}
    assert sign_in(books.thu).get(f"{FINANCE}doi-chieu/?day-day=32/1/2026").status_code == 422
