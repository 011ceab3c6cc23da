"""The sample provider's own pages: signing in with a personal ID and a password."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from django import forms
from django.contrib.auth import login
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from portal.accounts.provider.models import Person
from portal.common.codes import clean_personal_id
from portal.common.fields import blind_index
from portal.common.spoken import spoken

_STYLE: Final = (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
_NOBODY: Final = make_password(None)


class SignInForm(forms.Form):
    """The same sentence for an unknown person and a wrong password."""

    personal_id = forms.CharField(label=_("Số định danh cá nhân"), max_length=20)
    password = forms.CharField(label=_("Mật khẩu"), widget=forms.PasswordInput, strip=False, max_length=200)
    person: Person | None = None

    def clean(self) -> None:
        """Find the person and check the password."""
        try:
            digits = clean_personal_id(self.cleaned_data.get("personal_id", ""))
        except ValueError as error:
            raise forms.ValidationError(spoken(error)) from error
        person = Person.objects.filter(
            personal_id_index=blind_index("personal-id", digits), is_active=True
        ).first()
        known = check_password(
            self.cleaned_data.get("password", ""), person.password if person else _NOBODY
        )
        if person is None or not known:
            raise forms.ValidationError(_("Số định danh hoặc mật khẩu chưa đúng. Anh/chị nhập lại."))
        self.person = person


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in and go on to where the portal asked for."""
    target = request.GET.get("next", "/")
    if not target.startswith("/") or not url_has_allowed_host_and_scheme(target, None):
        target = "/"
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        person: Any = form.person  # the provider's own user model, which the checker does not know
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect(target)
    people = Person.objects.filter(listed=True).order_by("pk")[:8]
    status = 400 if form.is_bound else 200
    return render(request, "provider/sign_in.html", {"form": form, "people": people}, status=status)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is."""
    return render(request, "provider/home.html")


@require_safe
@cache_control(max_age=3600)
def style(_request: HttpRequest) -> HttpResponse:
    """Serve the one stylesheet; the process needs no static files server for it."""
    return HttpResponse(_STYLE, content_type="text/css; charset=utf-8")


@require_safe
@cache_control(max_age=3600)
def no_picture(_request: HttpRequest) -> HttpResponse:
    """Answer browsers that ask for a picture of the site: there is none."""
    return HttpResponse(status=204)


@require_safe
@never_cache
def health(_request: HttpRequest) -> JsonResponse:
    """Answer when persons can sign in: 200, else 503."""
    known = "provider_person" in connection.introspection.table_names()
    return JsonResponse({"state": "ok" if known else "empty"}, status=200 if known else 503)
