"""Papers from the phone: two photos for one paper, looked at, turned, sent, and seen at the desk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from portal.demo.cast import MAI, RECEIVING_SCHOOL
from tests.documents import files
from tests.journeys.people import forget_draft, look, press, sign_in_officer, sign_in_parent
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

CHILD = "Nguyễn Bảo An"
INPUT = re.compile("Ảnh hoặc tệp PDF|Thêm ảnh hoặc tệp PDF")


def _file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def to_the_papers(page: Page) -> None:
    """Write a transfer for a child with an education plan, up to the page of its papers."""
    page.goto("/nop/2.002854/")
    forget_draft(page)
    press(page, "Bắt đầu")
    page.get_by_label(CHILD).check()
    press(page, "Tiếp tục")
    page.get_by_label("Tên trường", exact=True).fill("ban trang")
    press(page, "Tìm trường")
    page.get_by_label(RECEIVING_SCHOOL).check()
    page.get_by_label("Vào lớp").select_option("3")
    for box, value in (("Ngày", "30"), ("Tháng", "11"), ("Năm", "2027")):
        page.get_by_label(box, exact=True).fill(value)
    press(page, "Tiếp tục")
    page.get_by_label("Gia đình chuyển nơi ở").check()
    page.get_by_label("Có", exact=True).check()
    press(page, "Tiếp tục")
    page.get_by_label("Số điện thoại").fill("0900 000 118")
    page.get_by_label("Nơi ở hiện nay").fill("Tổ 5, phường Ban Trắng")
    press(page, "Tiếp tục")


def test_two_photos_travel_from_the_phone_to_the_desk(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    parent = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(parent, MAI)
    to_the_papers(parent)
    expect(parent.get_by_role("heading", level=1)).to_have_text("Giấy tờ cần gửi")
    look(parent, "papers-1-asked-360")
    press(parent, "Tiếp tục")
    expect(parent.get_by_role("alert")).to_contain_text("Chưa có “Kế hoạch giáo dục cá nhân”")
    look(parent, "papers-2-missing-360")
    parent.get_by_label(INPUT).set_input_files(
        [_file("a.jpg", files.jpeg()), _file("b.jpg", files.blurry()), _file("c.jpg", files.archive())]
    )
    progress = parent.locator("[data-progress]")
    expect(progress).to_contain_text("Tệp c.jpg không phải ảnh hoặc PDF")
    expect(progress).to_contain_text("a.jpg: Đã gửi")
    expect(parent.get_by_role("main")).to_contain_text("Ảnh hơi mờ")
    expect(parent.get_by_role("main").get_by_role("listitem").filter(has_text="Ảnh 2")).to_be_visible()
    parent.get_by_role("button", name="Xoay ảnh 1").click()
    look(parent, "papers-3-given-360")
    press(parent, "Tiếp tục")
    expect(parent.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại trước khi nộp")
    look(parent, "papers-4-check-360")
    for box in parent.get_by_role("checkbox").all():
        box.check()
    press(parent, "Nộp hồ sơ")
    expect(parent.get_by_role("main")).to_contain_text("Đã nhận hồ sơ lúc")
    look(parent, "papers-5-submitted-360")
    found = re.search(r"T-[0-9A-Z]{4}-[0-9A-Z]{2}", parent.get_by_role("main").inner_text())
    assert found is not None

    clerk = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(clerk, running_portal, "thang")
    clerk.goto("/ban-lam-viec/")
    clerk.get_by_label("Tìm mã, tên").fill(found[0])
    press(clerk, "Tìm")
    clerk.get_by_role("link", name=CHILD).first.click()
    expect(clerk.get_by_role("heading", name="Kế hoạch giáo dục cá nhân")).to_be_visible()
    look(clerk, "papers-6-desk-1280")
    clerk.get_by_role("link", name="Tiếp nhận", exact=True).click()
    press(clerk, "Tiếp nhận")

    with_slip = parent.get_by_role("link", name="Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    for _attempt in range(60):
        parent.reload()
        if with_slip.count():
            break
        parent.wait_for_timeout(1_000)
    look(parent, "papers-7-receipt-360")
    with parent.expect_download() as download:
        with_slip.click()
    stranger = page_at(360, base_url=running_portal.base_url)
    stranger.goto("/kiem-tra-van-ban/")
    look(stranger, "papers-8-verify-360")
    stranger.get_by_label("Tệp PDF").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": download.value.path().read_bytes()}
    )
    press(stranger, "Kiểm tra tệp")
    expect(stranger.get_by_role("status")).to_contain_text("là bản gốc và còn nguyên")
    look(stranger, "papers-9-genuine-360")
