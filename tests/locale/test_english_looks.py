"""A parent who reads no Vietnamese: from home to a submitted dossier, on a phone and on a wide screen."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from portal.common.clock import local_day
from portal.demo.cast import MAI, PARENT_PASSWORD, RECEIVING_SCHOOL
from tests.journeys import inside
from tests.journeys.people import forget_draft, look, press
from tests.locale.support import vietnamese_in
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]

CHILD = "Nguyễn Bảo An"
NAMES = (
    CHILD,
    "Nguyễn Gia Bình",
    MAI.full_name,
    RECEIVING_SCHOOL,
    "Trường Tiểu học Nậm Ban",
    "phường Ban Trắng",
    "Xã Nậm Ban",
    "Xã Ban Trắng",
    "Tổ 5",
    "Sở Giáo dục và Đào tạo tỉnh Hoa Ban",
)
WIDTHS = (360, 1280)


def people(portal: RunningPortal) -> list[str]:
    """Everybody's names: another journey may have given Mai a further child."""
    return sorted(inside.ask(portal, "names"), key=len, reverse=True)


def see(page: Page, name: str, *names: str) -> None:
    """Look at a page at its width, and find no Vietnamese but names."""
    assert page.locator("html").get_attribute("lang") == "en"
    look(page, f"en-{name}-{page.viewport_size['width']}")  # type: ignore[index]  # pages here have a size
    assert vietnamese_in(page.content(), *NAMES, *names) == [], name


def sign_in(page: Page) -> None:
    page.goto("/en/dang-nhap/")
    see(page, "02-sign-in")
    page.get_by_role("link", name="Sign in with VNeID").click()
    # the provider speaks Vietnamese, as VNeID does
    page.get_by_label("Số định danh").fill(MAI.personal_id)
    page.get_by_label("Mật khẩu").fill(PARENT_PASSWORD)
    page.get_by_role("button", name="Đồng ý và đăng nhập").click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)
    assert "/en/" in page.url


@pytest.mark.parametrize("width", WIDTHS)
def test_public_pages_look_right_in_english(
    running_portal: RunningPortal, page_at: PageAt, width: int
) -> None:
    page = page_at(width, base_url=running_portal.base_url)
    for name, path in {
        "00-home": "/en/", "01-catalogue": "/en/thu-tuc/", "01-none": "/en/thu-tuc/?q=xyz",
        "03-procedure": "/en/thu-tuc/chuyen-truong/", "04-lookup": "/en/ho-so/tra-cuu/",
        "05-officers": "/en/can-bo/dang-nhap/",
    }.items():  # fmt: skip
        page.goto(path)
        see(page, name)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_transfer_is_submitted_in_english(
    running_portal: RunningPortal, page_at: PageAt, width: int
) -> None:
    page = page_at(width, base_url=running_portal.base_url)
    sign_in(page)
    see(page, "06-desk", *people(running_portal))
    page.goto("/en/thu-tuc/chuyen-truong/")
    page.get_by_role("link", name="Start", exact=True).click()
    forget_draft(page, "Start|Go on", "Delete the draft")
    see(page, "07-start")
    press(page, "Start")
    page.get_by_label(CHILD).check()
    press(page, "Continue")
    page.get_by_label("School name").fill("ban trang")
    press(page, "Continue")
    expect(page.get_by_role("alert")).to_contain_text("to correct")
    see(page, "08-errors", *page.locator(".choice-words > *").all_inner_texts())
    page.get_by_label(RECEIVING_SCHOOL).check()
    page.get_by_label("Grade").select_option("3")
    starts = local_day(dt.datetime.now(dt.UTC)) + dt.timedelta(days=14)
    page.get_by_label("Day", exact=True).fill(str(starts.day))
    page.get_by_label("Month", exact=True).fill(str(starts.month))
    page.get_by_label("Year", exact=True).fill(str(starts.year))
    press(page, "Continue")
    page.get_by_label("The family moved").check()
    page.get_by_label("No", exact=True).check()
    press(page, "Continue")
    page.get_by_label("Phone").fill("0900 000 118")
    page.get_by_label("Address").fill("Tổ 5, phường Ban Trắng")
    press(page, "Continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers before submitting")
    see(page, "09-check")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Submit the dossier")
    expect(page.get_by_role("main")).to_contain_text("The dossier was received at")
    see(page, "10-submitted")
    page.goto("/en/ho-so/tin-nhan/")
    see(page, "11-messages", *people(running_portal))
    page.goto("/en/tai-khoan/gia-dinh/")
    see(page, "12-family", *people(running_portal))
    page.get_by_role("link", name="Add a child").click()
    see(page, "13-claim")
