"""What pages say to search engines in schema.org's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from cms import selectors


def questions(found: Iterable[selectors.Question]) -> dict[str, Any]:
    """Say a list of questions with today's answers."""
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": each.question,
                "acceptedAnswer": {"@type": "Answer", "text": each.answer},
            }
            for each in found
        ],
    }


def procedure(facts: selectors.ProcedureFacts, path: str) -> dict[str, Any]:
    """Say a procedure with its fee of today in whole đồng."""
    return {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": facts.title,
        "identifier": facts.code,
        "description": facts.summary,
        "serviceOperator": {"@type": "GovernmentOrganization", "name": facts.authority},
        "areaServed": settings.PROVINCE,
        "url": f"{settings.PUBLIC_URL}{path}",
        "offers": {"@type": "Offer", "price": facts.fee, "priceCurrency": "VND"},
    }
