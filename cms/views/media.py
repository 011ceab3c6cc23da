"""Pictures of pages. Only what Wagtail made of an uploaded picture has an address; originals have none."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

_YEAR = 365 * 24 * 60 * 60


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a rendition; its name changes with its content, so a browser keeps it for good."""
    if "\x00" in name:
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT / "images"))
    if isinstance(response, FileResponse):
        patch_cache_control(response, public=True, max_age=_YEAR, immutable=True)
    return response
