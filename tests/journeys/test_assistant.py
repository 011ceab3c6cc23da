"""A parent opens the assistant, asks without marks, asks for a person; an officer of the department answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look, sign_in_officer
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_panel_loads_nothing_until_it_is_opened(
    running_portal: RunningPortal, page_at: PageAt, width: int
) -> None:
    page = page_at(width, base_url=running_portal.base_url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/")
    assert [url for url in asked if "assistant" in url or "tro-ly" in url] == []
    launcher = page.get_by_role("button", name="Hỏi trợ lý")
    launcher.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Trợ lý")
    expect(panel.get_by_label("Câu hỏi của anh/chị")).to_be_focused()
    page.keyboard.type("xin ban sao hoc ba het bao nhieu tien")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("9.000 đ")).to_be_visible()
    expect(panel.get_by_role("link", name="Cấp bản sao học bạ")).to_be_visible()
    look(page, f"assistant-panel-{width}")
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    page.goto("/tro-ly/")
    expect(page.get_by_text("9.000 đ")).to_be_visible()
    look(page, f"assistant-page-{width}")


def test_a_person_is_asked_for_and_answers(running_portal: RunningPortal, page_at: PageAt) -> None:
    parent = page_at(360, base_url=running_portal.base_url, scripts=False)
    parent.goto("/tro-ly/")
    parent.get_by_label("Câu hỏi của anh/chị").fill("tra loi giup toi viec hoc cua chau voi")
    parent.get_by_role("button", name="Gửi").click()
    parent.get_by_role("button", name="Gặp cán bộ").last.click()
    expect(parent.get_by_text("Cán bộ").first).to_be_visible()
    officer = page_at(1280, base_url=running_portal.base_url)
    sign_in_officer(officer, running_portal, "ngoc")
    officer.goto("/ban-lam-viec/hoi-dap/")
    look(officer, "assistant-desk-1280")
    officer.get_by_role("rowheader").last.get_by_role("link").click()
    officer.get_by_role("button", name="Nhận trả lời").click()
    officer.get_by_label("Trả lời").fill("Trường mới đã nhận hồ sơ của cháu.")
    officer.get_by_role("button", name="Gửi câu trả lời").click()
    look(officer, "assistant-talk-1280")
    parent.reload()
    expect(parent.get_by_text("Trường mới đã nhận hồ sơ của cháu.")).to_be_visible()
