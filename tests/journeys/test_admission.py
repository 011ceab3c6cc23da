"""A season: a parent finds the school, registers twins on a phone; the school verifies; the board publishes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal.demo.cast import MAI, PAO
from tests.journeys.people import look, press, sign_in_officer, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

SEASON = re.compile(r"Tuyển sinh lớp 1")
TWINS = ("Nguyễn Minh Châu", "Nguyễn Minh Khang")


def _register(page: Page, *, pictures: bool) -> None:
    """Fill in three pages, mistakes and all, for the child whose form is open."""

    def shown(name: str) -> None:
        if pictures:
            look(page, name)

    page.get_by_label("Thường trú").check()
    page.get_by_label("Không", exact=True).check()
    page.get_by_label("Cháu đang ở đâu?").fill("xã Nậm Ban Hạ, huyện Mường Ban")
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_contain_text("Chọn nơi ở của cháu")
    shown("admission-03-places-360")
    page.get_by_role("radio", name=re.compile("Xã Nậm Ban")).first.check()
    press(page, "Tiếp tục")
    expect(page.get_by_role("main")).to_contain_text("Trường đúng tuyến nhà mình")
    shown("admission-04-choices-360")
    press(page, "Tiếp tục")
    press(page, "Nộp đăng ký")
    expect(page.get_by_role("alert")).to_contain_text("cam đoan")
    shown("admission-05-check-360")
    page.get_by_role("checkbox").check()
    press(page, "Nộp đăng ký")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận đăng ký")
    shown("admission-06-receipt-360")


def _finds_the_school(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Tuyển sinh").click()
    page.get_by_role("link", name=SEASON).click()
    look(page, "admission-01-season-360")
    page.get_by_role("link", name="Trường nào đúng tuyến nhà tôi?").click()
    page.get_by_label("Nơi ở của cháu").fill("xã Nậm Ban Thượng")
    press(page, "Tìm")
    expect(page.get_by_role("main")).to_contain_text("là tên cũ")
    page.get_by_role("main").get_by_role("link", name=re.compile("Xã Nậm Ban")).first.click()
    expect(page.get_by_role("main")).to_contain_text("thuộc tuyến của trường này")
    look(page, "admission-02-finder-360")


def _twins(page: Page) -> str:
    sign_in_parent(page, MAI)
    page.goto("/tuyen-sinh/")
    page.get_by_role("link", name=SEASON).click()
    page.get_by_role("link", name="Đăng ký cho con").click()
    page.get_by_role("link", name="Bắt đầu đăng ký").click()
    page.get_by_role("link", name=re.compile(f"(Đăng ký|Viết tiếp) {TWINS[0]}")).click()
    _register(page, pictures=True)
    page.get_by_role("link", name=f"Đăng ký cho {TWINS[1]}").click()
    expect(page.get_by_label("Cháu đang ở đâu?")).to_have_value(re.compile("Xã Nậm Ban"))
    _register(page, pictures=False)
    page.get_by_role("link", name="Sửa nơi ở").click()
    page.get_by_label("Tạm trú hoặc nơi ở hiện tại").check()
    press(page, "Lưu nơi ở mới")
    expect(page.get_by_role("main")).to_contain_text("Bản 2, nhận lúc")
    look(page, "admission-07-amended-360")
    return page.url


def _closes_the_window(officer: Page) -> None:
    officer.goto("/ban-lam-viec/tuyen-sinh/")
    officer.get_by_role("link", name=SEASON).click()
    look(officer, "admission-08-board-1280")
    officer.get_by_role("link", name=re.compile("^Sửa Đăng ký trực tuyến")).click()
    officer.get_by_label("Mở lúc").fill("2026-01-01T08:00")
    officer.get_by_label("Đóng lúc").fill("2026-01-02T08:00")
    officer.get_by_label("Lý do, mọi người đều đọc được").fill("Đóng sớm để diễn tập")
    press(officer, "Ghi thời gian")


def _verifies(clerk: Page, name: str) -> None:
    clerk.goto("/ban-lam-viec/tuyen-sinh/")
    clerk.get_by_role("link", name=SEASON).click()
    look(clerk, "admission-09-queue-1280")
    clerk.get_by_role("link", name=name).click()
    expect(clerk.get_by_role("main")).to_contain_text("Dữ liệu đã có")
    look(clerk, "admission-10-evidence-1280")
    press(clerk, "Đúng, tiếp nhận")
    expect(clerk.get_by_role("main")).to_contain_text("Đã xác minh đăng ký")


def _until(page: Page, words: str) -> None:
    """Look again until a worker has done what it was asked for."""
    for _ in range(30):
        if page.get_by_role("main").get_by_text(words).count():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.get_by_role("main")).to_contain_text(words)


def test_a_season_from_the_phone_to_the_result(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    parent = page_at(360, base_url=base)
    _finds_the_school(parent)
    own = _twins(parent)

    ngoc, son = page_at(1280, base_url=base), page_at(1280, base_url=base)
    sign_in_officer(ngoc, running_portal, "ngoc")
    _closes_the_window(ngoc)
    clerk = page_at(1280, base_url=base)
    sign_in_officer(clerk, running_portal, "thu")
    for name in TWINS:
        _verifies(clerk, name)

    press(ngoc, "Chạy thử")
    _until(ngoc, "Lần chạy thử gần nhất")
    look(ngoc, "admission-11-dry-run-1280")
    press(ngoc, "Chốt danh sách")
    _until(ngoc, "Hai người cùng nhập giá trị công khai")
    ngoc.get_by_label("Giá trị, đúng như nguồn").fill("45")
    press(ngoc, "Ghi giá trị công khai")
    sign_in_officer(son, running_portal, "son")
    son.goto(ngoc.url)
    son.get_by_label("Giá trị, đúng như nguồn").fill("45")
    press(son, "Ghi giá trị công khai")
    ngoc.reload()
    press(ngoc, "Đề nghị công bố")
    son.reload()
    press(son, "Duyệt và công bố")
    _until(son, "Gia đình đang xác nhận nhập học")

    parent.goto(own)
    expect(parent.get_by_role("main")).to_contain_text("con anh/chị được nhận")
    parent.get_by_role("link", name="Tính lại trước mắt tôi").click()
    expect(parent.get_by_role("main")).to_contain_text("Đăng ký của cháu nằm trong danh sách đã chốt")
    look(parent, "admission-12-result-360")


def test_a_family_declines_its_place(running_portal: RunningPortal, page_at: PageAt) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, PAO)
    page.goto("/tuyen-sinh/")
    page.get_by_role("link", name=re.compile("Tuyển sinh lớp 6")).click()
    look(page, "admission-13-published-360")
    page.get_by_role("link", name="Xem đăng ký của con tôi").click()
    page.get_by_role("link", name="Xem đăng ký Giàng A Lử").click()
    expect(page.get_by_role("main")).to_contain_text("Cháu được nhận vào")
    look(page, "admission-14-place-360")
    page.get_by_role("link", name="Từ chối chỗ học").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Từ chối chỗ học?")
    look(page, "admission-15-decline-360")
    press(page, "Từ chối chỗ học")
    expect(page.get_by_role("main")).to_contain_text("Đã từ chối")
