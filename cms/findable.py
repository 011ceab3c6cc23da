"""Pages and their questions as sources of the search; facts are said when results are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from cms import references, selectors, texts
from portal.common.clock import local_day
from portal.procedures import selectors as procedures
from portal.procedures.definition import say
from portal.search.ports import Entry, Kind

_BODY = 20_000  # characters


class Pages:
    """Every public page that says what search calls it."""

    name = "page"

    def entries(self) -> Iterable[Entry]:
        """Give all live pages, in every language."""
        for page in _pages().order_by("pk").specific().iterator(chunk_size=200):
            yield from _entries(page)

    def entry(self, key: str) -> Iterable[Entry]:
        """Give one page by its id; nothing where it is taken down or opens with a password."""
        for page in _pages().filter(pk=int(key)):
            # one that is being deleted has lost its own row already
            with suppress(ObjectDoesNotExist):
                yield from _entries(page.specific)

    def lines(self, keys: Collection[str], language: str) -> Mapping[str, str]:
        """Say fee and limit of procedures."""
        from cms.models import ProcedurePage  # noqa: PLC0415 - models must be loaded first

        codes = dict(
            ProcedurePage.objects.filter(pk__in=[int(key) for key in keys]).values_list(
                "pk", "procedure_code"
            )
        )
        if not codes:
            return {}
        offers = {
            card.facts.code: card.facts for card in selectors.offers_of(language, local_day(timezone.now()))
        }
        return {str(pk): _line(offers[code]) for pk, code in codes.items() if code in offers}


class Questions:
    """Every question of the FAQ with its other wordings."""

    name = "question"

    def entries(self) -> Iterable[Entry]:
        """Give all questions, in every language."""
        for page in _question_pages():
            yield from self._of(page)

    def entry(self, key: str) -> Iterable[Entry]:
        """Give one question: the page's id and the question's."""
        number = key.partition("-")[0]
        for page in _question_pages(int(number)):
            yield from (entry for entry in self._of(page) if entry.key == key)

    def lines(self, keys: Collection[str], language: str) -> Mapping[str, str]:
        """Say the whole answer with today's facts, where it is short."""
        day = local_day(timezone.now())
        pages = _question_pages(*{int(key.partition("-")[0]) for key in keys})
        answers = {
            question.key: question.answer
            for page in pages
            for question in selectors.questions_of(page, language, day)
        }
        longest = 220
        return {key: answers[key] for key in keys if 0 < len(answers.get(key, "")) <= longest}

    def _of(self, page: Any) -> Iterable[Entry]:
        language = page.locale.language_code
        day = local_day(timezone.now())
        for question, child in zip(
            selectors.questions_of(page, language, day), page.questions, strict=True
        ):
            yield Entry(
                key=question.key,
                kind=Kind.QUESTION,
                title=question.question,
                url=question.url,
                language=language,
                keywords=" ".join(question.variants),
                # without its facts: they are said by `lines`, never from the index
                body=_without_references(texts.plain(child.value["answer"].source)),
            )


def _pages() -> Any:
    return Page.objects.live().public().filter(depth__gt=1).select_related("locale")


def _question_pages(*pks: int) -> list[Any]:
    from cms.models import ProcedurePage, QuestionsPage  # noqa: PLC0415 - models must be loaded first

    found: list[Any] = []
    for model in (QuestionsPage, ProcedurePage):
        pages = model.objects.live().public().select_related("locale").order_by("pk")
        found += list(pages.filter(pk__in=pks) if pks else pages)
    return found


def _entries(page: Any) -> Iterable[Entry]:
    kind = getattr(page, "search_kind", "")
    if not kind or page.url is None:
        return
    language = page.locale.language_code
    code = getattr(page, "procedure_code", "")
    keywords, body, title = "", _without_references(page.text()), page.title
    codes: tuple[str, ...] = ()
    if code:
        told = _procedure_words(code, language)
        if told is None:
            return
        keywords, body, codes = told[0], f"{told[1]} {body}", (code,)
    number = getattr(page, "number", "")
    school = getattr(page, "school_code", "")
    yield Entry(
        key=str(page.pk),
        kind=Kind(kind),
        title=title,
        url=page.url,
        language=language,
        keywords=" ".join(part for part in (keywords, page.search_description) if part),
        body=body[:_BODY],
        codes=tuple(each for each in (*codes, number, school) if each),
        dated=getattr(page, "dated", None) or getattr(page, "issued_on", None),
    )


def _procedure_words(code: str, language: str) -> tuple[str, str] | None:
    """Give a procedure's further words and its text; None where it is not offered today."""
    found = {made.code: made for made in procedures.offered(local_day(timezone.now()))}.get(code)
    if found is None:
        return None
    keywords = " ".join(
        [say(found.short_title, language), *(selectors.event_name(event) for event in found.life_events)]
    )
    parts = [
        say(found.summary, language),
        say(found.authority, language),
        *(say(paper.title, language) for paper in found.papers),
        *(say(step.title, language) for step in found.steps),
        *found.legal_basis,
    ]
    return keywords, ". ".join(part for part in parts if part)


def _without_references(text: str) -> str:
    return references.REFERENCE.sub("…", text)


def _line(facts: selectors.ProcedureFacts) -> str:
    return gettext("%(days)s · %(fee)s") % {
        "days": selectors.days_in_words(facts.limits),
        "fee": selectors.fee_in_words(facts.fee),
    }
