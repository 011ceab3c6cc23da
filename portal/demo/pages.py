"""The made-up province's pages, written through the services of the rooms; what is there already stays."""

from __future__ import annotations

import datetime as dt

from cms import services as cms
from portal.demo import texts
from portal.demo.cast import LEAVING_SCHOOL, RECEIVING_SCHOOL
from portal.demo.pictures import landscape
from portal.demo.registers import SOURCE
from portal.organisations import selectors as organisations
from portal.search import services as search

_SCHOOLS_WITH_SITES = (RECEIVING_SCHOOL, LEAVING_SCHOOL, "Trường THPT Hoa Ban")


def seed_pages(today: dt.date) -> int:
    """Write news, guidance, questions, documents and three schools' sites; give how many pages there are then."""
    for term, means in texts.SYNONYMS:
        search.add_synonym(term=term, means=means)
    _key_dates(today)
    written = [*_news(today), *_guidance(), *_documents(today), *_standing()]
    sites = [site for name in _SCHOOLS_WITH_SITES if (site := _school(name, today)) is not None]
    search.refresh_all()
    return len(written) + len(sites)


def _key_dates(today: dt.date) -> None:
    year = today.year + (today.month > 8)  # noqa: PLR2004 - after the summer it is the next one's
    for phase, name, starts, ends in (
        ("dang-ky", "Đăng ký đầu cấp", dt.date(year, 6, 1), dt.date(year, 6, 30)),
        ("ket-qua", "Công bố kết quả", dt.date(year, 7, 15), None),
    ):
        cms.add_key_date(
            season="tuyen-sinh", phase=phase, name=name, starts=starts, ends=ends, source=SOURCE
        )


def _news(today: dt.date) -> list[object]:
    categories = {
        slug: cms.add_category(slug=slug, name=name, name_en=english)
        for slug, name, english in texts.CATEGORIES
    }
    return [
        cms.write_page(
            kind=cms.KINDS["news"],
            slug=story.slug,
            title=story.title,
            dated=today - dt.timedelta(days=story.days_ago),
            category=categories[story.category],
            lead=story.lead,
            lead_image=cms.add_picture(
                title=story.title[:200],
                description=story.shows,
                content=landscape(story.slug, story.subject),
                name=f"{story.slug}.jpg",
            ),
            body=[cms.paragraph(*story.paragraphs)],
        )
        for story in texts.STORIES
    ]


def _guidance() -> list[object]:
    written: list[object] = []
    for slug, title, lead, code, steps in texts.GUIDES:
        body = [cms.steps(*steps), *([cms.procedure(code)] if code else [])]
        body.append(
            cms.remark("info", "Cần người giúp?", "Bộ phận một cửa của xã, phường giúp anh/chị nộp.")
        )
        written.append(
            cms.write_page(kind=cms.KINDS["guidance"], slug=slug, title=title, lead=lead, body=body)
        )
    for slug, title, lead, rows in texts.QUESTIONS:
        blocks = [cms.question(words, answer, *variants) for words, answer, variants in rows]
        written.append(cms.write_questions(slug=slug, title=title, lead=lead, questions=blocks))
    return written


def _documents(today: dt.date) -> list[object]:
    return [
        cms.write_page(
            kind=cms.KINDS["document"],
            slug=slug,
            title=title,
            number=number,
            authority=authority,
            issued_on=dt.date(*issued),
            summary=f"<p>{summary}</p>",
            review_on=today + dt.timedelta(days=180),
        )
        for slug, title, number, authority, issued, summary in texts.DOCUMENTS
    ]


def _standing() -> list[object]:
    pages: list[object] = [
        cms.write_page(
            kind=cms.KINDS["standard"],
            slug=slug,
            title=title,
            lead=lead,
            body=[cms.paragraph(*paragraphs)],
        )
        for slug, title, lead, paragraphs in texts.PAGES
    ]
    pages.append(
        cms.write_page(
            kind=cms.KINDS["contact"], slug="lien-he", title="Liên hệ",
            lead="Sở và các xã, phường: địa chỉ, điện thoại.",
            body=[cms.paragraph("Việc về hồ sơ của một trường: hỏi thẳng trường đó cho nhanh.")],
        )
    )  # fmt: skip
    return pages


def _school(name: str, today: dt.date) -> object | None:
    found = next((school for school in organisations.find_schools(name, limit=1)), None)
    if found is None:
        return None
    site = cms.open_school_site(code=found.code)
    if not site.lead:
        site.lead = f"{found.name} chào anh/chị và các cháu."
        site.notice_title = "Họp cha mẹ học sinh"
        site.notice_text = "Sáng thứ Bảy tuần này, tại lớp của các cháu."
        site.admission_text = "Trường nhận đăng ký tuyển sinh [date:tuyen-sinh/dang-ky] trên cổng."
        site.save_revision().publish()
        news = site.get_children().get(slug="tin-tuc").specific
        cms.write_page(
            kind=cms.KINDS["news"],
            slug="chao-nam-hoc",
            parent=news,
            title="Sân trường có thêm vườn rau",
            dated=today,
            lead="Học sinh và thầy cô trồng rau cho bữa trưa bán trú.",
            body=[cms.paragraph("Mỗi lớp chăm một luống, cuối tuần cùng thu hoạch.")],
        )
    return site
