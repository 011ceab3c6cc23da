"""A holder's own diplomas: what the register says, its QR, links that end, who looked."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.accounts import selectors as accounts
from portal.accounts.ports import address_key, citizen_required, current_citizen, throttled
from portal.diplomas import selectors
from portal.diplomas.credentials.making import credential_for, qr_of, sign
from portal.diplomas.digital import order_digital_diploma, subject_of
from portal.diplomas.models import Entry, State
from portal.diplomas.records import shown
from portal.diplomas.refusals import RegisterRefusedError
from portal.diplomas.shares import end_share, open_share, share_diploma
from portal.documents import selectors as documents


class ShareForm(forms.Form):
    """How long, and for whom in the holder's own words."""

    use_required_attribute = False
    days = forms.TypedChoiceField(
        label=gettext_lazy("Liên kết mở được trong"),
        choices=[
            ("1", gettext_lazy("1 ngày")),
            ("7", gettext_lazy("7 ngày")),
            ("30", gettext_lazy("30 ngày")),
        ],
        coerce=int,
        initial="7",
        widget=forms.RadioSelect(),
        error_messages={"required": gettext_lazy("Chọn thời hạn của liên kết.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Gửi cho ai"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Chỉ anh/chị thấy, để nhớ liên kết nào gửi ai"),
    )


@require_GET
@citizen_required
def mine(request: HttpRequest) -> HttpResponse:
    """List the diplomas under one's own personal ID."""
    return render(request, "diplomas/mine.html", {"entries": selectors.of_holder(current_citizen(request))})


def _own(request: HttpRequest, public_id: UUID) -> Entry:
    found = selectors.entry_of_holder(current_citizen(request), public_id)
    if found is None:
        raise Http404
    return found


@require_GET
@citizen_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one diploma."""
    return _show(request, _own(request, public_id), ShareForm())


def _show(request: HttpRequest, entry: Entry, form: ShareForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    shares = [
        {
            "share": each,
            "open": each.ended_at is None and each.ends_at > now,
            "url": request.build_absolute_uri(reverse("diplomas:shared", args=[each.code])),
        }
        for each in selectors.shares_of(entry)[:20]
    ]
    return render(
        request,
        "diplomas/own.html",
        {
            "entry": entry,
            "rows": shown(entry.content, entry.personal_id),
            "form": form,
            "shares": shares,
            "looks": selectors.looks_at(entry),
            "officers": accounts.looks_at("diploma", entry.pk, 20),
            "documents": documents.documents_of(subject_of(entry)),
            "with_qr": entry.state == State.VALID,
        },
        status=status,
    )


@require_POST
@citizen_required
@throttled("share-diploma", limit=20, seconds=3_600)
def share(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Make a link."""
    entry = _own(request, public_id)
    form = ShareForm(request.POST)
    if form.is_valid():
        try:
            share_diploma(
                entry=entry,
                citizen_id=current_citizen(request).pk,
                days=form.cleaned_data["days"],
                note=form.cleaned_data["note"],
            )
        except RegisterRefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã tạo liên kết. Chép liên kết bên dưới để gửi."))
            return HttpResponseRedirect(f"{reverse('diplomas:own', args=[public_id])}#lien-ket")
    return _show(request, entry, form, status=422)


@require_POST
@citizen_required
def end(request: HttpRequest, public_id: UUID, share_id: int) -> HttpResponse:
    """End a link now."""
    _own(request, public_id)
    if end_share(share_id=share_id, citizen_id=current_citizen(request).pk):
        messages.success(request, _("Đã đóng liên kết. Từ giờ không ai mở được nữa."))
    return HttpResponseRedirect(f"{reverse('diplomas:own', args=[public_id])}#lien-ket")


@require_POST
@citizen_required
@throttled("digital-diploma", limit=20, seconds=3_600)
def digital(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Order one's digital diploma as a signed PDF."""
    try:
        order_digital_diploma(entry=_own(request, public_id))
    except RegisterRefusedError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Văn bằng số đang được lập và ký. Tải lại trang sau ít phút."))
    return HttpResponseRedirect(reverse("diplomas:own", args=[public_id]))


@require_GET
@citizen_required
def qr(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Draw the QR code of one's own valid diploma."""
    entry = _own(request, public_id)
    if entry.state != State.VALID:
        raise Http404
    token = sign(credential_for(entry=entry, occasion="holder"), entry.content)
    return HttpResponse(
        qr_of(token),
        content_type="image/svg+xml",
        headers={"Content-Security-Policy": "default-src 'none'", "Cache-Control": "private, no-store"},
    )


@never_cache
@require_GET
@throttled("shared-diploma", limit=60, seconds=3_600)
def shared(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a link of the holder's leads to; a link that is over looks like one that never was."""
    entry = open_share(code=code[:64].replace("\x00", ""), address=address_key(request))
    response = render(
        request,
        "diplomas/shared.html",
        {"entry": entry, "rows": shown(entry.content) if entry else []},
        status=200 if entry else 404,
    )
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
