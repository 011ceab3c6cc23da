"""An answer on a topic: the editors' words with the facts of today, the procedure's own facts, its page."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Q
from django.utils import timezone
from wagtail.models import Locale

from cms import selectors as pages
from portal.assistant.answers.facts import VIETNAMESE, filled_in
from portal.assistant.answers.parts import Answer, Fact, Link
from portal.assistant.models import Question
from portal.common.clock import local_day
from portal.common.text import fold

NOT_OFFERED = "Thủ tục này hiện chưa nộp được trên cổng; anh/chị hỏi nơi giải quyết."
NOTHING_VALID = "Phần này đang được cập nhật nên tôi chưa trả lời được. Anh/chị bấm Gặp cán bộ."


def questions_on(day: dt.date) -> list[Question]:
    """List the answers that may be quoted on a day."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return list(Question.objects.filter(begun & still))


def answer_on(topic: str, day: dt.date) -> Answer:
    """Answer one topic; where nothing valid is written about it, say so rather than quote what has ended."""
    found = next((one for one in reversed(questions_on(day)) if one.topic == topic), None)
    if found is None:
        return Answer(topic, (NOTHING_VALID,), offers_person=True)
    return answer_from(found, day)


_ABOUT_COPIES = frozenset({"diploma_copy", "file_result", "payment_how", "return_to_school"})


def answer_naming(topic: str, text: str, day: dt.date) -> Answer:
    """Answer a topic; where the words name another procedure ("bản sao học bạ"), that one's facts count.

    The bot knows what people ask for, the portal what can be asked for: a procedure added tomorrow is found
    by its own short title.
    """
    named = named_procedure(text, day) if topic in _ABOUT_COPIES else None
    return about(named, topic) if named else answer_on(topic, day)


def named_procedure(text: str, day: dt.date) -> pages.Card | None:
    """Give the offered procedure whose short title stands in the text, with or without marks."""
    asked = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    cards = pages.cards(Locale.get_default(), VIETNAMESE, day)
    return next((card for card in cards if f" {fold(card.facts.short_title)} " in asked), None)


def about(card: pages.Card, topic: str) -> Answer:
    """Tell everything of a procedure that people ask for."""
    everything = ["papers", "limits", "fee", "where"]
    return Answer(
        topic,
        tuple(filter(None, (card.facts.summary, card.facts.not_needed))),
        _papers(card.facts, everything),
        tuple(_facts(card.facts, everything)),
        (Link(card.facts.title, card.url),),
        updated=f"{day_changed(card.facts.code):%d/%m/%Y}",
    )


def day_changed(code: str) -> dt.date:
    """Give the day since which the procedure's page says what it says."""
    published = pages.published_at(code, VIETNAMESE)
    return local_day(published or timezone.now())


def answer_from(question: Question, day: dt.date) -> Answer:
    """Put an answer together from an editor's row."""
    paragraphs = [filled_in(question.answer, day)]
    links, facts, papers = [], [], ()  # type: list[Link], list[Fact], tuple[str, ...]
    if question.procedure_code:
        card = pages.card(question.procedure_code, VIETNAMESE, day)
        if card is None:
            paragraphs.append(NOT_OFFERED)
        else:
            facts = _facts(card.facts, question.show)
            papers = _papers(card.facts, question.show)
            links.append(Link(card.facts.title, card.url))
    if question.link:
        links.append(Link(_title_of(question.link), question.link))
    return Answer(
        question.topic,
        tuple(paragraphs),
        papers,
        tuple(facts),
        tuple(links),
        updated=f"{question.updated_on:%d/%m/%Y}" if links or facts else "",
    )


def _facts(procedure: pages.ProcedureFacts, show: list[str]) -> list[Fact]:
    facts = []
    if "limits" in show:
        for limit in procedure.limits:
            label = "Thời hạn" if len(procedure.limits) == 1 else f"Thời hạn, {limit.label}"
            facts.append(Fact(label, pages.days_in_words((limit,))))
    if "fee" in show:
        facts.append(Fact("Lệ phí", pages.fee_in_words(procedure.fee)))
    if "where" in show:
        facts.append(Fact("Nơi giải quyết", procedure.authority))
    return facts


def _papers(procedure: pages.ProcedureFacts, show: list[str]) -> tuple[str, ...]:
    if "papers" not in show:
        return ()
    return tuple(paper["title"] for paper in procedure.papers) or (
        "Không cần giấy tờ gì ngoài đơn điền trên mạng",
    )


_PAGES = {
    "/thu-tuc/": "Các thủ tục",
    "/ho-so/": "Hồ sơ của tôi",
    "/ho-so/tra-cuu/": "Tra cứu hồ sơ",
    "/tai-khoan/dang-nhap/": "Đăng nhập",
    "/en/": "English",
}


def _title_of(path: str) -> str:
    return _PAGES.get(path, path)
