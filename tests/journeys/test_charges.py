"""A school publishes charges from Excel; two children are paid in one order, two schools one after the other."""

from __future__ import annotations

import json
import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

from portal.demo.cast import MAI, PAO
from tasks.places import PYTHON, ROOT
from tests.journeys.people import look, press, sign_in_officer, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

TITLE = "Tiền ăn tuần thăm lớp"
DESK = "/ban-lam-viec/khoan-thu/"
HOME = "/ho-so/khoan-thu/"
CHILDREN = ("Nguyễn Bảo An", "Nguyễn Gia Bình")

SECOND_CHILD = """
import json
import sys

import django

django.setup()
from portal.accounts import selectors as accounts
from portal.accounts.models import FamilyLink
from portal.accounts.services import confirm_link
from portal.charges.models import Charge
from portal.demo.cast import RECEIVING_SCHOOL

citizen = accounts.citizen_by_personal_id(sys.argv[1])
free = Charge.objects.filter(state="due", charge_list__school__name=RECEIVING_SCHOOL, corrects=None)
row = free.exclude(pupil__in=FamilyLink.objects.values("pupil")).order_by("pk").first()
confirm_link(citizen_id=citizen.pk, pupil_id=row.pupil_id, relation="father", basis="register")
print(json.dumps({"child": row.pupil.full_name, "title": row.charge_list.title}))
"""


def _filled_in(template: Path, children: tuple[str, ...], quantity: object) -> bytes:
    """Keep the rows of these children of the school's template, with another number of units."""
    sheet = load_workbook(template).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    book = Workbook()
    kept = book.active
    assert kept is not None
    kept.append(rows[0])
    for row in rows[1:]:
        if row[1] in children:
            kept.append([row[0], row[1], row[2], quantity, None])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_in_form(page: Page, price: str) -> None:
    page.get_by_label("Loại khoản thu").select_option("meals")
    page.get_by_label("Tên khoản thu").fill(TITLE)
    page.get_by_label("Đơn giá").fill(price)


def _choose_file(page: Page, content: bytes) -> None:
    page.get_by_label("Tệp Excel").set_input_files(
        {
            "name": "tien-an.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": content,
        }
    )
    press(page, "Tải lên và kiểm tra")


def _until(page: Page, words: str) -> None:
    """Look again until the page says it: workers and the bank act in their own time."""
    for _second in range(60):
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    pytest.fail(f"{words!r} did not come; the page says {page.get_by_role('main').inner_text()!r}")


def _pay_by_code(page: Page) -> None:
    page.get_by_role("radio", name="Quét mã VNPAY-QR").check()
    press(page, "Sang trang thanh toán")
    page.wait_for_url("**/pay/**")
    press(page, "Tôi đã quét và trả tiền")
    page.wait_for_url("**/thanh-toan/**")
    _until(page, "Đã nhận thanh toán")


def _publish_from_excel(desk: Page, folder: Path) -> None:
    """Hand in a list three times: above the ceiling, with wrong rows, right; publish it."""
    desk.goto(DESK)
    look(desk, "40-charges-1280")
    desk.get_by_role("link", name="Lập khoản thu", exact=True).click()
    look(desk, "41-charges-make-1280")
    desk.goto(DESK)
    desk.get_by_role("link", name="Lập từ Excel").click()
    with desk.expect_download() as handed:
        desk.get_by_role("link", name=re.compile("Tải tệp mẫu")).click()
    template = folder / "mau.xlsx"
    handed.value.save_as(template)
    _fill_in_form(desk, "31.000")
    _choose_file(desk, _filled_in(template, CHILDREN, 5))
    expect(desk.get_by_role("alert")).to_contain_text("cao hơn mức trần 30.000 đ mỗi ngày")
    look(desk, "42-charges-ceiling-1280")
    desk.get_by_label("Đơn giá").fill("30.000")
    _choose_file(desk, _filled_in(template, CHILDREN, "năm"))
    expect(desk.get_by_role("alert")).to_contain_text("2 chỗ cần sửa. Chưa lưu gì.")
    look(desk, "43-charges-rows-1280")
    desk.set_viewport_size({"width": 360, "height": 740})
    look(desk, "43-charges-rows-360")
    desk.set_viewport_size({"width": 1280, "height": 900})
    _choose_file(desk, _filled_in(template, CHILDREN, 5))
    expect(desk.get_by_role("heading", level=1)).to_have_text("Công bố khoản thu này?")
    look(desk, "44-charges-preview-1280")
    press(desk, "Công bố")
    _until(desk, "2 chưa nộp")


