"""Texts of editors as templates show them: facts by reference, notices, pictures, data for search engines."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from cms import references, selectors, texts
from portal.common.clock import local_day

register = template.Library()


@register.filter
def with_facts(value: Any) -> SafeString:
    """Put facts into rich text, or into plain text, which is escaped."""
    markup = conditional_escape(value.__html__() if hasattr(value, "__html__") else value)
    shown = references.render(str(markup), local_day(timezone.now()), markup=True)
    return mark_safe(shown)  # noqa: S308 - rich text is cleaned by Wagtail, all else is escaped above


@register.filter
def steps_with_facts(steps: Any) -> list[dict[str, SafeString]]:
    """Put facts into the titles and notes of steps."""
    return [{"title": with_facts(step["title"]), "note": with_facts(step["note"] or "")} for step in steps]


@register.inclusion_tag("cms/banners.html")
def banners() -> dict[str, Any]:
    """Show the notices of this moment above the page."""
    english = (get_language() or "vi") == "en"
    rows = [
        {
            "title": (banner.title_en if english else banner.title),
            "text": (banner.text_en if english else banner.text),
            "link": banner.link,
            "kind": "danger" if banner.urgent else "info",
        }
        for banner in selectors.banners(timezone.now())
    ]
    # a notice without English words says nothing to an English reader
    return {"banners": [row for row in rows if row["title"]]}


@register.filter
def anchor_of(child: Any) -> str:
    """Give the place of a question on its page."""
    return selectors.anchor(child)


@register.filter
def fee_of(code: str) -> str:
    """Say a procedure's fee of today."""
    facts = selectors.facts_of(code, get_language() or "vi", local_day(timezone.now()))
    return "" if facts is None else selectors.fee_in_words(facts.fee)


@register.inclusion_tag("cms/procedure_card.html")
def procedure_card(code: str) -> dict[str, Any]:
    """Show a procedure as a card with its facts of today; nothing where it is not offered."""
    return {"services": selectors.service_of(code, get_language() or "vi", local_day(timezone.now()))}


@register.filter
def absolute(path: str) -> str:
    """Give the public address of a path."""
    return path if "://" in path else f"{settings.PUBLIC_URL}{path}"


@register.simple_tag
def page_description(page: Any) -> str:
    """Describe a page in one sentence: the editors', else its lead, else its first words."""
    words = str(page.search_description or getattr(page, "lead", "") or getattr(page, "hero_lead", ""))
    code: str = getattr(page, "procedure_code", "")
    if not words and code:
        facts = selectors.facts_of(code, get_language() or "vi", local_day(timezone.now()))
        words = facts.summary if facts is not None else ""
    words = words or texts.text_of(page)
    longest = 300
    return references.render(words, local_day(timezone.now()))[:longest]


@register.simple_tag
def data_block(data: dict[str, Any]) -> SafeString:
    """Write data for search engines. A data block is no script: nothing runs it, and no policy has to allow it."""
    escaped = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("&", "\\u0026")
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')  # noqa: S308 - escaped above
