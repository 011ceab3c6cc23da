"""Pages that exist without an editor's hand: the tree's beginning and a page per procedure, in each language."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.models import (
    HomePage,
    NewsIndexPage,
    ProcedureIndexPage,
    ProcedurePage,
    SchoolSitePage,
    SchoolSitesPage,
)
from cms.workflow import ensure_school_group, ensure_workflow
from cms.writing import (
    KINDS,
    add_category,
    add_key_date,
    add_notice,
    add_picture,
    heading,
    paragraph,
    procedure,
    question,
    remark,
    steps,
    write_page,
    write_questions,
)
from portal.common.clock import local_day
from portal.common.text import fold
from portal.organisations import selectors as organisations
from portal.procedures import selectors as procedures
from portal.procedures.definition import Definition, say, text

__all__ = [
    "KINDS",
    "UnknownSchoolError",
    "add_category",
    "add_key_date",
    "add_notice",
    "add_picture",
    "ensure_home",
    "ensure_procedure_pages",
    "ensure_school_sites",
    "heading",
    "open_school_site",
    "paragraph",
    "procedure",
    "question",
    "remark",
    "steps",
    "write_page",
    "write_questions",
]

# What editors find on the first pages; from then on it is theirs
_HOME = {
    "title": text("Cổng Dịch vụ Giáo dục", en="Education Services Portal"),
    "hero_title": text("Anh/chị cần làm việc gì?", en="What do you need to do?"),
    "hero_lead": text(
        "Nộp hồ sơ và theo dõi kết quả giáo dục của tỉnh, không phải đến cơ quan.",
        en="Submit dossiers to the province’s schools and education offices and follow them, without a visit.",
    ),
}
_INDEX = {
    "title": text("Thủ tục", en="Procedures"),
    "lead": text(
        "Mọi thủ tục giáo dục nộp được trên cổng này, từ đầu đến khi nhận kết quả.",
        en="Every education procedure that you can submit on this portal, from start to result.",
    ),
}
# What editors write in Vietnamese never stands on an English page; they translate it in the editor
_WRITTEN = {
    HomePage: ["notice_title", "notice_text", "notice_link"],
    ProcedureIndexPage: [],
    ProcedurePage: ["guidance", "questions"],
}


@transaction.atomic
def ensure_home(*, port: int = 80) -> HomePage:
    """Give the Vietnamese home page, making it and the site where there is none; Wagtail's sample goes."""
    home: HomePage | None = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is not None:
        return home
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = HomePage(slug="trang-chu", locale=Locale.get_default(), **_said(_HOME, "vi"))
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=port, root_page=home, is_default_site=True, site_name=home.title
    )
    return home


@transaction.atomic
def ensure_procedure_pages() -> list[ProcedurePage]:
    """Make a page for every offered procedure that has none, in each language; return the new ones.

    Pages that editors wrote or took down are never touched.
    """
    home = ensure_home()
    ensure_workflow()
    index = ProcedureIndexPage.objects.filter(locale=home.locale).first()
    if index is None:
        index = ProcedureIndexPage(slug="thu-tuc", show_in_menus=True, **_said(_INDEX, "vi"))
        home.add_child(instance=index)
        index.save_revision().publish()
    offered = procedures.offered(local_day(timezone.now()))
    have = set(ProcedurePage.objects.filter(locale=home.locale).values_list("procedure_code", flat=True))
    made = []
    for definition in offered:
        if definition.code in have:
            continue
        short = say(definition.short_title, "vi")
        page = ProcedurePage(slug=_slug(short), procedure_code=definition.code, **_titled(definition, "vi"))
        index.add_child(instance=page)
        page.save_revision().publish()
        made.append(page)
    for language, _name in settings.LANGUAGES:
        if language != settings.LANGUAGE_CODE:
            made.extend(_ensure_translated(home, index, offered, language))
    return made


def _ensure_translated(
    home: HomePage, index: ProcedureIndexPage, offered: list[Definition], language: str
) -> list[ProcedurePage]:
    """Put the pages of a language beside the Vietnamese ones; return the procedures' new pages."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    _translate(home, locale, _said(_HOME, language))
    _translate(index, locale, _said(_INDEX, language))
    made: list[ProcedurePage] = []
    if not index.has_translation(locale):
        return made
    for definition in offered:
        for page in ProcedurePage.objects.filter(procedure_code=definition.code, locale=home.locale):
            copy = _translate(page, locale, _titled(definition, language))
            if copy is not None:
                made.append(copy)
    return made


def _translate[AnyPage: Page](page: AnyPage, locale: Locale, words: dict[str, str]) -> AnyPage | None:
    """Copy a live page into a language and publish it; None where there is one already, live or taken down."""
    if not page.live or page.has_translation(locale):
        return None
    copy: AnyPage = page.copy_for_translation(locale, exclude_fields=_WRITTEN[type(page)])
    for field, said in words.items():
        setattr(copy, field, said)
    # Wagtail copies the whole title, and the browser's title and the description are Vietnamese too
    copy.draft_title = copy.title
    copy.seo_title = copy.search_description = ""
    copy.save_revision().publish()
    return copy


class UnknownSchoolError(LookupError):
    """No school of the register has the code."""


@transaction.atomic
def open_school_site(*, code: str) -> SchoolSitePage:
    """Make a school's own site from the register, with a news section and a group of writers; once.

    Raises :class:`UnknownSchoolError`.
    """
    known: SchoolSitePage | None = SchoolSitePage.objects.filter(school_code=code).first()
    if known is not None:
        return known
    school = organisations.by_code(code)
    if school is None or school.kind != organisations.Kind.SCHOOL:
        raise UnknownSchoolError(code)
    sites = ensure_school_sites()
    page = SchoolSitePage(title=school.name, slug=_slug(f"{school.name} {code}"), school_code=school.code)
    sites.add_child(instance=page)
    page.save_revision().publish()
    news = NewsIndexPage(title="Tin của trường", slug="tin-tuc", show_in_menus=True)
    page.add_child(instance=news)
    news.save_revision().publish()
    ensure_school_group(school.code, page)
    return page


@transaction.atomic
def ensure_school_sites() -> SchoolSitesPage:
    """Give the page below which schools' sites lie."""
    home = ensure_home()
    sites: SchoolSitesPage | None = SchoolSitesPage.objects.child_of(home).first()
    if sites is None:
        sites = SchoolSitesPage(title="Trang của các trường", slug="truong")
        home.add_child(instance=sites)
        sites.save_revision().publish()
    return sites


def _said(words: dict[str, dict[str, str]], language: str) -> dict[str, str]:
    return {field: say(value, language) for field, value in words.items()}


def _titled(definition: Definition, language: str) -> dict[str, str]:
    return {"title": say(definition.title, language)}


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")
