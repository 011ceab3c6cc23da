"""Pages that make themselves, and facts on them that no editor can let go stale."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from cms.models import HomePage, ProcedureIndexPage, ProcedurePage
from cms.services import ensure_procedure_pages
from portal.common.clock import local_day
from portal.procedures import facts, ports
from portal.procedures.definition import Definition, text
from portal.procedures.models import DeadlineRow, FeeRow
from tests import doors

pytestmark = pytest.mark.django_db

TRANSFER = "2.002854"


def _page(code: str = TRANSFER, language: str = "vi") -> ProcedurePage:
    page: ProcedurePage = ProcedurePage.objects.get(procedure_code=code, locale__language_code=language)
    return page


def _shown(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def _one_more(monkeypatch: pytest.MonkeyPatch, number: int) -> Definition:
    """Offer a further procedure, as one file more in the catalogue would."""
    like = ports.coded_definitions()[TRANSFER]
    made = replace(
        like,
        code=f"9.00000{number}",
        title=text(f"Thủ tục thử số {number}", en=f"Procedure to try, number {number}"),
        short_title=text(f"Thử {number}", en=f"Try {number}"),
    )
    monkeypatch.setitem(ports._DEFINITIONS, made.code, made)  # noqa: SLF001 - taken away after the test
    facts.load_first_rows(made)
    return made


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_procedure_has_its_page_in_every_language(language: str) -> None:
    for code in ports.coded_definitions().keys() - ports.codes_with_own_pages():
        definition, page = ports.coded_definitions()[code], _page(code, language)
        assert page.live
        shown = _shown(page.url)
        assert definition.title[language] in shown
        assert f"/nop/{code}/" in shown


def test_a_procedure_more_gets_its_page_and_the_others_are_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = set(ProcedurePage.objects.values_list("pk", flat=True))
    made = _one_more(monkeypatch, 1)
    new = ensure_procedure_pages()
    assert {page.procedure_code for page in new} == {made.code}
    assert (
        set(ProcedurePage.objects.exclude(procedure_code=made.code).values_list("pk", flat=True)) == before
    )
    assert ensure_procedure_pages() == []
    assert "Thủ tục thử số 1" in _shown(_page(made.code).url)


def test_what_editors_wrote_or_took_down_is_never_touched() -> None:
    written, taken_down = _page(TRANSFER), _page("2.002857")
    written.title, written.guidance = "Chuyển trường cho cháu", "<p>Mang theo bút.</p>"
    written.slug = "chuyen-truong-cho-chau"
    written.save_revision().publish()
    taken_down.unpublish()
    assert ensure_procedure_pages() == []
    after = _page(TRANSFER)
    assert (after.title, after.slug) == ("Chuyển trường cho cháu", "chuyen-truong-cho-chau")
    assert "Mang theo bút." in _shown(after.url)
    assert not _page("2.002857").live
    assert Client().get(taken_down.url).status_code == 404


def test_a_procedure_that_ended_answers_410_and_leaves_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    page, index, home = _page(), ProcedureIndexPage.objects.first(), HomePage.objects.first()
    assert index is not None
    assert home is not None
    assert page.url in _shown(index.url)
    assert page.url in _shown(home.url)
    ended = replace(ports.coded_definitions()[TRANSFER], valid_to=local_day(timezone.now()))
    monkeypatch.setitem(ports._DEFINITIONS, TRANSFER, ended)  # noqa: SLF001 - taken away after the test
    gone = Client().get(page.url)
    assert gone.status_code == 410
    assert f"/nop/{TRANSFER}/" not in gone.content.decode()
    assert page.url not in _shown(index.url)
    assert page.url not in _shown(home.url)


def test_a_changed_fee_is_shown_at_once_everywhere() -> None:
    page, index = _page(), ProcedureIndexPage.objects.first()
    assert index is not None
    assert "Miễn phí" in _shown(page.url)
    today = local_day(timezone.now())
    FeeRow.objects.filter(procedure_code=TRANSFER).update(valid_to=today)
    FeeRow.objects.create(procedure_code=TRANSFER, amount=9_000, valid_from=today, source="Nghị quyết thử")
    assert "9.000 đ" in _shown(page.url)
    assert "9.000 đ" in _shown(index.url)
    assert "9,000 VND" in _shown(_page(language="en").url)


def test_a_changed_time_limit_is_shown_at_once() -> None:
    today = local_day(timezone.now())
    for row in DeadlineRow.objects.filter(procedure_code=TRANSFER):
        DeadlineRow.objects.filter(pk=row.pk).update(valid_to=today)
        DeadlineRow.objects.create(
            procedure_code=TRANSFER, key=row.key, working_days=17, valid_from=today, source="thử"
        )
    assert "17 ngày làm việc" in _shown(_page().url)


def test_a_fee_of_tomorrow_is_not_shown_today() -> None:
    tomorrow = local_day(timezone.now()) + dt.timedelta(days=1)
    FeeRow.objects.filter(procedure_code=TRANSFER).update(valid_to=tomorrow)
    FeeRow.objects.create(procedure_code=TRANSFER, amount=9_000, valid_from=tomorrow, source="thử")
    assert "9.000" not in _shown(_page().url)


@pytest.mark.parametrize(
    "query",
    [
        "chuyển trường", "chuyen truong", "CHUYEN  TRUONG", "truong chuyen", TRANSFER,
        unicodedata.normalize("NFD", "chuyển trường"), "chuyển\x00 trường", " chuyển trường ",
    ],
)  # fmt: skip
def test_the_catalogue_is_searched_with_marks_and_without(query: str) -> None:
    index = ProcedureIndexPage.objects.first()
    assert index is not None
    found = Client().get(index.url, {"q": query}).content.decode()
    assert _page().url in found
    assert _page("2.002857").url not in found


@pytest.mark.parametrize("query", ["xyz", "%", "<script>alert(1)</script>", "'; --", "Đ" * 10_000])
def test_a_search_for_nothing_that_there_is_says_so(query: str) -> None:
    index = ProcedureIndexPage.objects.first()
    assert index is not None
    answer = Client().get(index.url, {"q": query})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert _page().url not in shown
    assert "<script>alert" not in shown


def test_pages_ask_the_same_of_the_database_for_two_procedures_and_for_eight(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vietnamese = Locale.get_default()
    pages = {
        "home": HomePage.objects.get(locale=vietnamese).url,
        "catalogue": ProcedureIndexPage.objects.get(locale=vietnamese).url,
        "procedure": _page().url,
    }
    client = Client()
    for path in pages.values():
        client.get(path)
    few = {name: doors.queries(client, path) for name, path in pages.items()}
    for number in range(1, 7):
        _one_more(monkeypatch, number)
    ensure_procedure_pages()
    for path in pages.values():
        client.get(path)
    many = {name: doors.queries(client, path) for name, path in pages.items()}
    assert many == few
    assert max(few.values()) <= 13, few
