"""An issued document's file, for those who may see its subject."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.accounts.services import record_look
from portal.documents import ports, storage
from portal.documents.kinds import KINDS
from portal.documents.models import GeneratedDocument
from portal.documents.views.files import sealed_off, sight_or_404


@require_GET
def download(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand out the signed PDF, byte for byte. An officer's look is recorded."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
    document = GeneratedDocument.objects.filter(public_id=public_id).exclude(issued_at=None).first()
    if document is None:
        raise Http404
    sight = sight_or_404(request, ports.Subject(document.subject_kind, document.subject_id))
    if sight.own and KINDS[document.kind].internal:
        raise Http404
    if not sight.own:
        record_look(
            actor=request.user,
            subject_kind=document.subject_kind,
            subject_id=document.subject_id,
            purpose="document",
            organisation_id=sight.organisation_id,
        )
    name = document.number.replace("/", "-").lower()
    return sealed_off(storage.read(document.stored_name), "application/pdf", f"van-ban-{name}")
