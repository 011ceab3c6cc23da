"""An answer on a topic: the editors' words with the facts of today, the procedure's own facts, its page."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from cms import selectors as pages
from portal.assistant.answers.facts import VIETNAMESE, filled_in
from portal.assistant.answers.parts import Answer, Fact, Link
from portal.assistant.models import Question

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
