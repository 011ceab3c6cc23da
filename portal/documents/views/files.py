"""A paper's bytes, for those who may see its subject, under headers that let nothing run."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.accounts.ports import citizen_or_none, officer_or_none
from portal.accounts.services import record_look
from portal.documents import ports, storage
from portal.documents.intake import images
from portal.documents.models import PaperFile

TURNS = {"90": 90, "180": 180, "270": 270}


@require_GET
def full(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a photo, turned by ``?xoay=90`` if asked, or hand out a PDF. An officer's look is recorded."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    page, sight = _visible(request, public_id)
    if not sight.own:
        record_look(
            actor=request.user,
            subject_kind=page.subject_kind,
            subject_id=page.subject_id,
            purpose="paper",
            organisation_id=sight.organisation_id,
        )
    data = storage.read(page.stored_name)
    turn = TURNS.get(request.GET.get("xoay", ""))
    if turn is not None and page.is_image:
        data = images.turned(data, turn).data
    return sealed_off(data, page.media_type, f"giay-to-{page.position}")


@require_GET
def preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the small picture that stands on a page; the page's own look counts for it."""
    page, _sight = _visible(request, public_id)
    if not page.preview_name:
        raise Http404
    return sealed_off(storage.read(page.preview_name), images.MEDIA_TYPE, "xem-truoc")


def _visible(request: HttpRequest, public_id: UUID) -> tuple[PaperFile, ports.Sight]:
    """Give a page that this reader may see; 404 for any other, in the same words as for none."""
    page = PaperFile.objects.filter(public_id=public_id).first()
    if page is None:
        raise Http404
    return page, sight_or_404(request, ports.Subject(page.subject_kind, page.subject_id))


def sight_or_404(request: HttpRequest, subject: ports.Subject) -> ports.Sight:
    """Let a reader through to what belongs to a subject; 404 for anybody else."""
    reader = citizen_or_none(request) or officer_or_none(request)
    sight = ports.sight_of(reader.user, subject) if reader is not None else None
    # an officer's reach counts only after the second factor
    if sight is None or (not sight.own and officer_or_none(request) is None):
        raise Http404
    return sight


def sealed_off(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Answer with bytes that a browser may show (a JPEG of ours) or save (anything else), never run."""
    shown = media_type == images.MEDIA_TYPE
    ending = "jpg" if shown else "pdf"
    kind = "inline" if shown else "attachment"
    return HttpResponse(
        data,
        content_type=media_type,
        headers={
            "Content-Disposition": f'{kind}; filename="{name}.{ending}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        },
    )
