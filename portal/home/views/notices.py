"""The citizen's messages, and by which ways they want to be told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.ports import citizen_required, current_citizen
from portal.accounts.services import set_notice_wishes
from portal.notifications import selectors, services


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the messages, the newest first; those shown count as read from then on."""
    user = current_citizen(request).user
    told = list(selectors.notices_of(user, limit=100))
    services.mark_read(recipient_id=user.pk)
    return render(request, "home/notices.html", {"notices": told})


@require_http_methods(["GET", "POST"])
@citizen_required
def wishes(request: HttpRequest) -> HttpResponse:
    """Show and keep the wishes; messages on the portal always come."""
    citizen = current_citizen(request)
    if request.method == "POST":
        set_notice_wishes(citizen_id=citizen.pk, mail="mail" in request.POST, sms="sms" in request.POST)
        messages.success(request, _("Đã lưu cách nhận tin."))
        return HttpResponseRedirect(reverse("home:notices"))
    return render(request, "home/wishes.html", {"citizen": citizen})
