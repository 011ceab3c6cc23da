"""How people of the demo province act in a browser: they sign in, they read, they press buttons."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.demo.cast import OFFICER_PASSWORD, PARENT_PASSWORD, RECEIVING_SCHOOL, Parent
from tasks.places import PYTHON, ROOT
from tests.support.portal_fixtures import RunningPortal

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam  # offered to type checkers nowhere else

#: cookies of officers who are signed in, by address and user name
_SESSIONS: dict[tuple[str, str], list[SetCookieParam]] = {}
#: who works at a page: a decision asks for another code of theirs
_OFFICERS: WeakKeyDictionary[Page, tuple[RunningPortal, str]] = WeakKeyDictionary()

SCREENSHOTS = ROOT / "tests" / "screenshots"


def sign_in_parent(page: Page, parent: Parent) -> None:
    """Go through the provider that plays VNeID."""
    page.goto("/dang-nhap/")
    page.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    page.get_by_label("Số định danh").fill(parent.personal_id)
    page.get_by_label("Mật khẩu").fill(PARENT_PASSWORD)
    page.get_by_role("button", name="Đồng ý và đăng nhập").click()
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def sign_in_officer(page: Page, portal: RunningPortal, username: str) -> None:
    """Sign in with password and a code, as ``./run manage officer_code`` prints it; later with that session.

    A person signs in once a morning; every journey asking for codes anew would run into their throttle.
    """
    _OFFICERS[page] = (portal, username)
    kept = _SESSIONS.get((portal.base_url, username))
    if kept:
        page.context.add_cookies(kept)
        page.goto("/ban-lam-viec/")
        if "/can-bo/dang-nhap/" not in page.url:
            return
    page.goto("/can-bo/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(OFFICER_PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã").fill(officer_code(portal, username))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/can-bo/dang-nhap/" not in url)
    _SESSIONS[portal.base_url, username] = [
        {"name": cookie["name"], "value": cookie["value"], "url": portal.base_url}
        for cookie in page.context.cookies()
    ]


def officer_code(portal: RunningPortal, username: str) -> str:
    """Ask the demo for an officer's present code, in a process of its own."""
    done = subprocess.run(
        [PYTHON, "-m", "django", "officer_code", username],
        cwd=ROOT,
        env=dict(portal.site.environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split()[0]


def look(page: Page, name: str) -> None:
    """Keep a picture for people to look at, and let axe look at once: no violations at all."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=Path(SCREENSHOTS / f"{name}.png"), full_page=True)
    results = Axe().run(page)
    assert results.violations_count == 0, f"{name}: {results.generate_report()}"
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{name} scrolls sideways: {width}"


def press(page: Page, name: str) -> None:
    """Press the one button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def move(page: Page, link: str, button: str, note: str = "") -> None:
    """Make a move as an officer: the link of the action bar, the review page, the button."""
    page.get_by_role("link", name=link, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("?")
    if note:
        page.locator("#note").fill(note)
    code = page.get_by_label("Mã xác nhận để ký số")
    if not code.count():
        press(page, button)
        return
    portal, username = _OFFICERS[page]
    for _attempt in range(4):
        code.fill(officer_code(portal, username))
        press(page, button)
        if not page.get_by_text("Mã chưa đúng hoặc đã dùng").count():
            return
        page.wait_for_timeout(
            20_000
        )  # all codes of this half minute are used: wait for the next, as people do


def _unseen(_page: Page, _name: str) -> None:
    """Take no picture: another journey shows these pages."""


def forget_draft(page: Page, begin: str = "Bắt đầu|Làm tiếp", delete: str = "Xóa bản nháp") -> None:
    """Delete what another journey left half-written, so that each stands alone in any order."""
    expect(page.get_by_role("button", name=re.compile(begin))).to_be_visible()
    start, left = page.url, page.get_by_role("link", name=delete)
    if left.count():
        left.click()
        press(page, delete)
        page.goto(start)


def write_transfer(
    page: Page, child: str, grade: str, phone: str, shown: Callable[[Page, str], None] = _unseen
) -> None:
    """Fill in a transfer as a parent does, mistakes and all, up to the check page."""
    page.goto("/")
    shown(page, "01-home-360")
    page.get_by_role("main").get_by_role("link", name="Chuyển trường", exact=True).first.click()
    shown(page, "02-procedure-360")
    page.get_by_role("link", name="Bắt đầu nộp hồ sơ").click()
    forget_draft(page)
    shown(page, "03-start-360")
    press(page, "Bắt đầu")
    page.get_by_label(child).check()
    press(page, "Tiếp tục")

    page.get_by_label("Tên trường", exact=True).fill("ban trang")
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_contain_text("chỗ cần sửa")
    shown(page, "04-errors-360")
    page.get_by_label(RECEIVING_SCHOOL).check()
    page.get_by_label("Vào lớp").select_option(grade)
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

    page.get_by_label("Số điện thoại").fill(phone)
    page.get_by_label("Nơi ở hiện nay").fill("Tổ 5, phường Ban Trắng")
    press(page, "Tiếp tục")


def submit(page: Page, shown: Callable[[Page, str], None] = _unseen) -> str:
    """Read the check page, forget the declarations once, submit; return the temporary code."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiểm tra lại trước khi nộp")
    expect(page.get_by_role("main")).to_contain_text("5 ngày làm việc")
    shown(page, "05-check-360")
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("alert")).to_contain_text("cam đoan")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Nộp hồ sơ")
    expect(page.get_by_role("main")).to_contain_text("Đã nhận hồ sơ lúc")
    shown(page, "06-submitted-360")
    found = re.search(r"T-[0-9A-Z]{4}-[0-9A-Z]{2}", page.get_by_role("main").inner_text())
    assert found is not None
    return found[0]
