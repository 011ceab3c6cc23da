"""What pages show of procedures: read from definitions and dated rows when the page is rendered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from portal.common.money_words import dong_in_words
from portal.common.text import fold
from portal.procedures import selectors as procedures
from portal.procedures.definition import say

if TYPE_CHECKING:
    from cms.models import ProcedureIndexPage


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: working days, and in which case."""

    working_days: int
    label: str


@dataclass(frozen=True, slots=True)
class ProcedureFacts:
    """A procedure in the reader's language, with its fee (whole đồng) and limits of a day."""

    code: str
    icon: str
    title: str
    short_title: str
    summary: str
    authority: str
    not_needed: str
    result: str
    minutes: int
    fee: int
    limits: tuple[Limit, ...]
    papers: tuple[dict[str, Any], ...]
    steps: tuple[str, ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A procedure in a list; ``url`` is its page's, or the form's where it has no page yet."""

    facts: ProcedureFacts
    url: str


def _facts(offer: procedures.Offer, language: str) -> ProcedureFacts:
    definition = offer.definition
    return ProcedureFacts(
        code=definition.code,
        icon=definition.icon,
        title=say(definition.title, language),
        short_title=say(definition.short_title, language),
        summary=say(definition.summary, language),
        authority=say(definition.authority, language),
        not_needed=say(definition.not_needed, language) if definition.not_needed else "",
        result=say(definition.result, language) if definition.result else "",
        minutes=definition.minutes,
        fee=offer.fee,
        limits=tuple(
            Limit(offer.limits[rule.key].working_days, say(rule.label, language))
            for rule in definition.deadline_rules
        ),
        papers=tuple(
            {
                "title": say(paper.title, language),
                "hint": say(paper.hint, language) if paper.hint else "",
            }
            for paper in definition.papers
        ),
        steps=tuple(say(step.title, language) for step in definition.steps),
        legal_basis=definition.legal_basis,
    )


def services_of(found: list[Card]) -> list[dict[str, Any]]:
    """Put cards into the shape of the service-card component."""
    return [
        {
            "icon": card.facts.icon,
            "title": card.facts.short_title,
            "href": card.url,
            "line": card.facts.summary,
            "facts": [days_in_words(card.facts.limits), fee_in_words(card.facts.fee)],
        }
        for card in found
    ]


def days_in_words(limits: tuple[Limit, ...]) -> str:
    """Say the limits: "5 ngày làm việc", "5–8 ngày làm việc", "Trong ngày"."""
    days = sorted({limit.working_days for limit in limits})
    if not days:
        return ""
    if days == [0]:
        return gettext("Trong ngày")
    span = f"{days[0]}–{days[-1]}" if len(days) > 1 else str(days[0])
    return gettext("%(days)s ngày làm việc") % {"days": span}


def fee_in_words(fee: int) -> str:
    """Say the fee: "Miễn phí", "9.000 đ" ("Free", "9,000 VND")."""
    return dong_in_words(fee) if fee else gettext("Miễn phí")


def fact_rows(procedure: ProcedureFacts) -> list[dict[str, str]]:
    """List the short facts beside a procedure's page."""
    first, *others = procedure.limits
    cases = [
        gettext("%(days)s ngày làm việc nếu %(case)s") % {"days": limit.working_days, "case": limit.label}
        for limit in others
    ]
    return [
        {
            "icon": "clock",
            "label": gettext("Thời hạn"),
            "value": days_in_words((first,)),
            "note": "; ".join(cases),
        },
        {"icon": "coin", "label": gettext("Lệ phí"), "value": fee_in_words(procedure.fee), "note": ""},
        {"icon": "school", "label": gettext("Nơi giải quyết"), "value": procedure.authority, "note": ""},
        {
            "icon": "globe",
            "label": gettext("Cách nộp"),
            "value": gettext("Trực tuyến, toàn trình"),
            "note": gettext("Hoặc nộp tại nơi giải quyết, qua bưu chính"),
        },
        {"icon": "file", "label": gettext("Kết quả"), "value": procedure.result, "note": ""},
    ]


def step_rows(procedure: ProcedureFacts) -> list[dict[str, str]]:
    """Tell what happens with a dossier, from sending to receiving."""
    return [
        {
            "title": gettext("Anh/chị nộp hồ sơ trên cổng này"),
            "note": gettext("Nơi giải quyết trả lời trong 8 giờ làm việc."),
        },
        {
            "title": gettext("Nơi giải quyết kiểm tra và tiếp nhận"),
            "note": gettext("Thiếu gì thì báo một lần, đủ các mục. Thời hạn tính từ lúc tiếp nhận."),
        },
        *({"title": title, "note": ""} for title in procedure.steps),
        {
            "title": gettext("Anh/chị nhận kết quả"),
            "note": gettext("Có tin nhắn báo. Xem trên cổng, không phải đến cơ quan."),
        },
    ]


def facts_of(code: str, language: str, day: dt.date) -> ProcedureFacts | None:
    """Give a procedure's facts on a day; None where it is not offered then."""
    offer = procedures.offer(code, day)
    return None if offer is None else _facts(offer, language)


def index_of(locale: Any) -> ProcedureIndexPage | None:
    """Give the live catalogue page of a language."""
    from cms.models import ProcedureIndexPage  # noqa: PLC0415 - models import this module

    page: ProcedureIndexPage | None = ProcedureIndexPage.objects.live().filter(locale=locale).first()
    return page


def cards(locale: Any, language: str, day: dt.date) -> list[Card]:
    """List the procedures offered on a day with the address of their page."""
    from cms.models import ProcedurePage  # noqa: PLC0415 - models import this module

    urls = {
        page.procedure_code: page.url
        for page in ProcedurePage.objects.live().filter(locale=locale).defer_streamfields()
    }
    return [
        Card(_facts(offer, language), urls.get(offer.definition.code) or f"/nop/{offer.definition.code}/")
        for offer in procedures.offers(day)
    ]


def matching(found: list[Card], query: str) -> list[Card]:
    """Keep the cards in which every word of the query occurs, with or without marks."""
    words = fold(query).split()
    return [
        card
        for card in found
        if all(
            word
            in fold(f"{card.facts.title} {card.facts.short_title} {card.facts.summary} {card.facts.code}")
            for word in words
        )
    ]


def card(code: str, language: str, day: dt.date) -> Card | None:
    """Give one procedure with the address of its page; None where it is not offered on the day."""
    from cms.models import ProcedurePage  # noqa: PLC0415 - models import this module

    facts = facts_of(code, language, day)
    if facts is None:
        return None
    page = (
        ProcedurePage.objects.live()
        .filter(procedure_code=code, locale__language_code=language)
        .defer_streamfields()
        .first()
    )
    return Card(facts, (page.url if page else None) or f"/nop/{code}/")


def published_at(code: str, language: str) -> dt.datetime | None:
    """Give the moment at which a procedure's page was last published; None where it has none."""
    from cms.models import ProcedurePage  # noqa: PLC0415 - models import this module

    live = ProcedurePage.objects.live().filter(procedure_code=code, locale__language_code=language)
    moment: dt.datetime | None = live.values_list("last_published_at", flat=True).first()
    return moment
