"""What is kept of a query: counts, and words only from the third time on."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from portal.search import selectors, services
from portal.search.models import Asked

pytestmark = pytest.mark.django_db


def test_words_are_kept_from_the_third_time_on() -> None:
    for times in range(1, 5):
        services.remember(text="Nguyễn Thị Mai", found=0)
        row = Asked.objects.get()
        assert row.times == times
        assert row.words == ("nguyen thi mai" if times >= 3 else "")
    assert [row.words for row in selectors.unanswered()] == ["nguyen thi mai"]


@pytest.mark.parametrize(
    "text", ["999188000118", "0900 000 118", "mai@hoaban.example", "12/04/1988 mai", "", "  "]
)
def test_what_may_be_somebodys_is_not_counted_at_all(text: str) -> None:
    assert not services.remember(text=text, found=0)
    assert not Asked.objects.exists()


def test_spellings_of_one_query_are_one() -> None:
    for text in ("chuyển trường", "CHUYEN TRUONG", "chuyen  trường"):
        services.remember(text=text, found=4)
    assert Asked.objects.get().times == 3
    assert not selectors.unanswered()
    assert [row.words for row in selectors.asked_most()] == ["chuyen truong"]


def test_what_nobody_asks_any_more_goes() -> None:
    with time_machine.travel(dt.datetime(2026, 1, 5, tzinfo=dt.UTC), tick=False):
        services.remember(text="cầu treo", found=1)
    with time_machine.travel(dt.datetime(2026, 11, 5, tzinfo=dt.UTC), tick=False):
        assert services.forget_old_queries() == 1


def test_the_page_counts_and_shows_hard_queries(client: Client) -> None:
    for query in ('"', "\x00", "x" * 10_000, "*", "<script>alert(1)</script>"):
        answer = client.get("/tim-kiem/", {"q": query})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert client.get("/tim-kiem/goi-y/", {"q": query}).status_code == 200
    client.get("/tim-kiem/", {"q": "qzxv qqqq"})
    assert Asked.objects.filter(found=0).exists()
    assert client.get("/tim-kiem/", {"q": "a", "trang": "99999999999999"}).status_code == 200
    assert client.get("/en/tim-kiem/", {"q": "transfer"}).status_code == 200
