"""The product's addresses and a few guarded views, as another room would write them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal import urls
from portal.accounts.models import Role
from portal.accounts.ports import (
    citizen_required,
    current_citizen,
    current_officer,
    officer_required,
    throttled,
)


@citizen_required
def for_citizens(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_citizen(request).full_name)


@officer_required()
def for_officers(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_officer(request).full_name)


@officer_required(Role.PRINCIPAL)
def for_principals(request: HttpRequest) -> HttpResponse:
    return HttpResponse(current_officer(request).full_name)


@throttled("test-page", 2, 600)
def twice(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


@throttled("test-form", 1, 600, only="POST")
def sent_once(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [
    path("citizens/", for_citizens),
    path("officers/", for_officers),
    path("principals/", for_principals),
    path("twice/", twice),
    path("sent-once/", sent_once),
    *urls.urlpatterns,
]
