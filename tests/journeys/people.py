"""How people of the demo province act in a browser: they sign in, they read, they press buttons."""

from __future__ import annotations

import subprocess
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from portal.demo.cast import OFFICER_PASSWORD, PARENT_PASSWORD, Parent
from tasks.places import PYTHON, ROOT
from tests.support.portal_fixtures import RunningPortal

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
    """Sign in with password and a code, as ``./run manage officer_code`` prints it."""
    page.goto("/can-bo/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(OFFICER_PASSWORD)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_label("Mã").fill(officer_code(portal, username))
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda url: "/can-bo/dang-nhap/" not in url)


def officer_code(portal: RunningPortal, username: str) -> str:
    """Ask the demo for an officer's present code, in a process of its own."""
    done = subprocess.run(
        [PYTHON, "-m", "django", "officer_code", username],
        cwd=ROOT,
        env=dict(portal.site.environment),
        capture_output=True,
        text=True,
        check=True,
    )
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
        page.get_by_role("textbox").fill(note)
    press(page, button)
