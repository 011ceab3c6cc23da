"""Refunds: proposed by one who keeps the payee's books, approved by another."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from payments import selectors, services
from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.common.money import format_dong
from portal.desk.forms.finance import RefundForm
from portal.desk.views.finance import books_frame, reach_of

PER_PAGE = 30
STATES = {
    "cho": ("proposed",),
    "dang-hoan": ("approved", "sending", "ordered"),
    "ngan-hang-tu-choi": ("refused",),
    "xong": ("done", "declined"),
}


@require_GET
@officer_required(Role.FINANCE)
def show(request: HttpRequest) -> HttpResponse:
    """List refunds by what must be done about them."""
    chosen = request.GET.get("loai", "cho")
    chosen = chosen if chosen in STATES else "cho"
    user = current_officer(request).user
    page = Paginator(selectors.refunds(reach_of(request), *STATES[chosen]), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    titles = {
        "cho": _("Chờ duyệt"),
        "dang-hoan": _("Đang hoàn"),
        "ngan-hang-tu-choi": _("Ngân hàng từ chối"),
        "xong": _("Đã kết thúc"),
    }
    return render(
        request,
        "desk/refunds.html",
        {
            **books_frame(request),
            "page": page,
            "chosen": chosen,
            "title": titles[chosen],
            "kinds": [{"name": name, "title": title} for name, title in titles.items()],
            "rows": [
                {"refund": refund, "mine": selectors.may_refund(user, refund.line)} for refund in page
            ],
        },
    )


@require_http_methods(["GET", "POST"])
@officer_required(Role.FINANCE)
@throttled("propose-refund", limit=200, seconds=3_600, only="POST")
def propose(request: HttpRequest, line_id: int) -> HttpResponse:
    """Ask how much of a line goes back and why; another officer decides."""
    user = current_officer(request).user
    line = selectors.line_of(reach_of(request), line_id)
    if line is None or not selectors.may_refund(user, line):
        raise Http404
    paid = selectors.refundable(line)
    back = HttpResponseRedirect(reverse("desk:payment", args=[line.order.code]))
    if paid is None:
        messages.warning(request, _("Khoản này không còn gì để hoàn."))
        return back
    attempt, left = paid
    form = RefundForm(request.POST or None, initial={"amount": format_dong(left)})
    if request.method == "POST" and form.is_valid():
        try:
            services.propose_refund(
                line=line,
                attempt=attempt,
                amount=form.cleaned_data["amount"],
                reason=form.cleaned_data["reason"],
                maker_id=user.pk,
            )
        except services.PaymentRefusedError as refusal:
            form.add_error("amount", str(refusal))
        else:
            messages.success(request, _("Đã đề nghị hoàn. Một người khác giữ sổ của đơn vị phải duyệt."))
            return back
    context = {**books_frame(request), "line": line, "left": left, "form": form}
    return render(request, "desk/refund_propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@officer_required(Role.FINANCE)
def decide(request: HttpRequest, refund_id: int) -> HttpResponse:
    """Show a proposal; stand for one that came by itself, approve or decline somebody else's."""
    user = current_officer(request).user
    refund = selectors.refunds(reach_of(request)).filter(pk=refund_id).first()
    if refund is None or not selectors.may_refund(user, refund.line):
        raise Http404
    if request.method == "POST":
        return _decide(request, refund)
    return render(
        request,
        "desk/refund.html",
        {
            **books_frame(request),
            "refund": refund,
            "may_endorse": refund.state == "proposed" and refund.maker_id is None,
            "may_decide": refund.state == "proposed" and refund.maker_id not in {None, user.pk},
            "may_decline": refund.state == "proposed" and refund.maker_id != user.pk,
            "is_maker": refund.maker_id == user.pk,
        },
    )


def _decide(request: HttpRequest, refund: selectors.Refund) -> HttpResponse:
    user = current_officer(request).user
    try:
        if "endorse" in request.POST:
            services.endorse_refund(refund=refund, maker_id=user.pk)
            said = _("Anh/chị đứng tên đề nghị này. Một người khác giữ sổ của đơn vị phải duyệt.")
        elif "approve" in request.POST:
            services.approve_refund(refund=refund, checker_id=user.pk)
            said = _("Đã duyệt. Lệnh hoàn được gửi ngân hàng và theo dõi đến khi tiền về.")
        elif "decline" in request.POST:
            services.decline_refund(refund=refund, checker_id=user.pk)
            said = _("Không duyệt đề nghị hoàn này.")
        else:
            return HttpResponseRedirect(reverse("desk:refund", args=[refund.pk]))
    except services.PaymentRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("desk:refund", args=[refund.pk]))
