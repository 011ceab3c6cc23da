"""Signing in with VNeID and out again."""

from __future__ import annotations

from typing import Final

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.openid import attempt as attempts
from portal.accounts.openid import client
from portal.accounts.openid.failures import Reason, SignInFailedError
from portal.accounts.services import SignInRefusedError, citizen_from_claims
from portal.accounts.sessions import local_path, open_session
from portal.common.templatetags.wording import local_path as in_language

log = structlog.get_logger(__name__)

_STATUS: Final = {
    Reason.UNREACHABLE: 503,
    Reason.DECLINED: 200,
    Reason.STALE: 400,
    Reason.UNTRUSTED: 400,
}


@require_safe
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose how to sign in; who came from a page goes on there afterwards, in the language they read."""
    target = local_path(request.GET.get("next"), in_language(settings.LOGIN_REDIRECT_URL))
    return render(
        request,
        "accounts/sign_in.html",
        {"next": target, "expired": "het-phien" in request.GET and not request.user.is_authenticated},
    )


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider. A link, not a form: a form's policy ends at our own origin."""
    target = local_path(request.GET.get("next"), settings.LOGIN_REDIRECT_URL)
    language = "en" if target.startswith("/en/") else get_language_from_request(request)
    attempt = attempts.begin(request.session, next_path=target, language=language)
    try:
        return HttpResponseRedirect(client.authorization_address(attempt))
    except SignInFailedError as failed:
        return _failed(request, failed, target)


@require_safe
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer: check it, find or make the citizen, open a new session."""
    target = settings.LOGIN_REDIRECT_URL
    try:
        attempt = attempts.take(request.session, request.GET.get("state", ""))
        target = attempt.next
        translation.activate(attempt.language)
        if request.GET.get("error"):
            raise SignInFailedError(Reason.DECLINED, "answered with an error")  # noqa: TRY301 — one page for all failures
        citizen = citizen_from_claims(client.claims_for(attempt, request.GET.get("code", "")))
    except SignInFailedError as failed:
        return _failed(request, failed, target)
    except SignInRefusedError as refused:
        log.warning("sign_in_refused")
        context = {"reason": "refused", "sentence": refused.sentence, "next": target}
        return render(request, "accounts/sign_in_failed.html", context, status=403)
    open_session(request, citizen.user)
    log.info("citizen_signed_in", user=citizen.user_id)
    return HttpResponseRedirect(target)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ask, then end the session and all it held."""
    if request.method == "POST":
        logout(request)
        return HttpResponseRedirect(f"{reverse('accounts:sign_out')}?xong=1")
    return render(request, "accounts/sign_out.html", {"done": not request.user.is_authenticated})


def _failed(request: HttpRequest, failed: SignInFailedError, target: str) -> HttpResponse:
    log.warning("sign_in_failed", reason=failed.reason, detail=failed.detail)
    context = {"reason": str(failed.reason), "next": target}
    return render(request, "accounts/sign_in_failed.html", context, status=_STATUS[failed.reason])
