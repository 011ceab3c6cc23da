"""The school's pages: make, preview, publish, who has paid, reminders, changes, Excel in and out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from payments.models import Refund
from portal.accounts.models import Look
from portal.charges.models import Charge, ChargeList, Reminder
from portal.charges.services import publish_all
from tests import doors
from tests.charges import village as villages
from tests.charges.sheets import line, send, workbook
from tests.charges.village import Village, charge, pay, published

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/khoan-thu/"


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel("2026-11-24T03:00:00Z", tick=False), villages.bank():
        yield


@pytest.fixture
def village() -> Village:
    return villages.build()


@pytest.fixture
def thu(village: Village) -> Client:
    return doors.client(village.thu.user, second_factor=True)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def form(**changes: str) -> dict[str, str]:
    usual = {
        "kind": "meals",
        "title": "Tiền ăn tháng 11/2026",
        "whom": "class:3A",
        "unit_price": "30.000 đ",
        "quantity": "20",
        "due_on-day": "10",
        "due_on-month": "12",
        "due_on-year": "2026",
    }
    return {**usual, **changes}


def test_make_preview_exempt_publish_and_see_who_paid(village: Village, thu: Client) -> None:
    assert "Trường chưa lập khoản thu nào" in text(thu, DESK)
    page = text(thu, f"{DESK}lap/")
    assert "Học phí: không thu." in page
    assert "Nghị quyết 217/2025/QH15" in page
    assert "35.000 đ" in page
    answer = thu.post(f"{DESK}lap/", form())
    listed = ChargeList.objects.get()
    own = f"{DESK}{listed.public_id}/"
    assert answer.headers["Location"] == own
    page = text(thu, own)
    assert "Công bố khoản thu này?" in page
    assert "Sẽ thu 1.200.000 đ" in page
    dung = charge(listed, village.dung)
    thu.post(f"{own}{dung.public_id}/mien/", {"reason": "Hộ nghèo", "revision": dung.revision})
    assert "Sẽ thu 600.000 đ" in text(thu, own)
    thu.post(f"{own}cong-bo/", {"revision": listed.revision})
    assert "Đang công bố" in text(thu, own)
    assert "Anh/chị có thể rời trang này" in text(thu, own)
    assert thu.get(f"{own}tien-do/").status_code == 200
    publish_all(listed.pk)
    assert thu.get(f"{own}tien-do/").status_code == 205
    pay(village.lan, charge(listed, village.minh))
    page = text(thu, own)
    assert "Đã thu 600.000 đ trên 600.000 đ (100%)" in page
    assert "trên cổng" in page
    assert "9704" not in page
    assert "Lò Văn Minh" not in text(thu, f"{own}?xem=exempt")
    assert "100%</strong> không dùng tiền mặt" in text(thu, DESK)
    assert Look.objects.filter(subject_kind="charge-list", purpose="list").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit_price": "36.000"}, "Đơn giá cao hơn mức trần 35.000 đ mỗi ngày"),
        ({"unit_price": "30,5"}, "số nguyên đồng"),
        ({"quantity": "1.5"}, "số nguyên, ví dụ 20"),
        ({"kind": "tuition"}, "Chọn loại khoản thu trong danh sách"),
        ({"whom": "class:9Z"}, "Chọn lớp hoặc khối trong danh sách"),
        ({"due_on-day": "31", "due_on-month": "11"}, "Tháng 11 chỉ có 30 ngày"),
        ({"due_on-day": "1", "due_on-month": "11"}, "Hạn nộp đã qua"),
        ({"title": ""}, "Ghi tên khoản thu"),
    ],
)
def test_mistakes_are_named_and_nothing_is_saved(
    village: Village, thu: Client, changes: dict[str, str], said: str
) -> None:
    answer = thu.post(f"{DESK}lap/", form(**changes))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ChargeList.objects.exists()


def test_a_file_becomes_a_draft_with_everybodys_own_number(village: Village, thu: Client) -> None:
    answer = send(
        thu,
        workbook(line("lò văn minh", 1, 18), line("Quàng Văn Dũng", 4, 20, "Khuyết tật")),
    )
    assert answer.status_code == 302
    listed = ChargeList.objects.get()
    assert (listed.scope, listed.row_count) == ("file", 2)
    assert {(row.quantity, row.amount, row.exemption) for row in listed.charges.all()} == {
        (18, 540_000, ""), (20, 600_000, "Khuyết tật"),
    }  # fmt: skip


def test_every_wrong_row_is_named_before_anything_is_saved(village: Village, thu: Client) -> None:
    answer = send(
        thu,
        workbook(
            line("Lò Văn Minh", 1),
            line("Lò Văn Minh", 1),
            line("Ai Khác", 4),
            line("Lò Thị Chi", 3),
            line("Lò Thị An", 2, 0),
            line("Lò Thị An", 2, "=2+3"),
            ["3A", "Thiếu Số", "123", 20, ""],
        ),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "Tệp có 7 dòng, 7 chỗ cần sửa. Chưa lưu gì.",
        "đã có ở dòng 2",
        "với tên khác",
        "Không có học sinh nào của trường mang số này",
        "số nguyên từ 1 đến 366",
        "Ô này là công thức",
    ):
        assert said in page, said
    assert "999218000003" not in page
    assert not ChargeList.objects.exists()
    assert not Charge.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"not a workbook", "a.xlsx", "Chỉ nhận tệp Excel .xlsx"),
        (b"\xd0\xcf\x11\xe0old", "a.xls", "tệp Excel cũ"),
        (workbook(line("Lò Văn Minh", 1)), "a.xlsm", "macro"),
        (workbook(line("Lò Văn Minh", 1))[:200], "a.xlsx", "Không đọc được tệp này"),
        (workbook(), "a.xlsx", "không có dòng học sinh nào"),
        (workbook(["x"], headings=["Họ tên", "Lớp"]), "a.xlsx", "Thiếu cột"),
    ],
)
def test_hostile_and_useless_files_are_refused(
    village: Village, thu: Client, content: bytes, name: str, said: str
) -> None:
    answer = send(thu, content, name)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not ChargeList.objects.exists()


def test_a_file_that_is_too_long_is_not_even_read(village: Village, thu: Client) -> None:
    answer = thu.post(
        f"{DESK}lap/excel/", b"x" * (6 * 2**20), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413


def test_the_template_is_accepted_as_it_is_and_its_handing_out_recorded(
    village: Village, thu: Client
) -> None:
    answer = thu.get(f"{DESK}lap/excel/mau/")
    assert Look.objects.filter(subject_kind="pupil-list", purpose="charges").count() == 1
    assert send(thu, answer.content).status_code == 302
    assert ChargeList.objects.get().row_count == 3


def test_correct_let_off_note_cash_and_cancel_one_row(village: Village, thu: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    own = f"{DESK}{listed.public_id}/"
    pay(village.lan, charge(listed, village.minh))

    def act(child: str, action: str, **said: str) -> str:
        row = charge(listed, getattr(village, child))
        path = f"{own}{row.public_id}/{action}/"
        assert "?" in text(thu, path)
        answer = thu.post(path, {"revision": str(row.revision), **said}, follow=True)
        assert answer.status_code == 200
        return answer.content.decode()

    page = act("minh", "sua", quantity="18", reason="Nghỉ hai ngày")
    assert "540.000 đ" in page
    assert Refund.objects.get().amount == 60_000
    assert "Tiền mặt" in act("dung", "thu-tai-truong", way="cash", reason="Phiếu thu 3")
    assert "Được miễn" in act("an", "mien", reason="Hộ nghèo")
    assert "Trường trả lại 600.000 đ" in act("dung", "huy", reason="Thôi ăn")
    assert [charge(listed, child).state for child in (village.minh, village.dung, village.an)] == [
        "paid", "cancelled", "exempt",
    ]  # fmt: skip


def test_a_row_that_moved_meanwhile_says_so(village: Village, thu: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    row = charge(listed, village.minh)
    pay(village.lan, row)
    path = f"{DESK}{listed.public_id}/{row.public_id}/"
    answer = thu.post(
        f"{path}sua/", {"revision": row.revision, "quantity": "3", "reason": "x"}, follow=True
    )
    assert "vừa đổi, nay là: đã nộp" in answer.content.decode()
    answer = thu.get(f"{path}thu-tai-truong/", follow=True)
    assert "nay là: đã nộp" in answer.content.decode()
    assert thu.get(f"{path}no-such-thing/").status_code == 404


def test_remind_once_cancel_with_a_reason_and_export(village: Village, thu: Client) -> None:
    listed = published(village.nam_ban, village.thu)
    own = f"{DESK}{listed.public_id}/"
    pay(village.lan, charge(listed, village.minh))
    assert "Đang gửi lời nhắc" in thu.post(f"{own}nhac/", follow=True).content.decode()
    assert "Mỗi ngày chỉ nhắc một lần" in thu.post(f"{own}nhac/", follow=True).content.decode()
    assert Reminder.objects.count() == 1
    rows = load_workbook(BytesIO(thu.get(f"{own}xuat/").content)).active
    assert rows is not None
    lines = [[cell.value for cell in row] for row in rows.iter_rows()]
    assert lines[0][:4] == ["Số thứ tự", "Lớp", "Họ tên", "Số lượng"]
    paid = next(row for row in lines if row[2] == "Lò Văn Minh")
    assert paid[4:8] == [600_000, "Đã nộp", 600_000, "Trên cổng"]
    assert not any("999218" in str(cell) for row in lines for cell in row)
    listed.refresh_from_db()
    assert thu.post(f"{own}huy/", {"revision": listed.revision, "reason": ""}).status_code == 422
    thu.post(f"{own}huy/", {"revision": listed.revision, "reason": "Nhầm tháng"})
    listed.refresh_from_db()
    assert listed.state == "cancelling"


def test_the_number_of_queries_does_not_grow_with_the_lists(village: Village, thu: Client) -> None:
    published(village.nam_ban, village.thu)
    before = doors.queries(thu, DESK)
    for month in range(3):
        published(village.nam_ban, village.thu, title=f"Nước uống {month}")
    assert doors.queries(thu, DESK) == before


def test_the_department_sees_shares_beside_the_targets(village: Village, thu: Client) -> None:
    ngoc = doors.client(village.ngoc.user, second_factor=True)
    page = "/ban-lam-viec/khong-tien-mat/"
    assert "Chưa trường nào ghi nhận" in text(ngoc, page)
    listed = published(village.nam_ban, village.thu)
    pay(village.lan, charge(listed, village.minh), charge(listed, village.an))
    row = charge(listed, village.dung)
    thu.post(
        f"{DESK}{listed.public_id}/{row.public_id}/thu-tai-truong/",
        {"revision": row.revision, "way": "cash", "reason": ""},
    )
    shown = text(ngoc, page)
    assert "66% của 1.800.000 đ" in shown
    assert "Dưới 70%" in shown
    assert 'class="chart-target" x1="70"' in shown
    assert "Dưới 100%" in text(ngoc, f"{page}?ke-hoach=100-65")
    assert "Trường Tiểu học Nậm Ban" in text(ngoc, f"{page}?xa={village.ward.pk}")
    assert ngoc.get(f"{page}?xa=x").status_code == 404
    assert thu.get(page).status_code == 403
