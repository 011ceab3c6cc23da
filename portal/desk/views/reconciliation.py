"""The report of a day: bank × ledger × owner, each difference with its cure."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from payments import selectors, services
from portal.accounts import selectors as accounts
from portal.accounts.ports import Role, officer_required, throttled
from portal.desk.forms.finance import DayForm
from portal.desk.reach import require_province
from portal.desk.views.finance import books_frame, reach_of


@require_GET
@officer_required(Role.FINANCE)
def show(request: HttpRequest) -> HttpResponse:
    """Show a day's report; yesterday's unless asked."""
    day = accounts.today() - dt.timedelta(days=1)
    asked = "day-day" in request.GET
    form = DayForm(request.GET) if asked else DayForm(initial={"day": day})
    if asked and form.is_valid():
        day = form.cleaned_data["day"]
    reach = reach_of(request)
    return render(
        request,
        "desk/reconciliation.html",
        {
            **books_frame(request),
            "form": form,
            "day": day,
            "report": selectors.zero_difference_report(day, reach),
            "everywhere": reach.everywhere,
            "future": day >= accounts.today(),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@officer_required(Role.FINANCE)
@throttled("reconcile", limit=30, seconds=3_600)
def make(request: HttpRequest) -> HttpResponse:
    """Owe a day's comparison anew, for the department's accountant: it asks the bank for every terminal."""
    require_province(request, Role.FINANCE)
    form = DayForm(request.POST)
    address = reverse("desk:reconciliation")
    if not form.is_valid() or form.cleaned_data["day"] > accounts.today():
        messages.warning(request, _("Chọn một ngày đã qua hoặc hôm nay."))
        return HttpResponseRedirect(address)
    day = form.cleaned_data["day"]
    if services.order_reconciliation(day=day):
        messages.success(request, _("Đang đối chiếu với ngân hàng. Chờ một phút rồi xem lại."))
    else:
        messages.warning(
            request, _("Chưa có địa chỉ tệp quyết toán của ngân hàng, nên chưa đối chiếu được.")
        )
    return HttpResponseRedirect(f"{address}?day-day={day:%d/%m/%Y}")
