"""In a real browser: axe finds nothing, nothing scrolls sideways, the keyboard is seen; light and dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.look.urls import STOPPED
from tests.support.browser_fixtures import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (320, 360, 768, 1280)
CATALOGUE, HOME, PROCEDURE = "/thanh-phan/", "/", "/thu-tuc/chuyen-truong/"
themes = pytest.mark.parametrize("theme", ["light", "dark"])


def _sideways(page: Page) -> str:
    """Say what sticks out of the screen, or nothing."""
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return "" if wide <= screen else f"{page.url} is {wide} px wide on a screen of {screen}"


def _judge(page: Page, path: str) -> None:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path} at {width} px: {found.generate_report()}"
        assert not _sideways(page)


@themes
def test_the_catalogue_of_components_holds_at_every_width(
    live_server: LiveServer, page_at: PageAt, theme: str
) -> None:
    page = page_at(base_url=live_server.url, dark=theme == "dark")
    _judge(page, f"{CATALOGUE}?theme={theme}")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background == {"light": "rgb(251, 247, 240)", "dark": "rgb(22, 17, 14)"}[theme]


@themes
@pytest.mark.parametrize("path", STOPPED)
def test_pages_that_cannot_be_given_hold_too(
    live_server: LiveServer, page_at: PageAt, errors_at_hand: None, path: str, theme: str
) -> None:
    page = page_at(base_url=live_server.url, dark=theme == "dark")
    _judge(page, path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


@themes
@pytest.mark.parametrize("path", [HOME, PROCEDURE, "/thu-tuc/", "/dang-nhap/", "/can-bo/dang-nhap/"])
def test_pages_for_everybody_hold_too(
    live_server: LiveServer, page_at: PageAt, path: str, theme: str
) -> None:
    _judge(page_at(base_url=live_server.url, dark=theme == "dark"), path)


@pytest.mark.parametrize("path", [HOME, PROCEDURE, "/dang-nhap/"])
@pytest.mark.parametrize("width", [360, 720, 1280])
def test_letters_of_double_size_stay_on_the_screen(
    live_server: LiveServer, page_at: PageAt, path: str, width: int
) -> None:
    page = page_at(width, base_url=live_server.url)
    page.goto(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not _sideways(page)


def test_the_name_stays_on_one_line_on_a_phone(live_server: LiveServer, page_at: PageAt) -> None:
    page = page_at(360, base_url=live_server.url)
    page.goto(HOME)
    page.evaluate("document.fonts.ready")
    assert page.locator(".brand-name").evaluate("e => e.getClientRects().length") == 1
    height = page.locator(".brand-name").evaluate("e => e.getBoundingClientRect().height")
    assert height < 30


def test_the_keyboard_is_seen_at_every_stop(live_server: LiveServer, page_at: PageAt) -> None:
    page = page_at(1280, base_url=live_server.url)
    page.goto(CATALOGUE)
    unseen = []
    for _stop in range(90):
        page.keyboard.press("Tab")
        style = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            const a = getComputedStyle(e, '::after');
            return [e.outerHTML.slice(0, 80), s.outlineStyle, s.outlineWidth, a.outlineStyle]; }"""
        )
        if style[0].startswith("<body"):
            break
        if (style[1] == "none" or style[2] == "0px") and style[3] == "none":
            unseen.append(style[0])
    assert not unseen


def test_the_menu_opens_without_script_and_closes_by_escape(
    live_server: LiveServer, page_at: PageAt
) -> None:
    plain = page_at(360, base_url=live_server.url, scripts=False)
    plain.goto(HOME)
    plain.get_by_text("Menu", exact=True).click()
    expect(plain.get_by_role("navigation", name="Menu").get_by_role("link", name="Thủ tục")).to_be_visible()
    page = page_at(360, base_url=live_server.url)
    page.goto(HOME)
    page.get_by_text("Menu", exact=True).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("navigation", name="Menu")).to_be_hidden()


def test_the_reader_chooses_the_theme_and_it_stays(live_server: LiveServer, page_at: PageAt) -> None:
    page = page_at(1280, base_url=live_server.url)
    page.goto(HOME)
    page.get_by_role("button", name="Tối").click()
    page.goto(PROCEDURE)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 17, 14)"
    expect(page.get_by_role("button", name="Tối")).to_have_attribute("aria-pressed", "true")


@themes
def test_paper_is_white_and_without_chrome(live_server: LiveServer, page_at: PageAt, theme: str) -> None:
    page = page_at(794, base_url=live_server.url, dark=theme == "dark")
    page.goto(PROCEDURE)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for chrome in (".site-footer", ".menu", ".drum", ".strip", ".breadcrumbs"):
        expect(page.locator(chrome)).to_be_hidden()
    expect(page.locator(".facts")).to_be_visible()
