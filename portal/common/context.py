"""What every page knows without asking the database or the session."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the made-up province, its name, its telephone; `?theme=dark` for looking at both faces."""
    theme = request.GET.get("theme", "") if settings.DEMO else ""
    return {
        "DEMO": settings.DEMO,
        "PROVINCE": settings.PROVINCE,
        "HOTLINE": settings.HOTLINE,
        "THEME": theme if theme in {"light", "dark"} else "",
    }
