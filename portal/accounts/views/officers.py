"""Officers' sign-in: password, then the second factor; only then does a session begin."""

from __future__ import annotations

import io
from typing import Any, Final

import segno
import structlog
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts import half_way
from portal.accounts.forms import CodeForm, PasswordForm
from portal.accounts.models import Officer, User
from portal.accounts.ports import officer_required, too_many
from portal.accounts.services import second_factor as factor
from portal.accounts.services import take_turn
from portal.accounts.sessions import local_path, open_session
from portal.common.fields import blind_index, key_ring

log = structlog.get_logger(__name__)

CODES_PER_WINDOW: Final = 6
CODE_WINDOW: Final = 10 * 60
PASSWORDS_PER_HOUR: Final = 30
_SHOWN_ONCE: Final = "recovery_codes"


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for user name and password."""
    target = local_path(request.GET.get("next"), "")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        # axes counts by name and address; this also slows a search from many addresses
        name = blind_index("username", form.cleaned_data["username"].casefold())[:32]
        if not take_turn(key=f"password:{name}", limit=PASSWORDS_PER_HOUR, seconds=3600):
            return too_many(request, 3600)
        user = authenticate(request, **form.cleaned_data)
        if isinstance(user, User) and Officer.objects.filter(user=user).exists():
            half_way.begin(request, user, target)
            return redirect("accounts:officer_code" if factor.is_set_up(user) else "accounts:officer_enrol")
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Anh/chị nhập lại cả hai."))
    context = {"form": form, "expired": "het-phien" in request.GET and request.method == "GET"}
    return render(request, "accounts/officer_sign_in.html", context, status=400 if form.errors else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the app, or a recovery code; then the session begins."""
    user = half_way.user_half_way(request)
    if user is None:
        return redirect("accounts:officer_sign_in")
    if not factor.is_set_up(user):
        return redirect("accounts:officer_enrol")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try_code(user):
            return too_many(request, CODE_WINDOW)
        if factor.accepts(user=user, code=form.cleaned_data["code"]):
            return _enter(request, user)
        form.add_error(
            "code", _("Mã chưa đúng hoặc đã dùng. Anh/chị chờ mã mới trong ứng dụng rồi nhập lại.")
        )
    return render(request, "accounts/officer_code.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enrol(request: HttpRequest) -> HttpResponse:
    """Tie an authenticator app at the first sign-in: show the QR code, ask for a code as proof."""
    user = half_way.user_half_way(request)
    if user is None:
        return redirect("accounts:officer_sign_in")
    if factor.is_set_up(user):
        # tied meanwhile (the demo's command does it): the code typed here counts all the same
        return second_factor(request) if request.method == "POST" else redirect("accounts:officer_code")
    secret = half_way.kept_secret(request)
    if secret is None:
        secret = factor.new_secret()
        half_way.keep_secret(request, secret)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not _may_try_code(user):
            return too_many(request, CODE_WINDOW)
        codes = factor.set_up(user=user, secret=secret, code=form.cleaned_data["code"])
        if codes is not None:
            log.info("second_factor_set_up", user=user.pk)
            return _enter(request, user, codes)
        form.add_error(
            "code", _("Mã chưa đúng. Anh/chị xem đồng hồ điện thoại đã tự chỉnh giờ, rồi nhập mã mới.")
        )
    groups = [secret[i : i + 4] for i in range(0, len(secret), 4)]
    context = {"form": form, "secret_groups": groups}
    return render(request, "accounts/officer_enrol.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
def qr(request: HttpRequest) -> HttpResponse:
    """Draw the QR code of the app being tied; only while it is."""
    user, secret = half_way.user_half_way(request), half_way.kept_secret(request)
    if user is None or secret is None or factor.is_set_up(user):
        raise Http404
    picture = io.BytesIO()
    # dark on light whatever the device's theme: cameras need it so
    segno.make(factor.app_address(user, secret), error="m").save(
        picture, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=False
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_safe
@never_cache
@officer_required()
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the recovery codes, once."""
    sealed = request.session.pop(_SHOWN_ONCE, None)
    if sealed is None:
        raise Http404
    target = request.session.get("after_recovery_codes") or settings.OFFICER_REDIRECT_URL
    context = {"codes": key_ring().decrypt(sealed).split(), "next": target}
    return render(request, "accounts/officer_recovery_codes.html", context)


def locked_out(
    request: HttpRequest, _original_response: Any = None, _credentials: Any = None, **_more: Any
) -> HttpResponse:
    """Answer for django-axes: too many wrong passwords from here."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    response = render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _may_try_code(user: User) -> bool:
    return take_turn(key=f"second-factor:{user.pk}", limit=CODES_PER_WINDOW, seconds=CODE_WINDOW)


def _enter(request: HttpRequest, user: User, codes: list[str] | None = None) -> HttpResponse:
    target = half_way.next_path(request, settings.OFFICER_REDIRECT_URL)
    open_session(request, user, second_factor=True)
    log.info("officer_signed_in", user=user.pk)
    if codes:
        # sealed, for sessions are rows in the database
        request.session[_SHOWN_ONCE] = key_ring().encrypt(" ".join(codes))
        request.session["after_recovery_codes"] = target
        return redirect("accounts:officer_recovery_codes")
    return HttpResponseRedirect(target)
