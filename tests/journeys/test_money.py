"""Money on a phone: a fee with the submission, paid by a grandmother; expired, lost and late words; held; given back."""

from __future__ import annotations

import re

import httpx
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.common.clock import local_day
from portal.demo.cast import MAI, PAO, RECEIVING_SCHOOL, Parent
from tests.journeys.people import forget_draft, look, press, sign_in_officer, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

CHILDREN = {PAO.personal_id: "Giàng Thị Mỷ", MAI.personal_id: "Nguyễn Gia Bình"}


def _write(page: Page, parent: Parent) -> str:
    """Fill in the form of a procedure whose fee is part of submitting, up to the bank's door; give its address."""
    page.goto("/nop/H99-XNQT/")
    forget_draft(page)
    press(page, "Bắt đầu")
    page.get_by_label(CHILDREN[parent.personal_id]).check()
    press(page, "Tiếp tục")
    page.get_by_label("Tên trường", exact=True).or_(page.get_by_role("textbox").first).first.fill(
        "ban trang"
    )
    page.get_by_label("Số điện thoại").fill("0900000226")
    press(page, "Tiếp tục")
    page.get_by_label(RECEIVING_SCHOOL).check()
    press(page, "Tiếp tục")
    page.get_by_label("Không thuộc diện nào").check()
    press(page, "Tiếp tục")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại trước khi nộp")
    for box in page.get_by_role("checkbox").all():
        box.check()
    return page.url


