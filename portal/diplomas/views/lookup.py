"""Is there such a diploma? Asked by anybody with two keys, answered with as little as helps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import address_key, too_many
from portal.common.spoken import spoken
from portal.diplomas.birth_field import BirthField
from portal.diplomas.lookup import HOUR, Question, TooManyError, look_up
from portal.diplomas.normal.names import kept_name
from portal.diplomas.normal.numbers import register_key
from portal.diplomas.proof import is_proof, new_challenge


class LookUpForm(forms.Form):
    """Two keys."""

    use_required_attribute = False
    number = forms.CharField(
        label=gettext_lazy("Số hiệu hoặc số vào sổ gốc"),
        help_text=gettext_lazy("Ghi ở góc dưới văn bằng, ví dụ B 0012345 hoặc 123/2008/THPT"),
        max_length=60,
        error_messages={"required": gettext_lazy("Ghi số hiệu hoặc số vào sổ gốc.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "w-code",
            }
        ),
    )
    name = forms.CharField(
        label=gettext_lazy("Họ và tên ghi trên văn bằng"),
        help_text=gettext_lazy("Có dấu hay không dấu đều được"),
        max_length=120,
        error_messages={"required": gettext_lazy("Ghi họ và tên.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    birth = BirthField(
        label=gettext_lazy("Ngày sinh ghi trên văn bằng"),
        help_text=gettext_lazy("Văn bằng chỉ ghi năm sinh thì để trống ngày và tháng"),
    )

    def clean_number(self) -> str:
        """Refuse what has no digit: no diploma has such a number."""
        number: str = self.cleaned_data["number"].replace("\x00", "")
        if not register_key(number):
            raise ValidationError(_("Số này cần có chữ số. Xem lại số ghi trên văn bằng."))
        return number

    def clean_name(self) -> str:
        """Bring the name to its kept form."""
        try:
            return kept_name(self.cleaned_data["name"].replace("\x00", ""))
        except ValueError as error:
            raise ValidationError(spoken(error)) from error


@never_cache
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """Ask on GET; on POST tell what there is, or one sentence for whatever was wrong."""
    if request.method != "POST":
        return _page(request, LookUpForm())
    form = LookUpForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    proven = is_proof(request.POST.get("challenge", ""), request.POST.get("proof", ""))
    given = form.cleaned_data
    try:
        found = look_up(
            question=Question(given["number"], given["name"], given["birth"]),
            address=address_key(request),
            proven=proven,
        )
    except TooManyError:
        return _unlisted(too_many(request, HOUR))
    # 200 for a miss as well: a 404 would let Wagtail look for redirects, two queries more than for a hit
    return _page(request, form, answered=True, found=found)


def _page(request: HttpRequest, form: LookUpForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "challenge": new_challenge(), **more}
    return _unlisted(render(request, "diplomas/lookup.html", context, status=status))


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