def _pay_both(page: Page) -> None:
    """Choose both children's charge, pay them at once, look back."""
    page.goto(HOME)
    look(page, "45-family-charges-360")
    boxes = page.get_by_role("checkbox", name=re.compile(TITLE))
    expect(boxes).to_have_count(2)
    for box in boxes.all():
        box.check()
    press(page, "Trả khoản đã chọn")
    expect(page.get_by_role("main")).to_contain_text("300.000 đ")
    look(page, "46-family-check-360")
    press(page, "Trả 300.000 đ")
    look(page, "47-family-order-360")
    _pay_by_code(page)
    page.goto(HOME)
    _until(page, "Đã xong")
    page.get_by_role("link", name=re.compile(f"^{TITLE}")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Đã nộp 150.000 đ")
    look(page, "48-family-charge-360")
    page.goto(f"/en{HOME}")
    look(page, "48-family-charges-en-360")


def test_a_school_publishes_from_excel_and_a_mother_pays_two_children_at_once(
    running_portal: RunningPortal, page_at: PageAt, tmp_path: Path
) -> None:
    desk = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(desk, running_portal, "kieu")
    _publish_from_excel(desk, tmp_path)
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    _pay_both(page)
    desk.reload()
    _until(desk, "2 đã nộp")
    look(desk, "49-charges-paid-1280")
    desk.set_viewport_size({"width": 360, "height": 740})
    look(desk, "49-charges-paid-360")
    desk.get_by_role("link", name=CHILDREN[0]).click()
    desk.get_by_role("link", name="Sửa khoản thu").click()
    look(desk, "50-charge-correct-360")


def test_two_schools_with_two_terminals_are_paid_one_after_the_other(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    done = subprocess.run(
        [PYTHON, "-c", SECOND_CHILD, PAO.personal_id],
        cwd=ROOT,
        env=dict(running_portal.site.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    other = json.loads(done.stdout.splitlines()[-1])
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, PAO)
    page.goto(HOME)
    page.get_by_role("group", name="Giàng Thị Mỷ").get_by_role(
        "checkbox", name=re.compile("Nước uống")
    ).check()
    page.get_by_role("group", name=other["child"]).get_by_role("checkbox", name=other["title"]).check()
    press(page, "Trả khoản đã chọn")
    expect(page.get_by_role("main")).to_contain_text("2 tài khoản khác nhau nên anh/chị trả 2 lần")
    look(page, "51-two-terminals-360")
    page.get_by_role("button", name=re.compile("^Trả ")).first.click()
    _pay_by_code(page)
    page.goto(HOME)
    _until(page, "Còn khoản đã chọn chưa trả")
    look(page, "52-second-turn-360")
    page.get_by_role("link", name="Trả tiếp").click()
    page.get_by_role("button", name=re.compile("^Trả ")).click()
    _pay_by_code(page)
    page.goto(HOME)
    _until(page, "Đã xong")
    page.set_viewport_size({"width": 1280, "height": 900})
    look(page, "53-family-charges-1280")


def test_the_department_sees_the_cashless_share(running_portal: RunningPortal, page_at: PageAt) -> None:
    page = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(page, running_portal, "ngoc")
    page.get_by_role("link", name="Không tiền mặt").first.click()
    expect(page.get_by_role("main")).to_contain_text("vạch đứng là chỉ tiêu")
    look(page, "54-cashless-1280")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, "54-cashless-360")
    page.get_by_role("main").get_by_role("link", name=re.compile("^(Xã|Phường)")).first.click()
    look(page, "55-cashless-schools-360")
