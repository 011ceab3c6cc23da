"""Who must see nothing of a charge cannot tell it from one that is not there, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.models import FamilyLink
from portal.charges.models import Charge, ChargeList
from tests import doors
from tests.accounts import people
from tests.charges import village as villages
from tests.charges.village import Village, charge, published

pytestmark = pytest.mark.django_db
DESK = "/ban-lam-viec/khoan-thu/"
HOME = "/ho-so/khoan-thu/"
ACTIONS = ("thu-tai-truong", "sua", "mien", "huy")
LIST_PAGES = (
    ("GET", ""), ("GET", "tien-do/"), ("GET", "xuat/"), ("GET", "huy/"), ("POST", "huy/"),
    ("POST", "cong-bo/"), ("POST", "bo/"), ("POST", "nhac/"),
)  # fmt: skip
SAID = {"revision": "1", "reason": "x", "quantity": "3", "way": "cash"}


@pytest.fixture
def village() -> Iterator[Village]:
    with villages.bank():
        yield villages.build()


@pytest.fixture
def listed(village: Village) -> ChargeList:
    return published(village.nam_ban, village.thu)


def _not_of_the_school(village: Village) -> dict[str, tuple[Client, int]]:
    return {
        "a clerk of another school": (doors.client(village.far.user, second_factor=True), 404),
        "an officer of the department": (doors.client(village.ngoc.user, second_factor=True), 403),
        "the clerk without second factor": (doors.client(village.thu.user), 302),
        "the mother": (doors.client(village.lan.user), 403),
        "a stranger": (doors.client(), 302),
    }


@pytest.mark.parametrize(
    "who",
    ["a clerk of another school", "an officer of the department", "the clerk without second factor",
     "the mother", "a stranger"],
)  # fmt: skip
def test_lists_and_rows_of_another_school(village: Village, listed: ChargeList, who: str) -> None:
    client, status = _not_of_the_school(village)[who]
    row = charge(listed, village.minh)
    for method, page in LIST_PAGES:
        path = f"{DESK}{{id}}/{page}"
        assert doors.equal_answers(client, method, path, listed.public_id, SAID) == status, page
    for action in ("", *(f"{name}/" for name in ACTIONS)):
        for method in ("GET", "POST") if action else ("GET",):
            path = f"{DESK}{listed.public_id}/{{id}}/{action}"
            assert doors.equal_answers(client, method, path, row.public_id, SAID) == status, action


def test_the_school_s_own_people_may(village: Village, listed: ChargeList) -> None:
    for officer in (village.thu, village.ke_toan):
        client = doors.client(officer.user, second_factor=True)
        assert client.get(f"{DESK}{listed.public_id}/").status_code == 200
    auditor = people.officer("thanh", "auditor", village.nam_ban)
    assert doors.client(auditor.user, second_factor=True).get(DESK).status_code == 403


def test_a_row_is_found_only_in_its_own_list(village: Village, listed: ChargeList) -> None:
    other = published(village.ban_trang, village.far)
    thu = doors.client(village.thu.user, second_factor=True)
    theirs = charge(other, village.chi)
    assert thu.get(f"{DESK}{listed.public_id}/{theirs.public_id}/").status_code == 404
    assert thu.get(f"{DESK}?truong={village.ban_trang.pk}").status_code == 404
    assert thu.get(f"{DESK}lap/?truong={village.ban_trang.pk}").status_code == 404
    assert thu.get(f"{DESK}lap/excel/mau/?truong={village.ban_trang.pk}").status_code == 404


Change = Callable[[Village], object]


def _limit(village: Village) -> object:
    return FamilyLink.objects.filter(citizen=village.lan).update(may_see=False)


def _end(village: Village) -> object:
    return FamilyLink.objects.filter(citizen=village.lan).update(valid_to=people.LONG_AGO)


@pytest.mark.parametrize("change", [_limit, _end], ids=["custody hides the child", "the link has ended"])
def test_a_link_that_counts_no_more_shows_and_pays_nothing(
    village: Village, listed: ChargeList, change: Change
) -> None:
    row = charge(listed, village.minh)
    change(village)
    lan = doors.client(village.lan.user)
    assert doors.equal_answers(lan, "GET", f"{HOME}{{id}}/", row.public_id) == 404
    assert "Lò Văn Minh" not in lan.get(HOME).content.decode()
    _pays_nothing(lan, row)


def _pays_nothing(client: Client, row: Charge) -> None:
    before = doors.contents()
    real = client.post(f"{HOME}tra/", {"khoan": [str(row.public_id)]})
    made_up = client.post(f"{HOME}tra/", {"khoan": [str(uuid4())]})
    assert (real.status_code, real.headers["Location"]) == (
        made_up.status_code,
        made_up.headers["Location"],
    )
    assert doors.contents() == before


@pytest.mark.parametrize(
    ("who", "status"), [("another family", 404), ("a stranger", 302), ("the school's clerk", 403)]
)
def test_charges_of_another_family(village: Village, listed: ChargeList, who: str, status: int) -> None:
    client = {
        "another family": doors.client(village.tuan.user),
        "a stranger": doors.client(),
        "the school's clerk": doors.client(village.thu.user, second_factor=True),
    }[who]
    row = charge(listed, village.minh)
    assert doors.equal_answers(client, "GET", f"{HOME}{{id}}/", row.public_id) == status
    if who == "another family":
        _pays_nothing(client, row)


def test_a_draft_is_hidden_from_its_own_family(village: Village) -> None:
    row = charge(villages.draft(village.nam_ban, village.thu), village.minh)
    lan = doors.client(village.lan.user)
    assert doors.equal_answers(lan, "GET", f"{HOME}{{id}}/", row.public_id) == 404
    _pays_nothing(lan, row)
