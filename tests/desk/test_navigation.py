"""The desk's header: the office's name, and only links that lead somewhere."""

from __future__ import annotations

import re

import pytest

from portal.organisations.models import Organisation
from tests.accounts import people
from tests.desk.office import DESK, Office, build, sign_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return build()


def links(page: str) -> list[str]:
    nav = re.search(r'<nav class="site-nav".*?</nav>', page, re.DOTALL)
    assert nav is not None
    return re.findall(r'href="([^"]+)"', nav[0])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("thu", ["", "gia-dinh/", "hoc-sinh/", "khoan-thu/", "so-theo-doi/", "tuyen-sinh/"]),
        (
            "hanh",
            ["", "gia-dinh/", "hoc-sinh/", "khoan-thu/", "so-theo-doi/", "loi-van-ban/", "tuyen-sinh/"],
        ),
        (
            "ngoc",
            [
                "",
                "hoc-sinh/",
                "khong-tien-mat/",
                "so-theo-doi/",
                "van-bang/",
                "tuyen-sinh/",
                "don-vi/",
                "lich-lam-viec/",
                "hoi-dap/",
            ],
        ),
        ("quan", ["", "loi-van-ban/", "don-vi/", "lich-lam-viec/", "hoi-dap/", "viec-nen/"]),
        ("son", ["", "khong-tien-mat/", "so-theo-doi/", "loi-van-ban/", "van-bang/", "tuyen-sinh/"]),
    ],
)
def test_the_links_follow_the_roles_and_each_opens(office: Office, name: str, expected: list[str]) -> None:
    client = sign_in(getattr(office, name))
    found = links(words(client, DESK))
    assert found == [f"{DESK}{path}" for path in expected]
    assert {client.get(path, follow=True).status_code for path in found} == {200}


def test_the_header_names_the_office_and_how_many_more(office: Office) -> None:
    assert "Trường Tiểu học Nậm Ban</span>" in words(sign_in(office.thu), DESK)
    both = people.officer("both", "school_clerk", office.province.primary)
    from portal.accounts.services import assign_role

    assign_role(
        officer_id=both.pk,
        role="school_clerk",
        organisation_id=office.province.other.pk,
        valid_from=people.LONG_AGO,
    )
    assert "Trường Tiểu học Ban Trắng và 1 đơn vị khác" in words(sign_in(both), DESK)
    page = words(sign_in(both), f"{DESK}hoc-sinh/")
    assert Organisation.objects.get(pk=office.province.primary.pk).name in page
