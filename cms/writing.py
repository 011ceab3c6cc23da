"""Writing pages by program: for the demo, for imports. What editors do by hand goes through Wagtail's own forms."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.models import (
    ContactPage,
    DocumentIndexPage,
    DocumentPage,
    GuidanceIndexPage,
    GuidancePage,
    HomePage,
    KeyDate,
    NewsCategory,
    NewsIndexPage,
    NewsPage,
    NoticeBanner,
    QuestionsPage,
    StandardPage,
)

Block = dict[str, Any]

_SECTIONS: dict[type[Page], tuple[type[Page], str, str, str]] = {
    NewsPage: (NewsIndexPage, "tin-tuc", "Tin tức", "Việc của ngành giáo dục trong tỉnh."),
    GuidancePage: (GuidanceIndexPage, "huong-dan", "Hướng dẫn", "Từng bước, cho người làm lần đầu."),
    QuestionsPage: (GuidanceIndexPage, "huong-dan", "Hướng dẫn", "Từng bước, cho người làm lần đầu."),
    DocumentPage: (
        DocumentIndexPage,
        "van-ban",
        "Văn bản",
        "Văn bản làm căn cứ cho các thủ tục trên cổng.",
    ),
}


def paragraph(*sentences: str) -> Block:
    """Give a block of text of one paragraph each."""
    return {"type": "text", "value": "".join(f"<p>{sentence}</p>" for sentence in sentences)}


def heading(words: str) -> Block:
    """Give a heading."""
    return {"type": "heading", "value": words}


def steps(*rows: tuple[str, str]) -> Block:
    """Give steps of a title and a note each."""
    return {"type": "steps", "value": {"steps": [{"title": title, "note": note} for title, note in rows]}}


def remark(kind: str, title: str, words: str) -> Block:
    """Give a framed remark: info, warning or success."""
    return {"type": "notice", "value": {"kind": kind, "title": title, "text": words}}


def procedure(code: str) -> Block:
    """Give a procedure's card."""
    return {"type": "procedure", "value": {"code": code}}


@transaction.atomic
def write_page(*, kind: type[Page], slug: str, parent: Page | None = None, **fields: Any) -> Page:
    """Write and publish a page below its section (made where it is missing); once, what is there stays."""
    above = parent or _section(kind)
    known = kind.objects.child_of(above).filter(slug=slug).first()
    if known is not None:
        return known
    for name in ("body", "questions"):
        if isinstance(fields.get(name), list):
            fields[name] = json.dumps(fields[name])
    page = kind(slug=slug, **fields)
    above.add_child(instance=page)
    page.save_revision().publish()
    return page


def _section(kind: type[Page]) -> Page:
    home = HomePage.objects.get(locale__language_code="vi")
    if kind not in _SECTIONS:
        return home
    section, slug, title, lead = _SECTIONS[kind]
    found = section.objects.child_of(home).filter(slug=slug).first()
    if found is None:
        found = section(title=title, slug=slug, lead=lead, show_in_menus=True)
        home.add_child(instance=found)
        found.save_revision().publish()
    return found


def question(words: str, answer: str, *variants: str) -> Block:
    """Give a question with its answer and other wordings."""
    return {
        "type": "question",
        "value": {"question": words, "variants": list(variants), "answer": f"<p>{answer}</p>"},
    }


def add_picture(*, title: str, description: str, content: bytes, name: str) -> Any:
    """Put a picture into the library, with words for those who do not see it; once a title."""
    model = get_image_model()
    known = model.objects.filter(title=title).first()
    if known is not None:
        return known
    # the file is written before the row: no file work inside a transaction
    return model.objects.create(
        title=title, description=description, file=ImageFile(io.BytesIO(content), name=name)
    )


def add_category(*, slug: str, name: str, name_en: str) -> NewsCategory:
    """Keep a category of news."""
    made, _created = NewsCategory.objects.get_or_create(
        slug=slug, defaults={"name": name, "name_en": name_en}
    )
    return made


def add_key_date(
    *, season: str, phase: str, name: str, starts: dt.date, ends: dt.date | None, source: str
) -> KeyDate:
    """Keep a date that texts refer to."""
    made, _created = KeyDate.objects.update_or_create(
        season=season,
        phase=phase,
        defaults={"name": name, "starts": starts, "ends": ends, "source": source},
    )
    return made


def add_notice(*, title: str, text: str, link: str, shown_from: dt.datetime, shown_to: dt.datetime) -> Any:
    """Show a notice above every page for a time."""
    return NoticeBanner.objects.create(
        title=title, text=text, link=link, shown_from=shown_from, shown_to=shown_to
    )


def write_questions(*, slug: str, title: str, lead: str, questions: Sequence[Block]) -> Page:
    """Write a page of questions."""
    return write_page(
        kind=QuestionsPage, slug=slug, title=title, lead=lead, questions=list(questions), show_in_menus=True
    )


#: kinds by name, for callers that know no models
KINDS: dict[str, type[Page]] = {
    "news": NewsPage,
    "guidance": GuidancePage,
    "questions": QuestionsPage,
    "document": DocumentPage,
    "contact": ContactPage,
    "standard": StandardPage,
}
