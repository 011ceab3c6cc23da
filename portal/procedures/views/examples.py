"""The example picture of a paper. Public: it shows nobody's paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.procedures import examples, registry
from portal.procedures.definition import say

DAY = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=DAY)
def show(request: HttpRequest, code: str, paper: str) -> HttpResponse:
    """Draw what the paper of a procedure looks like."""
    del request
    try:
        definition = registry.current(code)
    except registry.UnknownProcedureError:
        raise Http404 from None
    wanted = next((item for item in definition.papers if item.name == paper), None)
    if wanted is None:
        raise Http404
    title = say(wanted.title, get_language() or "vi")
    return HttpResponse(examples.picture(title, _("ẢNH MẪU")), content_type="image/png")
