"""The checking page in a real browser: signature and status on the device, with and without a network."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from portal import diplomas
from portal.diplomas import services
from portal.diplomas.credentials import keys, status
from portal.diplomas.credentials.making import credential_for, link_of, sign
from portal.diplomas.models import Entry
from tests.diplomas import build
from tests.diplomas.build import DECISION, entered
from tests.support.browser_fixtures import PageAt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def _answer(page: Page, wanted: str) -> None:
    expect(page.locator("#verdict")).to_have_attribute("data-answer", wanted)
    expect(page.locator(f'[data-verdict="{wanted}"]')).to_be_visible()
    expect(page.locator("[data-verdict]:visible")).to_have_count(1)


def kept(page: Page) -> None:
    """Wait until the page is kept on the device; the policy forbids Playwright's own way of waiting."""
    for _tenth in range(100):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(100)
    pytest.fail("no worker took the page over")


@pytest.fixture
def entry(
    settings: Settings, tmp_path: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Entry:
    settings.DIPLOMA_KEYS_DIR = tmp_path / "keys"
    settings.PUBLIC_URL = live_server.url
    cache.clear()
    monkeypatch.setattr(status, "FRESH_SECONDS", 1)
    return entered(build.archive())[0]


def test_valid_then_suspended_then_withdrawn(entry: Entry, page_at: PageAt) -> None:
    token = sign(credential_for(entry=entry, occasion="holder"), entry.content)
    page = page_at(360)
    page.goto(link_of(token))
    _answer(page, "valid")
    expect(page.locator("#claims")).to_contain_text("B 0012345")
    kept(page)
    by = services.By(None, "desk")
    after = services.change_entry(entry=entry, version=1, action="suspend", decision=DECISION, by=by)
    page.wait_for_timeout(2_200)
    page.reload()
    _answer(page, "suspended")
    services.change_entry(entry=after, version=2, action="withdraw", decision=DECISION, by=by)
    page.wait_for_timeout(2_200)
    page.reload()
    _answer(page, "revoked")


def test_without_a_network_and_against_forgery(entry: Entry, page_at: PageAt, settings: Settings) -> None:
    token = sign(credential_for(entry=entry, occasion="holder"), entry.content)
    page = page_at(360)
    page.goto(link_of(token))
    _answer(page, "valid")
    kept(page)
    page.context.set_offline(True)
    page.reload()
    _answer(page, "valid")
    expect(page.locator("[data-offline]")).to_be_visible()
    head, body, signature = token.split(".")
    for pasted, wanted in (
        (f"{head}.{body[:-2]}AA.{signature}", "broken"),
        (f"{head}.{body}.{'A' * 86}", "broken"),
        ("không phải mã", "broken"),
        (token, "valid"),
    ):
        page.get_by_label("Hoặc dán nội dung mã QR").fill(pasted)
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        _answer(page, wanted)
    page.context.set_offline(False)
    keys.new_key()
    stranger = sign(credential_for(entry=entry, occasion="copy:1"), entry.content)
    for path in sorted(Path(settings.DIPLOMA_KEYS_DIR).glob("*.json")):
        if path.stem in keys.public_keys()[0]["kid"]:
            path.unlink()
    other = page_at(360)
    other.goto(link_of(stranger))
    _answer(other, "foreign")


def test_without_script_the_office_answers(entry: Entry, page_at: PageAt) -> None:
    token = sign(credential_for(entry=entry, occasion="holder"), entry.content)
    page = page_at(360, scripts=False)
    page.goto(link_of(token).partition("#")[0])
    page.get_by_label("Hoặc dán nội dung mã QR").fill(link_of(token))
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    _answer(page, "valid")


def test_the_two_scripts_of_this_room_stay_small() -> None:
    folder = Path(diplomas.__file__).parent / "static" / "diplomas"
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in folder.glob("*.js")}
    assert set(sizes) == {"lookup.js", "verify.js"}
    assert max(sizes.values()) < 4_096, sizes
