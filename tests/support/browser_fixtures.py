"""A real Chromium, the machine's own, through Playwright."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.support.services import chromium

# no sandbox: CI runs as root; the others: nothing but loopback is ever asked for
FLAGS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class PageAt(Protocol):
    """Opens a page as somebody new, at a width: 360 is a phone, 1280 an office screen."""

    def __call__(
        self,
        width: int = 360,
        height: int = 800,
        *,
        locale: str = "vi-VN",
        scripts: bool = True,
        base_url: str | None = None,
        dark: bool = False,
    ) -> Page:
        """Return a page of a context of its own: own cookies, own session."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once per test process."""
    path = chromium()
    assert path is not None, "a test that uses the browser must carry the marker browser"
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and Django would refuse its database here
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def page_at(browser: Browser) -> Iterator[PageAt]:
    """Open pages; one that reports an error on its console (a blocked script, too) fails the test at its end."""
    troubles: list[str] = []
    contexts = []

    visited: set[str] = set()

    def note(message: ConsoleMessage) -> None:
        url = str(message.location.get("url", ""))
        # a test may well visit a page that answers 404; and an icon is guessed where no page names one
        expected = message.text.startswith("Failed to load") and (
            url in visited or url.endswith("/favicon.ico")
        )
        if message.type == "error" and not expected:
            troubles.append(f"{url}: {message.text}")

    def visit(request: Request) -> None:
        if request.is_navigation_request():
            visited.add(request.url)

    def open_page(
        width: int = 360,
        height: int = 800,
        *,
        locale: str = "vi-VN",
        scripts: bool = True,
        base_url: str | None = None,
        dark: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
            java_script_enabled=scripts,
            base_url=base_url,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", visit)
        page.on("console", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not troubles, "pages reported errors:\n" + "\n".join(troubles)
