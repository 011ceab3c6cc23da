"""A backup taken while a parent writes, brought back elsewhere: the journey goes on where it was."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from portal.demo.cast import MAI
from tasks.places import PYTHON, ROOT
from tasks.up.checks import free_copy_port
from tasks.up.site import site_here
from tests.journeys.people import forget_draft, press, sign_in_parent, submit
from tests.support.browser_fixtures import PageAt
from tests.support.databases import Copy, new_copy
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]

CHILD = "Nguyễn Gia Bình"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Copy]:
    """Offer another machine's empty database."""
    copy = new_copy("restored", tmp_path)
    copy.restore()
    yield copy
    copy.drop()


def _task(*arguments: object, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [PYTHON, "-m", "tasks", *(str(argument) for argument in arguments)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_journey_goes_on_after_a_restore(
    running_portal: RunningPortal, page_at: PageAt, tmp_path: Path, elsewhere: Copy
) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    page.goto("/nop/2.002854/")
    forget_draft(page)
    press(page, "Bắt đầu")
    page.get_by_label(CHILD).check()
    press(page, "Tiếp tục")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cháu chuyển đến trường nào?")
    path = page.url.removeprefix(running_portal.base_url)

    archive, keys = tmp_path / "hoa-ban.tar.gz", tmp_path / "keys.json"
    here = dict(running_portal.site.environment)
    _task("backup", archive, "--keys", keys, environment=here)
    changes = {
        **elsewhere.environment(),
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": here["DJANGO_SETTINGS_MODULE"],
        "PORT": str(free_copy_port(13_500)),
        "STATIC_ROOT": here["STATIC_ROOT"],
    }
    _task("restore", archive, "--keys", keys, "--yes", environment=dict(site_here(changes).environment))
    restored = RunningPortal(site_here(changes))
    try:
        # the session came along, and browsers send cookies whatever the port
        page.goto(f"{restored.base_url}{path}")
        page.get_by_label("Tên trường", exact=True).fill("ban trang")
        press(page, "Tiếp tục")
        page.get_by_label("Trường Tiểu học Ban Trắng").check()
        page.get_by_label("Vào lớp").select_option("2")
        for label, value in (("Ngày", "6"), ("Tháng", "9"), ("Năm", "2027")):
            page.get_by_label(label, exact=True).fill(value)
        press(page, "Tiếp tục")
        page.get_by_label("Gia đình chuyển nơi ở").check()
        page.get_by_label("Không", exact=True).check()
        press(page, "Tiếp tục")
        page.get_by_label("Số điện thoại").fill("0900 000 118")
        page.get_by_label("Nơi ở hiện nay").fill("Tổ 5, phường Ban Trắng")
        press(page, "Tiếp tục")
        assert submit(page).startswith("T-")
        assert page.url.startswith(restored.base_url)
    finally:
        restored.close()
