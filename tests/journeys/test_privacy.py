"""After the journeys: no personal ID stands anywhere in the open, and a stranger learnt nothing of a child."""

from __future__ import annotations

import email
import email.policy
import json
import re
import subprocess
import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.common.text import plain
from portal.demo.cast import MAI, PAO, PARENTS, Parent
from tests.journeys import inside, searching
from tests.journeys.people import sign_in_parent, submit, write_transfer
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.browser, pytest.mark.processes, pytest.mark.timeout(400)]

CHILD = "Nguyễn Gia Bình"
PATIENCE = 60.0


def _claim(page: Page, parent: Parent, child: dict[str, str], relation: str) -> str:
    """Claim a child with everything right; give what the page says at once of the claim."""
    sign_in_parent(page, parent)
    page.goto("/tai-khoan/gia-dinh/khai/")
    page.get_by_label(relation, exact=True).check()
    page.get_by_label("Họ và tên của cháu").fill(child["name"])
    year, month, day = child["birth_date"].split("-")
    for label, part in (("Ngày", day), ("Tháng", month), ("Năm", year)):
        page.get_by_label(label, exact=True).fill(part)
    page.get_by_label("Số định danh cá nhân của cháu").fill(child["personal_id"])
    page.get_by_role("button", name="Gửi").click()
    page.wait_for_url("**/gia-dinh/?da-khai=1")
    return page.locator(".messages").inner_text()


def _all_duties_done(portal: RunningPortal) -> None:
    deadline = time.monotonic() + PATIENCE
    while inside.ask(portal, "duties_waiting"):
        assert time.monotonic() < deadline, "duties are still waiting"
        time.sleep(0.5)


def test_a_stranger_who_knows_everything_about_a_child_learns_nothing(
    running_portal: RunningPortal, page_at: PageAt
) -> None:
    child = inside.ask(running_portal, "child_of_mai")
    mother, stranger = (page_at(360, base_url=running_portal.base_url) for _ in range(2))
    assert _claim(stranger, PAO, child, "Bố") == _claim(mother, MAI, child, "Mẹ")
    _all_duties_done(running_portal)
    mother.goto("/tai-khoan/gia-dinh/")
    expect(mother.get_by_role("main")).to_contain_text(f"{child['name']}, sinh ngày")
    stranger.goto("/tai-khoan/gia-dinh/")
    claimed = stranger.locator(".dossier-row", has_text=child["name"])
    expect(claimed).to_have_count(1)
    expect(claimed).to_contain_text("Chờ kiểm tra")
    expect(claimed).not_to_contain_text("sinh ngày")
    for address in ("/ho-so/", "/ho-so/tin-nhan/", "/nop/2.002854/"):
        stranger.goto(address)
        expect(stranger.get_by_role("main")).not_to_contain_text(child["name"])


@pytest.fixture
def after_a_journey(running_portal: RunningPortal, page_at: PageAt) -> RunningPortal:
    """Let Mai write and submit, slips and all, and everything that it owes be done."""
    page = page_at(360, base_url=running_portal.base_url)
    sign_in_parent(page, MAI)
    page.goto("/tai-khoan/gia-dinh/khai/")
    page.get_by_label("Số định danh cá nhân của cháu").fill("999 318 004 512")
    page.get_by_role("button", name="Gửi").click()
    page.goto("/tai-khoan/gia-dinh/khai/?child_personal_id=999318004512")
    write_transfer(page, CHILD, "2", "0900 000 118")
    submit(page)
    _all_duties_done(running_portal)
    return running_portal


def _database(portal: RunningPortal) -> bytes:
    """Dump a PostgreSQL database; SQLite's file lies among the others."""
    address = portal.site.environment.get("DATABASE_URL")
    if not address:
        return b""
    done = subprocess.run(["pg_dump", "--dbname", address], capture_output=True, check=True)
    return done.stdout


def test_the_search_finds_what_stands_in_the_open(tmp_path: Path) -> None:
    """Otherwise the next test would prove nothing."""
    wanted = {MAI.personal_id}
    for hidden in (
        f"id={MAI.personal_id}.",
        "999 188 000 118",
        "999.188.000.118",
        "eyJib2R5IjogeyJpZCI6ICI5OTkxODgwMDAxMTgifSwgIngiOiAxfQ==",
    ):
        assert searching.ids_in(hidden.encode(), wanted) == wanted, hidden
    assert not searching.ids_in(b"1999188000118 999188000119", wanted)
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "k").touch()
    (tmp_path / "a").touch()
    assert [path.name for path in searching.files(tmp_path)] == ["a"]


def test_no_personal_id_stands_in_the_open(after_a_journey: RunningPortal) -> None:
    portal = after_a_journey
    wanted = frozenset(inside.ask(portal, "personal_ids"))
    assert len(wanted) > 3_000
    assert {MAI.personal_id, PAO.personal_id} <= wanted
    found: dict[str, set[str]] = {"a dump": searching.ids_in(_database(portal), wanted)}
    seen = set()
    for path in searching.files(portal.site.data_dir):
        seen.add(path.name)
        name = str(path.relative_to(portal.site.data_dir))
        found[name] = searching.ids_in(name.encode() + b"\n" + path.read_bytes(), wanted)
    for kind, rows in inside.ask(portal, "opened").items():
        assert rows, kind
        found[kind] = searching.ids_in("\n".join(rows).encode(), wanted)
    # what ./run prints at its start, so that people can sign in to the demo
    assert found.pop("run/accounts.json", set()) <= {parent.personal_id for parent in PARENTS}
    assert {name: len(ids) for name, ids in found.items() if ids} == {}
    assert {"provider.sqlite3", "broker.sqlite3", "web.log", "worker.log", "provider.log"} <= seen


def _mails(log: str) -> list[EmailMessage]:
    """Read the mails that stand in a worker's log: the console writes them, Celery makes an event of each."""
    events = [json.loads(line).get("event", "") for line in log.splitlines() if line.startswith("{")]
    return [
        email.message_from_string(event, EmailMessage, policy=email.policy.default)
        for event in events
        if event.lstrip().startswith("Content-Type:")
    ]


def test_mails_name_nobody(after_a_journey: RunningPortal) -> None:
    portal = after_a_journey
    mails = [
        mail
        for mail in _mails(portal.log("worker"))
        if mail["To"] is not None and MAI.email in str(mail["To"])
    ]
    assert mails, portal.log("worker")[-2_000:]
    people = inside.ask(portal, "names")
    for mail in mails:
        body = mail.get_body(("plain",))
        assert body is not None
        said = "\n".join([*(f"{name}: {value}" for name, value in mail.items()), body.get_content()])
        assert "hồ sơ" in said.casefold()
        assert MAI.personal_id not in re.sub(r"\s", "", said)
        for name in (MAI.full_name, CHILD, "Nguyễn Bảo An"):
            assert name in people
            assert plain(name).casefold() not in plain(said).casefold()
