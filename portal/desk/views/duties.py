"""What the portal still owes in the background; what died and needs a person. Nothing personal."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.ports import Role, officer_required
from portal.desk.frame import frame
from portal.desk.reach import require_province
from portal.outbox import selectors as outbox
from portal.outbox.services import DutyNotDeadError
from portal.outbox.services import revive as revive_duty

PER_PAGE = 30


@require_GET
@officer_required(Role.ADMINISTRATOR)
def show(request: HttpRequest) -> HttpResponse:
    """Count the duties by state and list the dead: kind, attempts, class of the error."""
    require_province(request, Role.ADMINISTRATOR)
    return render(
        request,
        "desk/duties.html",
        {
            **frame(request),
            "counts": outbox.counts(),
            "waiting_since": outbox.waiting_since(),
            "page": Paginator(outbox.dead(), PER_PAGE).get_page(request.GET.get("trang")),
        },
    )


@require_POST
@officer_required(Role.ADMINISTRATOR)
def revive(request: HttpRequest, duty_id: int) -> HttpResponse:
    """Let a dead duty start again with all its attempts."""
    require_province(request, Role.ADMINISTRATOR)
    try:
        revive_duty(duty_id=duty_id)
    except DutyNotDeadError:
        messages.warning(request, _("Việc này đã chạy lại hoặc đã xong. Xem lại bảng."))
    else:
        messages.success(
            request,
            _("Việc %(number)d được làm lại từ đầu. Chờ một phút rồi xem lại bảng.") % {"number": duty_id},
        )
    return HttpResponseRedirect(reverse("desk:duties"))
