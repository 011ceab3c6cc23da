"""Pages kept whole: for everybody, in every process, never longer than what they say holds."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms import freshness, page_cache
from cms.models import HomePage, NoticeBanner, ProcedurePage
from portal.common.clock import ZONE, local_day
from portal.procedures.models import FeeRow
from portal.search import selectors as search
from portal.search import services as search_services
from tests.accounts import people

pytestmark = pytest.mark.django_db

TRANSFER = "2.002854"
NOON = dt.datetime(2026, 11, 24, 12, tzinfo=ZONE)


def _page() -> ProcedurePage:
    page: ProcedurePage = ProcedurePage.objects.get(procedure_code=TRANSFER, locale__language_code="vi")
    return page


def _shown(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def _queries(path: str, client: Client | None = None) -> int:
    with CaptureQueriesContext(connection) as sent:
        _shown(path, client)
    return len(sent)


def test_a_kept_page_costs_one_query_and_signed_in_readers_get_the_same() -> None:
    path = _page().url
    first = _shown(path)
    assert _queries(path) == 1
    parent = Client()
    parent.force_login(people.user("me"), backend="django.contrib.auth.backends.ModelBackend")
    assert _queries(path, parent) == 1
    assert _shown(path, parent) == first


def test_headers_let_browsers_ask_whether_it_still_holds() -> None:
    path = _page().url
    first = Client().get(path)
    assert first["Cache-Control"] == "public, no-cache"
    again = Client().get(path, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    packed = Client().get(path, headers={"accept-encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == first.content
    assert "Accept-Encoding" in packed["Vary"]
    assert first["Content-Security-Policy"] == again["Content-Security-Policy"]
    assert not first.cookies


def test_publishing_shows_on_the_page_and_on_those_that_list_it() -> None:
    page, home = _page(), HomePage.objects.get(locale__language_code="vi")
    index = page.get_parent()
    for path in (page.url, home.url, index.url):
        _shown(path)
    page.guidance = "<p>Mang theo bút chì.</p>"
    page.save_revision().publish()
    assert "Mang theo bút chì." in _shown(page.url)
    home.hero_title = "Việc gì thế?"
    home.save_revision().publish()
    assert "Việc gì thế?" in _shown(home.url)
    page.unpublish()
    assert page.url not in _shown(index.url)
    assert Client().get(page.url).status_code == 404


def test_a_draft_changes_nothing_for_readers() -> None:
    page = _page()
    before = _shown(page.url)
    page.guidance = "<p>Chưa đăng.</p>"
    page.save_revision()
    assert _shown(page.url) == before


def test_a_fee_that_changes_shows_at_once_on_pages_and_in_the_search() -> None:
    search_services.refresh_all()
    page = _page()
    assert "Miễn phí" in _shown(page.url)
    assert "Miễn phí" in search.find(query="chuyển trường").hits[0].line
    # as bulk updates do it: no signal, no service
    FeeRow.objects.filter(procedure_code=TRANSFER).update(amount=9_000)
    assert "9.000 đ" in _shown(page.url)
    assert "9.000 đ" in _shown(page.get_parent().url)
    assert "9.000 đ" in search.find(query="chuyển trường").hits[0].line


def test_a_page_ends_at_midnight_though_nothing_is_written() -> None:
    page = _page()
    with time_machine.travel(NOON, tick=False) as clock:
        tomorrow = local_day(timezone.now()) + dt.timedelta(days=1)
        FeeRow.objects.filter(procedure_code=TRANSFER).update(valid_to=tomorrow)
        FeeRow.objects.create(
            procedure_code=TRANSFER, amount=12_000, valid_from=tomorrow, source="Nghị quyết thử"
        )
        assert "Miễn phí" in _shown(page.url)
        clock.move_to(NOON.replace(hour=23, minute=59, second=59))
        assert "Miễn phí" in _shown(page.url)
        assert _queries(page.url) == 1
        clock.move_to((NOON + dt.timedelta(days=1)).replace(hour=0))
        assert "12.000 đ" in _shown(page.url)


def test_a_page_ends_at_an_opening_though_nothing_is_written() -> None:
    home = HomePage.objects.get(locale__language_code="vi")
    NoticeBanner.objects.create(
        title="Cổng tuyển sinh đã mở",
        shown_from=NOON + dt.timedelta(hours=1),
        shown_to=NOON + dt.timedelta(hours=3),
    )
    with time_machine.travel(NOON, tick=False) as clock:
        assert "đã mở" not in _shown(home.url)
        clock.move_to(NOON + dt.timedelta(minutes=59))
        assert "đã mở" not in _shown(home.url)
        clock.move_to(NOON + dt.timedelta(hours=1))
        assert "đã mở" in _shown(home.url)
        assert _queries(home.url) == 1
        clock.move_to(NOON + dt.timedelta(hours=3))
        assert "đã mở" not in _shown(home.url)


def test_another_room_names_its_openings() -> None:
    opens = NOON + dt.timedelta(minutes=7)

    def season(now: dt.datetime) -> dt.datetime | None:
        return opens if now < opens else None

    freshness.register_opening(season)
    try:
        assert freshness.next_change(NOON) == opens
        assert freshness.next_change(opens) == NOON.replace(hour=0) + dt.timedelta(days=1)
    finally:
        freshness._OPENINGS.remove(season)  # noqa: SLF001 - put back what the test added


@pytest.mark.parametrize(
    "path",
    ["/thu-tuc/?q=chuyen", "/?theme=dark", "/ho-so/tra-cuu/", "/tim-kiem/", "/dang-nhap/", "/khong-co/"],
)
def test_what_is_asked_or_personal_is_never_kept(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(cache, "set", lambda key, *_args, **_kwargs: kept.append(key))
    Client().get(path)
    assert not [key for key in kept if str(key).startswith("page:")]


def test_a_page_with_a_password_is_never_kept() -> None:
    page = _page()
    page.view_restrictions.create(restriction_type="password", password="hoa-ban")
    page_cache.purge()
    answer = Client().get(page.url)
    assert "cần mật khẩu" in answer.content.decode()
    assert not answer.headers.get("ETag")
    opened = Client()
    session = opened.session
    session["passed_page_view_restrictions"] = [page.view_restrictions.get().pk]
    session.save()
    assert "Bắt đầu nộp hồ sơ" in _shown(page.url, opened)
    assert "Bắt đầu nộp hồ sơ" not in _shown(page.url)
