import json

import pytest

from tasks.up.ask import answer
from tests.support.browser_fixtures import PageAt
from tests.support.portal_fixtures import RunningPortal

pytestmark = [pytest.mark.processes, pytest.mark.timeout(240)]


def states(portal: RunningPortal) -> dict[str, str]:
    portal.note()
    parts = json.loads(answer(f"{portal.base_url}/health/")[1])["parts"]
    return {name: part["state"] for name, part in parts.items()}


def test_every_part_serves(running_portal: RunningPortal) -> None:
    # the bot trains by itself while the portal is already of use
    found = states(running_portal)
    assert {found[name] for name in running_portal.parts if name != "bot"} == {"up"}


def test_a_part_can_be_killed_and_started_again(running_portal: RunningPortal) -> None:
    running_portal.kill("inner")
    assert answer(f"{running_portal.address('inner')}/health/") == (0, b"")
    assert answer(f"{running_portal.base_url}/health/")[0] == 200
    running_portal.start("inner")
    assert answer(f"{running_portal.address('inner')}/health/")[0] == 200


@pytest.mark.browser
def test_a_person_reaches_it(running_portal: RunningPortal, page_at: PageAt) -> None:
    page = page_at(360, base_url=running_portal.base_url)
    response = page.goto("/health/")
    assert response is not None
    assert response.status == 200
    missing = page.goto("/khong-co/")
    assert missing is not None
    assert missing.status == 404
