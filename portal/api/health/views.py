"""``GET /health/``."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.api.health.parts import all_parts, citizens_can_be_served


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Answer ``{"status": …, "parts": {name: {"state": …, "since": …}}}``; 503 when nobody can be served."""
    parts = all_parts()
    fine = citizens_can_be_served(parts)
    content = {
        "status": "up" if fine else "down",
        "parts": {
            name: {"state": part.state, "since": part.since.isoformat() if part.since else None}
            for name, part in sorted(parts.items())
        },
    }
    return JsonResponse(content, status=HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE)
