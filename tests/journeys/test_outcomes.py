"""How a transfer can end: with one supplement, refused at reception or on the merits, withdrawn, late with an apology."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from portal.demo.cast import MAI, PAO
from tests.documents import files
from tests.journeys import inside
from tests.journeys.people import (
    look,
    move,
    press,
    sign_in_officer,
    sign_in_parent,
    submit,
    write_transfer,
)
from tests.journeys.test_papers import INPUT, to_the_papers
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]

CHILD = "Nguyễn Bảo An"
MY = "Giàng Thị Mỷ"


def _photo(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": files.jpeg()}


def _find(page: Page, code: str, child: str = CHILD) -> None:
    page.goto("/ban-lam-viec/")
    page.get_by_label("Tìm mã, tên").fill(code)
    press(page, "Tìm")
    page.get_by_role("link", name=child).click()


def _until(page: Page, there: Callable[[], bool]) -> None:
    """Look again until the workers have done their part."""
    for _second in range(60):
        if there():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    pytest.fail(f"it did not come: {page.get_by_role('main').inner_text()}")


def _document(page: Page, title: str) -> bytes:
    """Wait for a document on the dossier's page and download it."""
    link = page.get_by_role("link", name=title)
    _until(page, lambda: link.count() > 0)
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


def test_one_supplement_with_photos_and_a_rating(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    parent, clerk = page_at(360, base_url=base), page_at(1280, base_url=base)
    sign_in_parent(parent, MAI)
    to_the_papers(parent)
    parent.get_by_text("Xem ảnh mẫu").click()
    expect(parent.get_by_alt_text("Ảnh mẫu: Kế hoạch giáo dục cá nhân")).to_be_visible()
    look(parent, "40-example-360")
    parent.get_by_label(INPUT).set_input_files([_photo("a.jpg")])
    press(parent, "Tiếp tục")
    code = submit(parent)
    dossier_url = parent.url

    sign_in_officer(clerk, running_portal, "thang")
    _find(clerk, code)
    clerk.get_by_role("link", name="Yêu cầu bổ sung", exact=True).click()
    plan = clerk.get_by_role("group", name="Kế hoạch giáo dục cá nhân")
    plan.get_by_label("Ảnh mờ hoặc tối, không đọc được").check()
    plan.get_by_role("combobox", name="Trang").select_option("1")
    plan.get_by_label("Nói rõ").fill("Dòng ngày sinh không đọc được.")
    look(clerk, "41-ask-supplement-1280")
    press(clerk, "Yêu cầu bổ sung")

    parent.goto(dossier_url)
    parent.get_by_role("link", name="Bổ sung", exact=True).click()
    expect(parent.get_by_role("main")).to_contain_text(
        "Kế hoạch giáo dục cá nhân, trang 1: ảnh mờ hoặc tối"
    )
    parent.get_by_label("Phần bổ sung của anh/chị").fill("Gửi lại ảnh rõ hơn.")
    parent.get_by_label(INPUT).set_input_files([_photo("ro.jpg")])
    expect(parent.locator("[data-progress]")).to_contain_text("ro.jpg: Đã gửi")
    expect(parent.get_by_label("Phần bổ sung của anh/chị")).to_have_value("Gửi lại ảnh rõ hơn.")
    look(parent, "42-supply-360")
    press(parent, "Gửi phần bổ sung")
    expect(parent.get_by_role("main")).to_contain_text("Đã gửi phần bổ sung")

    _find(clerk, code)
    clerk.get_by_role("link", name="Yêu cầu bổ sung", exact=True).click()
    clerk.get_by_role("group", name="Nội dung đã khai").get_by_label("Nội dung khai chưa rõ").check()
    press(clerk, "Yêu cầu bổ sung")
    expect(clerk.get_by_role("alert")).to_contain_text("chỉ được yêu cầu bổ sung một lần")
    look(clerk, "43-once-1280")
    _to_the_decision(running_portal, page_at, clerk, code)
    _letter_and_rating(page_at(360, base_url=base), parent, dossier_url)


def _to_the_decision(running_portal: RunningPortal, page_at: PageAt, clerk: Page, code: str) -> None:
    base = running_portal.base_url
    _find(clerk, code)
    move(clerk, "Tiếp nhận", "Tiếp nhận")
    move(clerk, "Chuyển xử lý", "Chuyển xử lý")
    official = re.search(r"H99[.\d]*-\d{6}-\d{4}", clerk.get_by_role("main").inner_text())
    assert official is not None
    leaving = page_at(1280, base_url=base)
    sign_in_officer(leaving, running_portal, "thu")
    _find(leaving, official[0])
    move(leaving, "Xác nhận, chuyển bước tiếp", "Xác nhận, chuyển bước tiếp")
    principal = page_at(1280, base_url=base)
    sign_in_officer(principal, running_portal, "hanh")
    _find(principal, official[0])
    principal.get_by_role("link", name="Đồng ý", exact=True).click()
    look(principal, "44-sign-1280")
    principal.go_back()
    move(principal, "Đồng ý", "Đồng ý")
    _find(clerk, official[0])
    move(clerk, "Trả kết quả", "Trả kết quả")


def _letter_and_rating(stranger: Page, parent: Page, dossier_url: str) -> None:
    parent.goto(dossier_url)
    letter = _document(parent, "Thông báo kết quả giải quyết hồ sơ")
    expect(parent.get_by_role("main")).to_contain_text("ký số bởi Cầm Thị Hạnh, Hiệu trưởng")
    stranger.goto("/kiem-tra-van-ban/")
    stranger.get_by_label("Tệp PDF").set_input_files(
        {"name": "a.pdf", "mimeType": "application/pdf", "buffer": letter}
    )
    press(stranger, "Kiểm tra tệp")
    expect(stranger.get_by_role("status")).to_contain_text("là bản gốc và còn nguyên")
    parent.get_by_role("link", name="Đánh giá", exact=True).click()
    press(parent, "Gửi đánh giá")
    expect(parent.get_by_role("alert")).to_contain_text("Chọn một mức hài lòng")
    parent.get_by_label("Rất hài lòng").check()
    look(parent, "45-rating-360")
    press(parent, "Gửi đánh giá")
    expect(parent.get_by_role("main")).to_contain_text("anh/chị đã đánh giá: rất hài lòng")
    look(parent, "46-rated-360")


def test_refused_at_reception(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    parent, clerk = page_at(360, base_url=base), page_at(1280, base_url=base)
    sign_in_parent(parent, PAO)
    write_transfer(parent, MY, "4", "0900 000 226")
    code = submit(parent)
    sign_in_officer(clerk, running_portal, "thang")
    _find(clerk, code, MY)
    clerk.get_by_role("link", name="Không tiếp nhận", exact=True).click()
    press(clerk, "Không tiếp nhận")
    expect(clerk.get_by_role("alert")).to_contain_text("Ghi lý do")
    clerk.locator("#note").fill("Cháu đang học lớp 2, hồ sơ ghi lớp 4.")
    press(clerk, "Không tiếp nhận")
    parent.reload()
    expect(parent.get_by_role("main")).to_contain_text("Cháu đang học lớp 2")
    slip = _document(parent, "Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    assert slip.startswith(b"%PDF")
    look(parent, "50-reception-refused-360")
    expect(parent.get_by_role("link", name="Đánh giá", exact=True)).to_have_count(0)


def test_refused_on_the_merits(running_portal: RunningPortal, page_at: PageAt) -> None:
    base = running_portal.base_url
    found = inside.ask(running_portal, "before_the_principal")
    principal, parent = page_at(1280, base_url=base), page_at(360, base_url=base)
    sign_in_officer(principal, running_portal, "hanh")
    _find(principal, found["code"], MY)
    move(principal, "Không đồng ý", "Không đồng ý", "Khối lớp 4 đã đủ sĩ số theo quy định.")
    expect(principal.get_by_role("main")).to_contain_text("Đã xong: không đồng ý")
    sign_in_parent(parent, PAO)
    parent.goto(f"/ho-so/{found['id']}/")
    letter = _document(parent, "Thông báo không đồng ý giải quyết hồ sơ")
    assert letter.startswith(b"%PDF")
    expect(parent.get_by_role("main")).to_contain_text("Khối lớp 4 đã đủ sĩ số theo quy định.")
    look(parent, "51-refused-360")
    parent.goto("/ho-so/tin-nhan/")
    expect(parent.get_by_role("main")).to_contain_text("cách khiếu nại")


def test_withdrawn_by_the_parent(running_portal: RunningPortal, page_at: PageAt) -> None:
    found = inside.ask(running_portal, "before_the_principal")
    base = running_portal.base_url
    parent, principal = page_at(360, base_url=base), page_at(1280, base_url=base)
    sign_in_officer(principal, running_portal, "hanh")
    _find(principal, found["code"], MY)
    principal.get_by_role("link", name="Đồng ý", exact=True).click()
    sign_in_parent(parent, PAO)
    parent.goto(f"/ho-so/{found['id']}/")
    parent.get_by_role("link", name="Rút hồ sơ").click()
    look(parent, "52-withdraw-360")
    press(parent, "Rút hồ sơ")
    expect(parent.get_by_role("main")).to_contain_text("Anh/chị đã rút hồ sơ")
    look(parent, "53-withdrawn-360")
    press(principal, "Đồng ý")
    expect(principal.get_by_role("main")).to_contain_text("nay là “Đã rút hồ sơ”")


def test_late_with_an_apology(running_portal: RunningPortal, page_at: PageAt) -> None:
    found = inside.ask(running_portal, "late")
    inside.ask(running_portal, "wake_the_apologies")
    base = running_portal.base_url
    parent, clerk = page_at(360, base_url=base), page_at(1280, base_url=base)
    sign_in_parent(parent, PAO)
    parent.goto(f"/ho-so/{found['id']}/")
    _until(parent, lambda: "hẹn lại: chậm nhất" in parent.get_by_role("main").inner_text())
    slip = _document(parent, "Phiếu xin lỗi và hẹn lại ngày trả kết quả")
    assert slip.startswith(b"%PDF")
    look(parent, "54-apology-360")
    parent.goto("/ho-so/tin-nhan/")
    expect(parent.get_by_role("main")).to_contain_text("Xin lỗi và hẹn lại ngày trả kết quả")
    sign_in_officer(clerk, running_portal, "thang")
    _find(clerk, found["code"], MY)
    expect(clerk.get_by_role("main")).to_contain_text("Đã xin lỗi, hẹn lại")
    look(clerk, "55-late-1280")
    clerk.goto("/ban-lam-viec/so-theo-doi/")
    look(clerk, "56-ledger-1280")
    principal = page_at(1280, base_url=base)
    sign_in_officer(principal, running_portal, "hanh")
    principal.goto("/ban-lam-viec/loi-van-ban/")
    look(principal, "57-wording-1280")
