"""The catalogue of components: what the portal is built of, in every state, light and dark. Demo only."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.common.icons import ICONS
from portal.common.status_tags import STATUS_TAGS
from portal.home.catalogue.form import SampleForm, WrongSampleForm
from portal.home.catalogue.samples import rows


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show everything; ``?theme=light`` or ``dark`` chooses the face, as on every page of the demo."""
    if not settings.DEMO:
        raise Http404
    context = {
        **rows(),
        "states": list(STATUS_TAGS),
        "icons": sorted(ICONS),
        "form": SampleForm(prefix="mau"),
        "wrong_form": WrongSampleForm(),
    }
    return render(request, "catalogue/page.html", context)
