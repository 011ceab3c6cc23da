"""What is personal in the header, fetched into pages that are cached whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_GET

from portal.accounts.ports import citizen_or_none, officer_or_none
from portal.procedures import selectors as dossiers


@require_GET
def header(request: HttpRequest) -> HttpResponse:
    """Give the header's button: sign in, my dossiers with what waits for the citizen, or my desk."""
    citizen = citizen_or_none(request)
    response = render(
        request,
        "home/header_fragment.html",
        {
            "citizen": citizen,
            "officer": officer_or_none(request) if citizen is None else None,
            "waiting": dossiers.waiting_for(citizen).count() if citizen else 0,
        },
    )
    patch_cache_control(response, private=True, no_store=True)
    return response
