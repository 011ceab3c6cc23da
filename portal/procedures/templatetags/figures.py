"""A procedure's public figures for any page: ``{% load figures %}{% public_figures CODE %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from portal.common.clock import local_day
from portal.procedures import selectors

register = template.Library()


@register.inclusion_tag("procedures/figures.html")
def public_figures(code: str) -> dict[str, Any]:
    """Show how the procedure went in the last twelve months, up to yesterday; nothing where it is too new."""
    return {"figures": selectors.public_figures(code, local_day(timezone.now()))}
