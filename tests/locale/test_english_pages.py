"""Pages under /en/: English but for names and law titles, which say that they are Vietnamese."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction

from cms import services as cms
from cms.models import HomePage, ProcedureIndexPage, ProcedurePage
from portal.procedures import ports
from tests.desk import office
from tests.locale.support import KEPT, english_parts, vietnamese_in
from tests.procedures.town import TRANSFER, Town, at_step, build, submitted, written_draft

pytestmark = pytest.mark.django_db

SWITCH = re.compile(r'<a href="([^"]+)" lang="(vi|en)" hreflang="\2">')
TOWN_NAMES = (
    "Trường Tiểu học Ban Trắng", "Trường Tiểu học Nậm Ban", "Trường Tiểu học Phiêng Lúa", "Lò Thị Lan",
    "Lò Văn Minh", "Tổ 5, phường Ban Trắng", "Thái",
)  # fmt: skip


@pytest.fixture
def town() -> Town:
    return build()


def content(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


PUBLIC = [
    "/en/", "/en/thu-tuc/", "/en/thu-tuc/?q=xyz", "/en/ho-so/tra-cuu/", "/en/dang-nhap/", "/en/dang-xuat/",
    "/en/can-bo/dang-nhap/", "/en/thu-tuc/chuyen-truong/", "/en/thu-tuc/xin-hoc-lai/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_is_english(client: Client, path: str) -> None:
    page = content(client, path)
    assert '<html lang="en"' in page
    assert vietnamese_in(page) == []


def test_a_page_that_is_missing_says_so_in_english(client: Client) -> None:
    assert vietnamese_in(content(client, "/en/khong-co/", 404)) == []


def test_law_titles_say_that_they_are_vietnamese(client: Client) -> None:
    page = content(client, "/en/thu-tuc/chuyen-truong/")
    titles = ports.coded_definitions()[TRANSFER].legal_basis
    assert all(title in page for title in titles)
    assert not any(title in text for title in titles for text in english_parts(page))


@pytest.mark.parametrize("path", ["/en/ho-so/tra-cuu/", "/en/can-bo/dang-nhap/"])
def test_errors_are_english(client: Client, path: str) -> None:
    page = client.post(path, {"username": "", "code": ""}).content.decode()
    assert "to correct" in page
    assert vietnamese_in(page) == []


def test_sentences_of_pure_modules_are_english_on_an_english_page(client: Client, town: Town) -> None:
    client.force_login(town.lan.user)
    sent = {"relation": "mother", "child_name": "Lò Văn Minh", "child_personal_id": "999"}
    page = client.post("/en/tai-khoan/gia-dinh/khai/", sent).content.decode()
    assert "A personal ID number has 12 digits; you entered 3." in page
    assert vietnamese_in(page, *TOWN_NAMES) == []


def test_a_citizens_pages_are_english(client: Client, town: Town) -> None:
    dossier = submitted(town)
    running = at_step(town, "principal_decides")
    draft = written_draft(town)
    client.force_login(town.lan.user)
    form = f"/en/nop/{TRANSFER}/{draft.public_id}/"
    paths = [
        "/en/ho-so/", "/en/ho-so/tin-nhan/", f"/en/ho-so/{dossier.public_id}/", f"/en/ho-so/{running.public_id}/",
        f"/en/ho-so/{dossier.public_id}/rut/", f"/en/ho-so/{running.public_id}/nguoi-xem/",
        "/en/tai-khoan/gia-dinh/", "/en/tai-khoan/gia-dinh/khai/", f"/en/nop/{TRANSFER}/",
        *(f"{form}trang/{page}/" for page in ("child", "destination", "reason", "contact")),
        f"{form}kiem-tra/", f"{form}xoa/",
    ]  # fmt: skip
    left = {path: vietnamese_in(content(client, path), *TOWN_NAMES) for path in paths}
    assert {path: texts for path, texts in left.items() if texts} == {}


def test_an_officers_pages_are_english(town: Town) -> None:
    dossier = submitted(town)
    client = office.sign_in(town.thang)
    desk = "/en/ban-lam-viec/"
    paths = [
        desk, f"{desk}?hang=done", f"{desk}gia-dinh/", f"{desk}ho-so/{dossier.public_id}/",
        f"{desk}ho-so/{dossier.public_id}/lam/accept/", f"{desk}hoc-sinh/", f"{desk}hoc-sinh/nhap/",
    ]  # fmt: skip
    left = {path: vietnamese_in(content(client, path), *TOWN_NAMES, *KEPT) for path in paths}
    assert {path: texts for path, texts in left.items() if texts} == {}


@pytest.mark.parametrize(
    "path", ["/", "/thu-tuc/", "/thu-tuc/chuyen-truong/", "/ho-so/tra-cuu/", "/dang-nhap/"]
)
def test_the_switch_leads_to_the_same_page_in_the_other_language(client: Client, path: str) -> None:
    there = {(href, language) for href, language in SWITCH.findall(content(client, path))}
    assert there == {(f"/en{path}", "en")}
    back = {(href, language) for href, language in SWITCH.findall(content(client, f"/en{path}"))}
    assert back == {(path, "vi")}


def test_the_switch_leads_home_from_a_page_that_was_not_translated(client: Client) -> None:
    ProcedurePage.objects.get(slug="xin-hoc-lai", locale__language_code="en").unpublish()
    there = {href for href, _language in SWITCH.findall(content(client, "/thu-tuc/xin-hoc-lai/"))}
    assert there == {"/en/"}


def test_english_pages_are_translations_with_the_definitions_titles() -> None:
    for code in ports.coded_definitions().keys() - ports.codes_with_own_pages():
        definition = ports.coded_definitions()[code]
        page = ProcedurePage.objects.get(procedure_code=definition.code, locale__language_code="en")
        assert page.title == definition.title["en"]
        assert page.get_translation(Locale.get_default()).procedure_code == definition.code
    assert HomePage.objects.count() == ProcedureIndexPage.objects.count() == 2


def test_making_pages_again_changes_nothing_and_leaves_what_was_taken_down() -> None:
    page = ProcedurePage.objects.get(slug="xin-hoc-lai", locale__language_code="en")
    page.unpublish()
    assert cms.ensure_procedure_pages() == []
    page.refresh_from_db()
    assert not page.live


def test_what_editors_wrote_in_vietnamese_is_not_copied(client: Client) -> None:
    page = ProcedurePage.objects.get(slug="xin-hoc-lai", locale__language_code="vi")
    page.guidance = "<p>Mang theo học bạ.</p>"
    page.search_description = "Xin học lại"
    page.save_revision().publish()
    page.get_translation(Locale.objects.get(language_code="en")).delete()
    (made,) = cms.ensure_procedure_pages()
    assert made.locale.language_code == "en"
    assert made.guidance == made.search_description == ""
    assert "Mang theo" not in content(client, made.url)


def test_a_page_behind_a_password_asks_in_the_houses_words(client: Client) -> None:
    page = ProcedurePage.objects.get(slug="xin-hoc-lai", locale__language_code="vi")
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="hoa-ban"
    )
    asked = content(client, page.url)
    assert "Trang này cần mật khẩu" in asked
    action = re.search(r'<form action="([^"]+_util[^"]+)"', asked)
    assert action is not None
    wrong = client.post(action[1], {"password": "khac", "return_url": page.url}).content.decode()
    assert "Mật khẩu chưa đúng. Anh/chị nhập lại." in wrong
    right = client.post(action[1], {"password": "hoa-ban", "return_url": page.url}, follow=True)
    assert "Bắt đầu nộp hồ sơ" in right.content.decode()


def test_wagtails_form_with_a_password_alone_is_not_there(client: Client) -> None:
    for prefix in ("", "/en"):
        answer = client.get(f"{prefix}/_util/login/?next=/thu-tuc/")
        assert answer.status_code == 302
        assert answer["Location"] == f"{prefix}/dang-nhap/?next=/thu-tuc/"
        assert client.post(f"{prefix}/_util/login/", {"username": "a", "password": "b"}).status_code == 302