def _to_pay(page: Page) -> str:
    """Press the one button; give the payment's code."""
    press(page, "Trả lệ phí và nộp hồ sơ")
    page.wait_for_url("**/thanh-toan/**")
    found = re.search(r"\b[2-9A-Z]{10}\b", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def _to_the_bank(page: Page) -> None:
    page.get_by_role("radio", name="Quét mã VNPAY-QR").check()
    press(page, "Sang trang thanh toán")
    page.wait_for_url("**/pay/**")


def _pay(page: Page) -> None:
    press(page, "Tôi đã quét và trả tiền")
    page.wait_for_url("**/thanh-toan/**")


def _fault(portal: RunningPortal, kind: str, reference: str, seconds: float = 0.0) -> None:
    given = {"kind": kind, "reference": reference, "times": 1, "seconds": seconds}
    assert httpx.post(f"{portal.address('bank')}/sandbox/api/faults", json=given).status_code == 201


def _until(page: Page, words: str, seconds: int = 60) -> None:
    """Look again until the page says it: bank and workers take their own time."""
    for _second in range(seconds // 2):
        if words in page.get_by_role("main").inner_text():
            return
        page.wait_for_timeout(2_000)
        page.reload()
    pytest.fail(f"{words!r} did not come; the page says {page.get_by_role('main').inner_text()!r}")


def test_a_grandmother_pays_by_link_and_the_draft_is_submitted(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, PAO)
    draft = _write(page, PAO)
    look(page, "40-check-with-fee-360")
    code = _to_pay(page)
    look(page, "41-pay-with-submission-360")
    page.get_by_role("link", name="Xem và in phiếu").click()
    look(page, "42-slip-360")
    link = page.get_by_role("main").get_by_role("link", name="/thanh-toan/tra-ho/").get_attribute("href")
    word = page.get_by_text(re.compile(r"^\S+ \S+ \d\d$")).inner_text()
    assert link is not None

    grandmother = page_at(360, base_url=running_portal.base_url)
    grandmother.goto("/thanh-toan/tra-ho/")
    look(grandmother, "43-pay-for-somebody-360")
    grandmother.get_by_label("Mã thanh toán").fill(code.lower())
    grandmother.get_by_label("Từ kiểm tra").fill("sai rồi 00")
    press(grandmother, "Xem khoản phải trả")
    expect(grandmother.get_by_role("alert")).to_contain_text("Không tìm thấy hoặc thông tin chưa khớp")
    look(grandmother, "44-wrong-word-360")
    grandmother.get_by_label("Từ kiểm tra").fill(word)
    press(grandmother, "Xem khoản phải trả")
    expect(grandmother.get_by_role("main")).to_contain_text("20.000")
    expect(grandmother.get_by_role("main")).not_to_contain_text(PAO.full_name)
    look(grandmother, "45-pay-by-link-360")
    _to_the_bank(grandmother)

    page.goto(draft)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bản nháp đang được thanh toán")
    look(page, "46-draft-locked-360")

    _pay(grandmother)
    _until(grandmother, "Đã nhận thanh toán")
    _until(grandmother, "Kiểm tra biên lai")
    look(grandmother, "47-paid-by-link-360")
    for _second in range(60):
        page.goto(draft)
        if "/ho-so/" in page.url:
            break
        page.wait_for_timeout(1_000)
    expect(page.get_by_role("main")).to_contain_text("Mã tạm")
    page.goto("/ho-so/thanh-toan/")
    _until(page, "Biên lai số")
    look(page, "48-my-payments-360")
    # a link that is followed leads to the same order
    grandmother.goto(link)
    expect(grandmother.get_by_role("main")).to_contain_text("Đã nhận thanh toán")


def test_a_payment_runs_out_of_time_and_one_is_told_late(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    _write(page, MAI)
    code = _to_pay(page)
    _to_the_bank(page)
    press(page, "Để hết giờ thanh toán")
    page.wait_for_url("**/thanh-toan/**")
    _until(page, "Lần thanh toán trước không thành công")
    look(page, "49-expired-360")

    _fault(running_portal, "lose", f"{code}-2")
    _to_the_bank(page)
    _pay(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Đang chờ ngân hàng xác nhận")
    expect(page.get_by_role("main")).to_contain_text("Đừng trả lại lần nữa")
    look(page, "50-told-late-360")
    # nobody told us: we ask, and what the bank answers settles
    _until(page, "Đã nhận thanh toán", seconds=180)
    look(page, "51-paid-late-360")


def test_two_accountants_let_money_in_and_give_it_back(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    parent = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(parent, PAO)
    _write(parent, PAO)
    code = _to_pay(parent)
    _fault(running_portal, "suspect", f"{code}-1")
    _to_the_bank(parent)
    _pay(parent)
    _until(parent, "Ngân hàng đang kiểm tra")
    look(parent, "52-held-360")

    nga = page_at(360, base_url=running_portal.base_url)
    sign_in_officer(nga, running_portal, "nga")
    nga.goto("/ban-lam-viec/tai-chinh/")
    look(nga, "53-books-360")
    nga.get_by_role("link", name="Ngân hàng tạm giữ").click()
    look(nga, "54-held-list-360")
    nga.get_by_role("link", name=f"Quyết định {code}").click()
    press(nga, "Nhận tiền")
    expect(nga.get_by_role("alert")).to_contain_text("Ghi lý do")
    nga.get_by_label("Lý do").fill("Ngân hàng đã xác minh với chủ thẻ")
    look(nga, "55-held-decide-360")
    press(nga, "Nhận tiền")
    expect(nga.get_by_role("main")).to_contain_text("Đã nhận tiền")
    _until(parent, "Đã nhận thanh toán")


def test_a_refund_takes_two_officers_and_the_bank(running_portal: RunningPortal, page_at: PageAt) -> None:
    parent = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(parent, MAI)
    _write(parent, MAI)
    code = _to_pay(parent)
    _to_the_bank(parent)
    _pay(parent)
    _until(parent, "Đã nhận thanh toán")

    nga = page_at(360, base_url=running_portal.base_url)
    sign_in_officer(nga, running_portal, "nga")
    nga.goto("/ban-lam-viec/tai-chinh/")
    nga.get_by_label("Tìm theo mã thanh toán").fill(code)
    press(nga, "Tìm")
    look(nga, "56-payment-360")
    nga.get_by_role("link", name="Đề nghị hoàn").click()
    nga.get_by_label("Số tiền hoàn").fill("5.000 đ")
    nga.get_by_label("Lý do").fill("Thu thừa")
    look(nga, "57-refund-propose-360")
    press(nga, "Gửi đề nghị")
    expect(nga.get_by_role("main")).to_contain_text("Một người khác giữ sổ của đơn vị phải duyệt")

    duc = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(duc, running_portal, "duc")
    duc.goto("/ban-lam-viec/tai-chinh/hoan/")
    look(duc, "58-refunds-1280")
    duc.get_by_role("row").filter(has_text=code).get_by_role("link").click()
    look(duc, "59-refund-1280")
    press(duc, "Duyệt, gửi lệnh hoàn")
    expect(duc.get_by_role("main")).to_contain_text("Đã duyệt")
    _until(duc, "Tiền đã về người trả", seconds=240)
    duc.goto(f"/ban-lam-viec/tai-chinh/khoan/{code}/")
    look(duc, "60-payment-1280")
    duc.goto("/ban-lam-viec/tai-chinh/")
    look(duc, "61-books-1280")
    parent.goto("/ho-so/thanh-toan/")
    expect(parent.get_by_role("main")).to_contain_text("Đã hoàn 5.000 đ")

    yen = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(yen, running_portal, "yen")
    today = local_day(timezone.now())
    yen.goto(f"/ban-lam-viec/tai-chinh/doi-chieu/?day-day={today:%d/%m/%Y}")
    press(yen, "Đối chiếu lại ngày này")
    _until(yen, "Nơi thu đã được báo")
    # other journeys may differ on purpose; this one does not
    expect(yen.get_by_role("main")).not_to_contain_text(code)
    look(yen, "62-report-1280")
    yen.set_viewport_size({"width": 360, "height": 800})
    look(yen, "63-report-360")
