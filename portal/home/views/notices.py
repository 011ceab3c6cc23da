"""The citizen's messages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.accounts.ports import citizen_required, current_citizen
from portal.notifications import selectors, services


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """Show the messages, the newest first; those shown count as read from then on."""
    user = current_citizen(request).user
    told = list(selectors.notices_of(user, limit=100))
    services.mark_read(recipient_id=user.pk)
    return render(request, "home/notices.html", {"notices": told})
