"""One school transfer: written by a parent on a phone, accepted, confirmed, approved, delivered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal.demo.cast import LEAVING_SCHOOL, MAI, RECEIVING_SCHOOL
from tests.journeys.people import look, move, press, sign_in_officer, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

CHILD = "Nguyễn Bảo An"


def _fill_in(page: Page) -> None:
    page.goto("/")
    look(page, "01-home-360")
    page.get_by_role("link", name="Chuyển trường").last.click()
    look(page, "02-procedure-360")
    page.get_by_role("link", name="Bắt đầu nộp hồ sơ").click()
    look(page, "03-start-360")
    press(page, "Bắt đầu")
    page.get_by_label(CHILD).check()
    press(page, "Tiếp tục")

    page.get_by_label("Tên trường", exact=True).fill("ban trang")
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_contain_text("chỗ cần sửa")
    look(page, "04-errors-360")
    page.get_by_label(RECEIVING_SCHOOL).check()
    page.get_by_label("Vào lớp").select_option("3")
    page.get_by_label("Ngày", exact=True).fill("31")
    page.get_by_label("Tháng", exact=True).fill("11")
    page.get_by_label("Năm", exact=True).fill("2027")
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_contain_text("Tháng 11 chỉ có 30 ngày")
    expect(page.get_by_label(RECEIVING_SCHOOL)).to_be_checked()
    page.get_by_label("Ngày", exact=True).fill("30")
    press(page, "Tiếp tục")

    page.get_by_label("Gia đình chuyển nơi ở").check()
    page.get_by_label("Không", exact=True).check()
    press(page, "Tiếp tục")

    page.get_by_label("Số điện thoại").fill("0900 000 118")
    page.get_by_label("Nơi ở hiện nay").fill("Tổ 5, phường Ban Trắng")
    press(page, "Tiếp tục")


def _submit(page: Page) -> str:
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại trước khi nộp")
    expect(page.get_by_role("main")).to_contain_text("5 ngày làm việc")
    look(page, "05-check-360")
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("alert")).to_contain_text("cam đoan")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận hồ sơ lúc")
    look(page, "06-submitted-360")
    found = re.search(r"T-[0-9A-Z]{4}-[0-9A-Z]{2}", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]


def _find(page: Page, code: str) -> None:
    page.goto("/ban-lam-viec/")
    page.get_by_label("Tìm mã, tên").fill(code)
    press(page, "Tìm")
    page.get_by_role("link", name=CHILD).click()


def test_a_transfer_from_the_phone_to_the_decision(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    parent = page_at(360, base_url=base)
    sign_in_parent(parent, MAI)
    _fill_in(parent)
    code = _submit(parent)
    dossier_url = parent.url

    clerk = page_at(1280, base_url=base)
    sign_in_officer(clerk, running_portal, "thang")
    look(clerk, "07-queue-1280")
    _find(clerk, code)
    look(clerk, "08-dossier-1280")
    move(clerk, "Tiếp nhận", "Tiếp nhận")
    official = re.search(r"H99[.\d]*-\d{6}-\d{4}", clerk.get_by_role("main").inner_text())
    assert official is not None
    move(clerk, "Chuyển xử lý", "Chuyển xử lý")
    expect(clerk.get_by_role("main")).to_contain_text(LEAVING_SCHOOL)

    leaving = page_at(1280, base_url=base)
    sign_in_officer(leaving, running_portal, "thu")
    _find(leaving, official[0])
    move(leaving, "Xác nhận, chuyển bước tiếp", "Xác nhận, chuyển bước tiếp", "Kết quả học tập đúng.")

    principal = page_at(1280, base_url=base)
    sign_in_officer(principal, running_portal, "hanh")
    _find(principal, official[0])
    look(principal, "09-principal-1280")
    move(principal, "Đồng ý", "Đồng ý")

    clerk.goto("/ban-lam-viec/")
    _find(clerk, official[0])
    move(clerk, "Trả kết quả", "Trả kết quả")

    parent.goto(dossier_url)
    expect(parent.get_by_role("main")).to_contain_text("Đã trả kết quả")
    expect(parent.get_by_role("main")).to_contain_text("đã đồng ý")
    look(parent, "10-delivered-360")
    parent.goto("/ho-so/tin-nhan/")
    expect(parent.get_by_role("heading", name="Hồ sơ được tiếp nhận")).to_be_visible()
    look(parent, "11-messages-360")


def test_the_status_is_told_for_code_and_phone_and_for_nothing_less(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    page.goto("/ho-so/")
    row = page.get_by_role("main").inner_text()
    found = re.search(r"(H99[.\d]*-\d{6}-\d{4}|T-[0-9A-Z]{4}-[0-9A-Z]{2})", row)
    assert found is not None, row
    stranger = page_at(360, base_url=running_portal.base_url)
    for phone, expected in (
        ("0912345678", "Không tìm thấy hoặc thông tin chưa khớp"),
        ("0900 000 118", "Chuyển trường"),
    ):
        stranger.goto("/ho-so/tra-cuu/")
        stranger.get_by_label("Mã hồ sơ").fill(found[0])
        stranger.get_by_label("Số điện thoại ghi trong hồ sơ").fill(phone)
        press(stranger, "Xem")
        expect(stranger.get_by_role("main")).to_contain_text(expected)
    expect(stranger.get_by_role("main")).not_to_contain_text(CHILD)
    look(stranger, "12-lookup-360")
