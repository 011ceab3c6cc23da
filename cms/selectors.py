"""What pages show of procedures: read from definitions and dated rows when the page is rendered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from cms.life_events import name_of
from portal.common.money_words import dong_in_words
from portal.common.text import fold
from portal.procedures import selectors as procedures
from portal.procedures.definition import say

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from cms.models import KeyDate, NewsCategory, NewsPage, NoticeBanner, ProcedureIndexPage


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
    life_events: tuple[str, ...] = ()


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
        life_events=definition.life_events,
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


def offers_of(language: str, day: dt.date) -> list[Card]:
    """List the procedures offered on a day, without their pages' addresses."""
    return [Card(_facts(offer, language), "") for offer in procedures.offers(day)]


def service_of(code: str, language: str, day: dt.date) -> list[dict[str, Any]]:
    """Give one procedure in the shape of the service-card component, in a list; empty where it is not offered."""
    from cms.models import ProcedurePage  # noqa: PLC0415 - models import this module

    facts = facts_of(code, language, day)
    if facts is None:
        return []
    page = ProcedurePage.objects.live().filter(procedure_code=code, locale__language_code=language).first()
    url = (page.url if page is not None else None) or f"/nop/{code}/"
    return services_of([Card(facts, url)])


def event_name(slug: str) -> str:
    """Give the name of a situation in which procedures are needed."""
    return name_of(slug)


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


def life_events(found: list[Card]) -> list[dict[str, str]]:
    """List the situations in which these procedures are needed, by name."""
    slugs = {event for card in found for event in card.facts.life_events}
    return sorted(({"slug": slug, "name": name_of(slug)} for slug in slugs), key=lambda row: row["name"])


def key_date(season: str, phase: str) -> KeyDate | None:
    """Give a key date by its names."""
    from cms.models import KeyDate  # noqa: PLC0415 - models import this module

    return KeyDate.objects.filter(season=season, phase=phase).first()


def banners(now: dt.datetime) -> QuerySet[NoticeBanner]:
    """List the notices that are shown at a moment, urgent ones first."""
    from cms.models import NoticeBanner  # noqa: PLC0415 - models import this module

    return NoticeBanner.objects.filter(shown_from__lte=now, shown_to__gt=now).order_by(
        "-urgent", "-shown_from"
    )


def news_below(page: Any, category: str = "") -> QuerySet[NewsPage]:
    """List live news below a page, newest first, with what a list shows of them."""
    from cms.models import NewsPage  # noqa: PLC0415 - models import this module

    found = NewsPage.objects.descendant_of(page).live().public().select_related("category", "lead_image")
    if category:
        found = found.filter(category__slug=category)
    ordered: QuerySet[NewsPage] = (
        found.defer_streamfields().prefetch_related("lead_image__renditions").order_by("-dated", "-pk")
    )
    return ordered


def newest_news(locale: Any) -> QuerySet[NewsPage]:
    """List the department's news of a language, newest first; schools' own news stand on their sites."""
    from cms.models import HomePage, NewsIndexPage  # noqa: PLC0415 - models import this module

    home = HomePage.objects.live().filter(locale=locale).first()
    index = NewsIndexPage.objects.child_of(home).live().first() if home is not None else None
    if index is None:
        from cms.models import NewsPage  # noqa: PLC0415 - models import this module

        empty: QuerySet[NewsPage] = NewsPage.objects.none()
        return empty
    return news_below(index)


def categories_below(page: Any) -> QuerySet[NewsCategory]:
    """List the categories that have live news below a page."""
    from cms.models import NewsCategory  # noqa: PLC0415 - models import this module

    used = news_below(page).order_by().values("category")
    return NewsCategory.objects.filter(pk__in=used)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the FAQ with its other wordings; ``answer`` is plain text with today's facts."""

    key: str
    question: str
    variants: tuple[str, ...]
    answer: str
    url: str
    topic: str
    procedure_code: str = ""


def questions(language: str, day: dt.date) -> list[Question]:
    """List every published question with its wordings and today's answer: search and assistant feed on it."""
    from cms.models import ProcedurePage, QuestionsPage  # noqa: PLC0415 - models import this module

    pages = [
        *QuestionsPage.objects.live().public().filter(locale__language_code=language).order_by("pk"),
        *ProcedurePage.objects.live().public().filter(locale__language_code=language).order_by("pk"),
    ]
    return [question for page in pages for question in questions_of(page, language, day)]


def questions_of(page: Any, language: str, day: dt.date) -> list[Question]:
    """List the questions of one page."""
    from cms import references, texts  # noqa: PLC0415 - they read this module

    return [
        Question(
            key=f"{page.pk}-{child.id}",
            question=child.value["question"],
            variants=tuple(child.value["variants"] or ()),
            answer=references.render(texts.plain(child.value["answer"].source), day, language=language),
            url=f"{page.url}#{anchor(child)}",
            topic=page.title,
            procedure_code=getattr(page, "procedure_code", ""),
        )
        for child in page.questions
    ]


def anchor(child: Any) -> str:
    """Give the place of a question on its page; stable while the question is edited."""
    return f"hoi-{str(child.id)[:8]}"


def school_site_url(code: str) -> str:
    """Give the address of a school's own site; "" where it has none."""
    from cms.models import SchoolSitePage  # noqa: PLC0415 - models import this module

    page = SchoolSitePage.objects.live().filter(school_code=code).first()
    return (page.url or "") if page is not None else ""


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
