"""Who issued diplomas, also under names that are no more, and which office keeps their books now."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.accounts.ports import officer_required
from portal.common.form_fields import DatePartsField
from portal.common.text import tidy
from portal.diplomas import selectors, services
from portal.diplomas.frame import frame
from portal.diplomas.reach import WRITING, offices_of
from portal.organisations import selectors as organisations


class IssuerForm(forms.Form):
    """An issuer of former or present times."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Tên ghi trên văn bằng"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ Phòng Giáo dục và Đào tạo huyện Nậm Ban"),
        error_messages={"required": gettext_lazy("Ghi tên cơ quan cấp bằng.")},
    )
    keeper = forms.ChoiceField(
        label=gettext_lazy("Cơ quan giữ sổ gốc"),
        error_messages={"required": gettext_lazy("Chọn cơ quan giữ sổ gốc.")},
    )
    ended_on = DatePartsField(label=gettext_lazy("Không còn từ ngày"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Theo văn bản nào cơ quan giữ sổ"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ biên bản bàn giao, quyết định giải thể"),
    )

    def __init__(self, offices: list[organisations.Organisation], *arguments: Any, **options: Any) -> None:
        """Offer the offices for which the officer works."""
        super().__init__(*arguments, **options)
        keeper = self.fields["keeper"]
        if isinstance(keeper, forms.ChoiceField):
            keeper.choices = [(str(office.pk), office.name) for office in offices]


@require_http_methods(["GET", "POST"])
@officer_required(*WRITING)
def show(request: HttpRequest) -> HttpResponse:
    """List the issuers whose books the officer's office keeps; enter a further one."""
    offices = offices_of(request, *WRITING)
    form = IssuerForm(organisations.by_ids(offices), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        issuer = services.open_issuer(
            name=tidy(form.cleaned_data["name"]),
            keeper_id=int(form.cleaned_data["keeper"]),
            ended_on=form.cleaned_data["ended_on"],
            keeper_source=tidy(form.cleaned_data["source"]),
        )
        messages.success(request, _("Đã có %(name)s trong danh sách.") % {"name": issuer.name})
        return HttpResponseRedirect(reverse("diplomas_desk:issuers"))
    return render(
        request,
        "diplomas/issuers.html",
        {**frame(request), "form": form, "issuers": selectors.issuers_kept_by(offices)},
        status=422 if form.errors else 200,
    )
