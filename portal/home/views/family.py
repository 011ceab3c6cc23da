"""My family: the children confirmed as mine, and claiming another one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts import selectors
from portal.accounts.ports import Relation, citizen_required, current_citizen
from portal.accounts.services import NotThereError, RefusedError, claim_child, withdraw_claim
from portal.common.form_fields import DatePartsField, PersonalIdField


class ClaimForm(forms.Form):
    """What somebody says of a child."""

    use_required_attribute = False
    relation = forms.ChoiceField(
        label=gettext_lazy("Anh/chị là gì của cháu?"),
        choices=Relation.choices,
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Chọn một mục trong danh sách.")},
    )
    child_name = forms.CharField(
        label=gettext_lazy("Họ và tên của cháu"),
        help_text=gettext_lazy("Như trong giấy khai sinh."),
        max_length=120,
        error_messages={"required": gettext_lazy("Ghi họ và tên của cháu.")},
    )
    child_birth_date = DatePartsField(
        label=gettext_lazy("Ngày sinh của cháu"), help_text=gettext_lazy("Ví dụ 14 9 2018")
    )
    child_personal_id = PersonalIdField(
        label=gettext_lazy("Số định danh cá nhân của cháu"),
        help_text=gettext_lazy(
            "12 chữ số, có trên giấy khai sinh mới hoặc thẻ căn cước. Gõ liền hoặc cách đều được."
        ),
    )


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """List confirmed children, and claims with their state."""
    citizen = current_citizen(request)
    return render(
        request,
        "home/family.html",
        {"children": selectors.children_of(citizen), "claims": selectors.claims_of(citizen)},
    )


@require_http_methods(["GET", "POST"])
@citizen_required
def claim(request: HttpRequest) -> HttpResponse:
    """Claim a child; the answer is the same whatever is true of it."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            claim_child(citizen=current_citizen(request), **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _(
                    "Đã nhận yêu cầu. Chúng tôi đối chiếu với dữ liệu của ngành; khi xác nhận xong, cháu hiện "
                    "ở trang này. Nếu sau 1 ngày làm việc chưa thấy, anh/chị mang giấy khai sinh của cháu đến trường."
                ),
            )
            return HttpResponseRedirect(reverse("home:family"))
    return render(request, "home/claim.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@citizen_required
def withdraw(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Take a waiting claim back."""
    try:
        withdraw_claim(claim_id=claim_id, citizen=current_citizen(request))
    except NotThereError as error:
        raise Http404 from error
    except RefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Đã rút yêu cầu."))
    return HttpResponseRedirect(reverse("home:family"))
