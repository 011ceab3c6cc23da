"""Pages carry no inline style or script, no handlers, no data: addresses, and every id once."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from portal.home.views.errors import broken
from tests.look.urls import STOPPED

pytestmark = pytest.mark.django_db

PAGES = ("/", "/thanh-phan/", "/thu-tuc/", "/thu-tuc/chuyen-truong/", "/dang-nhap/", "/can-bo/dang-nhap/")


class Sins(HTMLParser):
    """Collects what the policy of the pages forbids."""

    def __init__(self) -> None:
        """Begin with a clean record."""
        super().__init__()
        self.found: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        # a data block for search engines is no script: nothing runs it
        is_data = given.get("type") == "application/ld+json"
        if tag == "style" or (tag == "script" and not given.get("src") and not is_data):
            self.found.append(f"<{tag}> in the page")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}={value!r}")
            if (value or "").strip().lower().startswith(("data:", "javascript:")):
                self.found.append(f"{tag} {name}={value!r}")
        if given.get("id"):
            self.ids[str(given["id"])] += 1


def sins_of(html: str) -> list[str]:
    parser = Sins()
    parser.feed(html)
    return parser.found + [f"id {name} stands {n} times" for name, n in parser.ids.items() if n > 1]


def test_the_parser_sees_what_it_must_see() -> None:
    bad = (
        '<p style="x"><a onclick="y" href="javascript:z">a</a>'
        '<img src="data:,"><script>1</script><i id="a"><i id="a">'
    )
    assert len(sins_of(bad)) == 6


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pages_are_clean(client: Client, prefix: str, path: str) -> None:
    answer = client.get(f"{prefix}{path}", follow=True)
    if answer.status_code != 404:  # English pages of the tree exist where an editor made them
        assert answer.status_code == 200
    assert not sins_of(answer.content.decode())


@pytest.mark.parametrize("path", STOPPED)
def test_pages_that_cannot_be_given_are_clean_and_say_what_to_do(
    client: Client, errors_at_hand: None, path: str
) -> None:
    client.raise_request_exception = False
    answer = client.get(path)
    page = answer.content.decode()
    expected = {"/khong-co/": 404}.get(path) or int(path.split("/")[2][:3])
    assert answer.status_code == expected
    assert not sins_of(page)
    assert page.count("<h1>") == 1
    assert "Anh/chị" in page or "Tìm thủ tục" in page
    for blunt in ("Lỗi hệ thống", "không hợp lệ", "Forbidden", "CSRF"):
        assert blunt not in page


def test_a_form_without_its_token_is_refused_calmly() -> None:
    answer = Client(enforce_csrf_checks=True).post("/can-bo/dang-nhap/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "Chưa có gì được gửi đi" in answer.content.decode()


def test_the_page_for_a_broken_portal_needs_nothing(
    rf: RequestFactory, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = broken(rf.get("/"))
    assert answer.status_code == 500
    assert "đã lưu hoặc đã nộp vẫn còn nguyên" in answer.content.decode()


def test_the_catalogue_exists_only_in_the_demo(client: Client, settings: Settings) -> None:
    assert client.get("/thanh-phan/").status_code == 200
    settings.DEMO = False
    assert client.get("/thanh-phan/").status_code == 404


def test_the_theme_of_the_address_counts_only_in_the_demo(client: Client, settings: Settings) -> None:
    assert 'data-theme="dark"' in client.get("/dang-nhap/?theme=dark").content.decode()
    assert "data-theme=" not in client.get('/dang-nhap/?theme="><b>').content.decode()
    settings.DEMO = False
    assert "data-theme=" not in client.get("/dang-nhap/?theme=dark").content.decode()
