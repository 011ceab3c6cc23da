"""One school transfer: written by a parent on a phone, accepted, confirmed, approved, delivered."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal.demo.cast import LEAVING_SCHOOL, MAI, PAO
from tests.journeys.people import (
    look,
    move,
    press,
    sign_in_officer,
    sign_in_parent,
    submit,
    write_transfer,
)
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

CHILD = "Nguyễn Bảo An"


def _find(page: Page, code: str) -> None:
    page.goto("/ban-lam-viec/")
    page.get_by_label("Tìm mã, tên").fill(code)
    press(page, "Tìm")
    page.get_by_role("link", name=CHILD).click()


def test_a_transfer_from_the_phone_to_the_decision(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    parent = page_at(360, base_url=base)
    sign_in_parent(parent, MAI)
    write_transfer(parent, CHILD, "3", "0900 000 118", shown=look)
    code = submit(parent, shown=look)
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
    # another journey of the same parent may have left its own messages: the newest stands first
    expect(parent.get_by_role("heading", name="Hồ sơ được tiếp nhận").first).to_be_visible()
    look(parent, "11-messages-360")


def test_the_status_is_told_for_code_and_phone_and_for_nothing_less(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    parent = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(parent, PAO)
    write_transfer(parent, "Giàng Thị Mỷ", "4", "0900 000 226")
    code = submit(parent)
    stranger = page_at(360, base_url=running_portal.base_url)
    for phone, expected in (
        ("0912345678", "Không tìm thấy hoặc thông tin chưa khớp"),
        ("0900 000 226", "Chuyển trường"),
    ):
        stranger.goto("/ho-so/tra-cuu/")
        stranger.get_by_label("Mã hồ sơ").fill(code)
        stranger.get_by_label("Số điện thoại ghi trong hồ sơ").fill(phone)
        press(stranger, "Xem")
        expect(stranger.get_by_role("main")).to_contain_text(expected)
    expect(stranger.get_by_role("main")).not_to_contain_text("Giàng")
    look(stranger, "12-lookup-360")
