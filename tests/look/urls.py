"""The portal's addresses, and one for each page that cannot be given."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.csrf import csrf_failure

from portal.accounts.ports import too_many
from portal.home.views.errors import broken
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as portal_urls

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

STOPPED = ("/khong-co/", "/thu/400/", "/thu/403/", "/thu/403-csrf/", "/thu/429/", "/thu/500/")


def _suspicious(_request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def _forbidden(_request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def _csrf(request: HttpRequest) -> HttpResponse:
    return csrf_failure(request)


def _too_many(request: HttpRequest) -> HttpResponse:
    return too_many(request, 600)


urlpatterns = [
    path("thu/400/", _suspicious),
    path("thu/403/", _forbidden),
    path("thu/403-csrf/", _csrf),
    path("thu/429/", _too_many),
    path("thu/500/", broken),
    *portal_urls,
]
