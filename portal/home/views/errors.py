"""What the portal answers when it cannot give the page: what happened, and what to do."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404; ``exception`` stays unsaid, for it may name what is there for somebody else."""
    del exception
    return render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403; as with 404, the reason stays unsaid."""
    del exception
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 400 without asking the request anything: it is what could not be read."""
    del request, exception
    context = {
        "DEMO": settings.DEMO,
        "LANGUAGE_CODE": _language(),
        "PROVINCE": settings.PROVINCE,
        "HOTLINE": settings.HOTLINE,
    }
    return HttpResponse(render_to_string("400.html", context), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500 by a page that stands alone: no database, no session, no context processors."""
    del request
    context = {"PROVINCE": settings.PROVINCE, "HOTLINE": settings.HOTLINE, "LANGUAGE": _language()}
    return HttpResponse(render_to_string("500.html", context), status=500)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
