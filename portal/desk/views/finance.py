"""The accountants' desk: what waits, what came and went, one payment by its code, files to take away."""

from __future__ import annotations

import datetime as dt
import tempfile
from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from payments import selectors, services
from portal.accounts import selectors as accounts
from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.accounts.services import record_look
from portal.desk.forms.finance import DaysForm, ExportListForm
from portal.desk.frame import frame
from portal.desk.money_words import tell_entry, tell_message

CODE_LENGTH = 40
_IN_MEMORY = 1_000_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def reach_of(request: HttpRequest) -> selectors.Reach:
    """Say whose books the officer reads."""
    return selectors.books_of(current_officer(request).user)


def books_frame(request: HttpRequest) -> dict[str, Any]:
    """Add to the desk's frame what waits for those who keep these books."""
    reach = reach_of(request)
    return {
        **frame(request),
        "waiting": selectors.refunds(reach, selectors.Refund.State.PROPOSED).count(),
        "held": selectors.held_attempts(reach).count(),
    }


def _this_month() -> tuple[dt.date, dt.date]:
    today = accounts.today()
    return today.replace(day=1), today


@require_GET
@officer_required(Role.FINANCE)
def show(request: HttpRequest) -> HttpResponse:
    """Show the work that waits, and what came and went within days (this month unless asked)."""
    reach = reach_of(request)
    first, last = _this_month()
    asked = "first-day" in request.GET
    form = DaysForm(request.GET) if asked else DaysForm(initial={"first": first, "last": last})
    if asked and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    turnovers = selectors.turnovers(reach, first, last)
    return render(
        request,
        "desk/finance.html",
        {
            **books_frame(request),
            "everywhere": reach.everywhere,
            "failed": selectors.refunds(reach, selectors.Refund.State.REFUSED).count(),
            "form": form,
            "first": first,
            "last": last,
            "turnovers": turnovers,
            "came": sum(row.came for row in turnovers),
            "went": sum(row.went for row in turnovers),
            "left": sum(row.left for row in turnovers),
            "exports": selectors.exports_of(current_officer(request).user)[:10],
            "code": request.GET.get("ma", "").replace("\x00", "")[:CODE_LENGTH],
        },
        status=422 if form.errors else 200,
    )


@require_GET
@officer_required(Role.FINANCE)
@throttled("find-payment", limit=600, seconds=3_600)
def find(request: HttpRequest) -> HttpResponse:
    """Lead from a code to its payment; say so where there is none within reach."""
    code = request.GET.get("ma", "").replace("\x00", "")[:CODE_LENGTH]
    order = selectors.order_by_code(reach_of(request), code)
    if order is None:
        messages.warning(request, _("Không có khoản thanh toán nào mang mã này trong sổ của anh/chị."))
        return HttpResponseRedirect(reverse("desk:finance"))
    return HttpResponseRedirect(reverse("desk:payment", args=[order.code]))


@require_GET
@officer_required(Role.FINANCE)
def payment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one payment: lines, attempts, what the bank said, what the books say, what went back."""
    reach, user = reach_of(request), current_officer(request).user
    order = selectors.order_by_code(reach, code)
    if order is None:
        raise Http404
    lines = [
        line for line in order.lines.all() if reach.everywhere or line.payee_id in reach.organisation_ids
    ]
    record_look(
        actor=user,
        subject_kind="payment",
        subject_id=order.pk,
        purpose="books",
        organisation_id=lines[0].payee_id,
    )
    return render(
        request,
        "desk/payment.html",
        {
            **frame(request),
            "order": order,
            "standing": selectors.standing(order, get_language() or "vi"),
            "lines": [
                {
                    "line": line,
                    "refunds": line.refunds.all(),
                    "may_refund": selectors.may_refund(user, line) and selectors.refundable(line),
                }
                for line in lines
            ],
            "receipts": selectors.receipts_of([order]).get(order.pk),
            "attempts": order.attempts.select_related("held_decision__officer__officer").order_by("number"),
            "bank_said": [tell_message(message) for message in selectors.order_messages(order)[:20]],
            "entries": [
                tell_entry(entry)
                for entry in selectors.order_entries(order).filter(line__in=[line.pk for line in lines])
            ],
        },
    )


@require_POST
@officer_required(Role.FINANCE)
@throttled("export-payments", limit=60, seconds=3_600)
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the accountants' list, or order it where it is long. Each hand-out is recorded."""
    form = ExportListForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Chưa xuất được: xem lại hai ngày và loại tệp."))
        return HttpResponseRedirect(reverse("desk:finance"))
    reach, said, user = reach_of(request), form.cleaned_data, current_officer(request).user
    first, last, kind = said["first"], said["last"], said["form"]
    record_look(
        actor=user,
        subject_kind="payment-list",
        subject_id=f"{first:%Y%m%d}-{last:%Y%m%d}",
        purpose="export",
        organisation_id=min(reach.organisation_ids),
    )
    if services.is_long(reach=reach, first=first, last=last):
        services.order_export(officer_id=user.pk, reach=reach, first=first, last=last, form=kind)
        messages.success(
            request, _("Danh sách dài nên được lập riêng. Vài phút nữa tệp nằm ở mục “Tệp đã lập”.")
        )
        return HttpResponseRedirect(reverse("desk:finance"))
    out = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the answer closes it
    services.write_export(reach=reach, first=first, last=last, form=kind, out=cast("BinaryIO", out))
    out.seek(0)
    return attached(FileResponse(cast("BinaryIO", out)), first, last, kind)


@require_GET
@officer_required(Role.FINANCE)
def exported(request: HttpRequest, export_id: int) -> HttpResponse:
    """Hand out a list that a worker has made, to the officer who ordered it."""
    found = selectors.open_export(current_officer(request).user, export_id)
    if found is None:
        raise Http404
    made, file = found
    return attached(FileResponse(file), made.first_day, made.last_day, made.form)


def attached(response: FileResponse, first: dt.date, last: dt.date, kind: str) -> HttpResponse:
    """Name the file after its days; it is streamed."""
    name = f"so-thu-{first:%Y%m%d}-{last:%Y%m%d}.{kind}"
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return cast("HttpResponse", response)  # streamed; the guards around views only touch its headers
