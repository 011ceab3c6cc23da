"""Where is my dossier? For everybody who knows its code and the phone number written in it."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import throttled
from portal.procedures import selectors as dossiers


class LookupForm(forms.Form):
    """Code and proof."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Mã hồ sơ"),
        help_text=gettext_lazy(
            "Ghi trên giấy tiếp nhận hoặc tin nhắn, ví dụ H99.12.034-261124-0007 hoặc T-7Q4K-22"
        ),
        max_length=40,
        error_messages={"required": gettext_lazy("Ghi mã hồ sơ.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Số điện thoại ghi trong hồ sơ"),
        max_length=20,
        error_messages={"required": gettext_lazy("Ghi số điện thoại.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask on GET; on POST tell the status, or one sentence for whatever was wrong."""
    if request.method == "POST":
        return _answer(request)
    return render(request, "home/lookup.html", {"form": LookupForm()})


@throttled("look-up-dossier", limit=30, seconds=3_600)
def _answer(request: HttpRequest) -> HttpResponse:
    form = LookupForm(request.POST)
    if not form.is_valid():
        return render(request, "home/lookup.html", {"form": form}, status=422)
    dossier = dossiers.by_code_and_phone(form.cleaned_data["code"], form.cleaned_data["phone"])
    if dossier is None:
        form.add_error(None, _("Không tìm thấy hoặc thông tin chưa khớp. Xem lại hai mục đã nhập."))
        return render(request, "home/lookup.html", {"form": form}, status=404)
    language = get_language() or "vi"
    return render(
        request,
        "home/lookup.html",
        {
            "form": form,
            "dossier": dossier,
            "title": dossiers.title_of(dossier.definition, language),
            "situation": dossiers.situation(dossier, language),
            "paused": dossiers.is_paused(dossier),
        },
    )
