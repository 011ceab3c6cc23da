"""Answers without the bot: the editors' answers that share words with the question, and the portal's search."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from portal.assistant.answers.parts import Answer, Choice, Link
from portal.assistant.answers.topics import about, answer_from, named_procedure, questions_on
from portal.common.clock import local_day
from portal.common.teencode import spell_out
from portal.common.text import fold
from portal.search import selectors as search

# words that say nothing about what is asked
_EVERYDAY = frozenset(
    [
        "co",
        "duoc",
        "khong",
        "thi",
        "la",
        "va",
        "cho",
        "toi",
        "em",
        "anh",
        "chi",
        "minh",
        "con",
        "chau",
        "be",
        "gi",
        "nao",
        "dau",
        "sao",
        "the",
        "nhu",
        "lam",
        "ma",
        "a",
        "o",
        "voi",
        "cua",
        "nay",
        "do",
        "di",
        "ve",
        "bi",
        "bao",
        "nhieu",
        "may",
        "hoi",
        "xin",
        "muon",
        "can",
        "phai",
        "nha",
        "ad",
        "vay",
        "roi",
        "cac",
        "nhung",
        "mot",
        "de",
    ]
)
LIMIT = 3
ENOUGH = 0.5  # share of the question's words that must occur


def words_of(text: str) -> set[str]:
    """Give the words that carry meaning, folded, abbreviations in full."""
    return {word for word in spell_out(fold(text)).replace("?", " ").split() if word not in _EVERYDAY}


def found_on_portal(question: str) -> tuple[Link, ...]:
    """Link to what the portal's search finds, the best first."""
    hits = search.find(query=question, language="vi").hits[:LIMIT]
    return tuple(Link(hit.plain_title, hit.url) for hit in hits)


def answer_elsewhere(question: str) -> Answer:
    """Answer from the portal's own texts, and say that it is no more than a search.

    The editors' answer that shares most words comes first, then procedures; nothing found is said, too.
    """
    day = local_day(timezone.now())
    wanted = words_of(question)
    lead = "Trợ lý đang tạm nghỉ, đây là kết quả tìm trên cổng."
    named = named_procedure(question, day)
    if named is not None:
        found = about(named, "")
        return replace(found, paragraphs=(lead, *found.paragraphs), from_search=True, offers_person=True)
    best = max(
        questions_on(day),
        key=lambda one: _share(wanted, words_of(f"{one.title} {one.variants}")),
        default=None,
    )
    links = found_on_portal(question)
    if best is not None and wanted and _share(wanted, words_of(f"{best.title} {best.variants}")) >= ENOUGH:
        found = answer_from(best, day)
        return replace(
            found,
            paragraphs=(lead, *found.paragraphs),
            links=found.links + tuple(link for link in links if link not in found.links),
            from_search=True,
            offers_person=True,
        )
    if not links:
        return Answer(
            "",
            ("Trợ lý đang tạm nghỉ, và tìm trên cổng chưa thấy điều anh/chị hỏi.",),
            links=(Link("Các thủ tục", "/thu-tuc/"),),
            choices=(Choice("Gặp cán bộ"),),
            from_search=True,
            offers_person=True,
        )
    return Answer("", (lead,), links=links, from_search=True, offers_person=True)


def _share(wanted: set[str], has: set[str]) -> float:
    if not wanted or not has:
        return 0.0
    common = len(wanted & has)
    return common / len(wanted) if common > 1 or len(wanted) == 1 else 0.0
