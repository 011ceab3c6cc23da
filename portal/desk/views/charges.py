"""A school's lists: what is collected, who has paid, publishing, reminding, taking back, Excel out."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.ports import Role, current_officer, officer_required, throttled
from portal.charges import selectors, services
from portal.common.clock import local_day
from portal.common.revisions import sent_revision
from portal.common.school_years import school_year_of
from portal.desk.forms.charges import ReasonForm
from portal.desk.frame import frame
from portal.desk.reach import holds_for_province
from portal.desk.views.charge_reach import AT_CHARGES, charging_schools, note_look, own_list
from portal.desk.views.exports import attached
from portal.desk.views.pupils import chosen_school

PER_PAGE = 20
ROWS_PER_PAGE = 50
WORKING = frozenset({"preparing", "publishing", "cancelling"})
STATES = ("due", "paid", "exempt", "cancelled")


def _at(listed: selectors.ChargeList) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk:charge_list", args=[listed.public_id]))


@require_GET
@officer_required(*AT_CHARGES)
def show(request: HttpRequest) -> HttpResponse:
    """List what a school collects, with how much has come."""
    if holds_for_province(request, Role.FINANCE):
        return HttpResponseRedirect(reverse("desk:cashless"))  # the department's accountant charges nobody
    schools = charging_schools(request)
    school = chosen_school(request, schools)
    page = Paginator(selectors.lists_of(school.pk), PER_PAGE).get_page(request.GET.get("trang"))
    tallies = selectors.tallies([listed.pk for listed in page])
    today = local_day(timezone.now())
    return render(
        request,
        "desk/charges.html",
        {
            **frame(request),
            "schools": schools,
            "school": school,
            "page": page,
            "rows": [{"listed": each, "tally": tallies.get(each.pk, selectors.Tally())} for each in page],
            "share": selectors.share_of(school, school_year_of(today)),
            "school_year": school_year_of(today),
            "today": today,
        },
    )


@require_GET
@officer_required(*AT_CHARGES)
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a list through all its states: preview, how far the work is, who has paid."""
    listed = own_list(request, public_id)
    note_look(request, listed, "list")
    state = request.GET.get("xem", "")
    rows = selectors.charges_in(listed, state if state in STATES else "")
    tally = selectors.tallies([listed.pk]).get(listed.pk, selectors.Tally())
    return render(
        request,
        "desk/charge_list.html",
        {
            **frame(request),
            **_standing(listed),
            "school": listed.school,
            "kind_title": selectors.title_of(listed.kind),
            "tally": tally,
            "unpaid_money": tally.asked - tally.came,
            "filters": [
                {"name": name, "title": title, "count": count}
                for name, title, count in (
                    ("", _("Tất cả"), tally.rows),
                    ("due", _("Chưa nộp"), tally.due),
                    ("paid", _("Đã nộp"), tally.paid),
                    ("exempt", _("Được miễn"), tally.exempt),
                    ("cancelled", _("Đã hủy"), tally.cancelled),
                )
                if count or not name
            ],
            "state": state,
            "page": Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("trang")),
            "reminders": listed.reminders.select_related("actor__officer")[:5],
            "events": selectors.events_of(listed)[:20],
            "today": local_day(timezone.now()),
        },
    )


def _standing(listed: selectors.ChargeList) -> dict[str, Any]:
    return {"listed": listed, "working": listed.state in WORKING}


@require_GET
@officer_required(*AT_CHARGES)
def progress(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give how far the work is, for the page's script; 205 (show the page anew) once nothing is under way."""
    standing = _standing(own_list(request, public_id))
    if not standing["working"]:
        return HttpResponse(status=205)
    return render(request, "desk/_charges_progress.html", standing)


@require_POST
@officer_required(*AT_CHARGES)
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Let a draft be published."""
    listed = own_list(request, public_id)
    try:
        services.publish_list(
            list_id=listed.pk, revision=sent_revision(request), actor_id=current_officer(request).user.pk
        )
    except services.ChargeRefusedError as refusal:
        messages.warning(request, str(refusal))
    return _at(listed)


@require_POST
@officer_required(*AT_CHARGES)
def drop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    listed = own_list(request, public_id)
    try:
        services.drop_draft(list_id=listed.pk, revision=sent_revision(request))
    except services.ChargeRefusedError as refusal:
        messages.warning(request, str(refusal))
        return _at(listed)
    messages.success(request, _("Đã bỏ bản nháp %(title)s.") % {"title": listed.title})
    return HttpResponseRedirect(f"{reverse('desk:charges')}?truong={listed.school_id}")


@require_POST
@officer_required(*AT_CHARGES)
def remind(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remind everybody who has not paid."""
    listed = own_list(request, public_id)
    try:
        begun = services.remind_list(list_id=listed.pk, actor_id=current_officer(request).user.pk)
    except services.ChargeRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request,
            _("Đang gửi lời nhắc cho phụ huynh của %(n)d học sinh chưa nộp.") % {"n": begun.charges},
        )
    return _at(listed)


@require_http_methods(["GET", "POST"])
@officer_required(*AT_CHARGES)
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a published list back, after saying what that does."""
    listed = own_list(request, public_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_list(
                list_id=listed.pk,
                reason=form.cleaned_data["reason"],
                actor_id=current_officer(request).user.pk,
                revision=sent_revision(request),
            )
        except services.ChargeRefusedError as refusal:
            messages.warning(request, str(refusal))
        return _at(listed)
    return render(
        request,
        "desk/charges_cancel.html",
        {
            **frame(request),
            "listed": listed,
            "tally": selectors.tallies([listed.pk]).get(listed.pk, selectors.Tally()),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@require_GET
@officer_required(*AT_CHARGES)
@throttled("export-charges", limit=60, seconds=3_600)
def export(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out a list with who has paid; recorded. No card data: this side has none."""
    listed = own_list(request, public_id)
    note_look(request, listed, "export")
    out = BytesIO()
    services.export_list(listed=listed, out=out)
    return attached(out, f"khoan-thu-{listed.school.code}-{listed.made_at:%Y%m%d}-{listed.pk}.xlsx")
