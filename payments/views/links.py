"""Paying for somebody without signing in: order code and check word, from a link, a QR code or a slip."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

import segno
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from payments import selectors
from payments.forms import MethodForm
from payments.views import doors, pages
from portal.accounts.ports import citizen_required, throttled
from portal.accounts.services import take_turn

_HOUR = 3_600
_TRIES_PER_CODE = 30


class LinkForm(forms.Form):
    """The two things that stand on the slip."""

    use_required_attribute = False
    ma = forms.CharField(
        label=gettext_lazy("Mã thanh toán"),
        help_text=gettext_lazy("10 chữ và số, ví dụ 7K4Q22MN9V"),
        max_length=40,
        error_messages={"required": gettext_lazy("Ghi mã thanh toán.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    tu = forms.CharField(
        label=gettext_lazy("Từ kiểm tra"),
        help_text=gettext_lazy("Ghi dưới mã, ví dụ “sen mai 42”; có dấu hay không dấu đều được"),
        max_length=60,
        error_messages={"required": gettext_lazy("Ghi từ kiểm tra.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for code and word; a link that brings both is looked up at once."""
    sent = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" or ("ma" in sent and "tu" in sent):
        return _find(request, LinkForm(sent))
    return render(
        request, "payments/link.html", {"form": LinkForm(initial={"ma": sent.get("ma", "")[:40]})}
    )


@throttled("pay-link", limit=60, seconds=_HOUR)
def _find(request: HttpRequest, form: LinkForm) -> HttpResponse:
    if not form.is_valid():
        return render(request, "payments/link.html", {"form": form}, status=422)
    code, word = form.cleaned_data["ma"], form.cleaned_data["tu"]
    may_try = take_turn(
        key=f"pay-link-code:{code.strip().upper()[:20]}", limit=_TRIES_PER_CODE, seconds=_HOUR
    )
    order = selectors.order_by_word(code, word) if may_try else None
    if order is None:
        form.add_error(None, _("Không tìm thấy hoặc thông tin chưa khớp. Xem lại hai mục đã nhập."))
        return render(request, "payments/link.html", {"form": form}, status=404)
    token = urlencode({"k": selectors.link_token(order)})
    return HttpResponseRedirect(f"{reverse('payments:linked')}?{token}")


@pages.to_the_bank
@never_cache
@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show what is to be paid, and how it stands; nothing else of whom it is for."""
    return pages.page(request, doors.linked(request), MethodForm())


@pages.to_the_bank
@never_cache
@require_POST
@throttled("begin-payment", limit=20, seconds=_HOUR)
def pay(request: HttpRequest) -> HttpResponse:
    """Begin an attempt and go to the bank."""
    return pages.begin(request, doors.linked(request))


@never_cache
@require_GET
def returned(request: HttpRequest) -> HttpResponse:
    """Receive the browser back from the bank; nothing in the address is believed."""
    return pages.came_back(doors.linked(request))


@never_cache
@require_GET
@throttled("payment-status", limit=600, seconds=_HOUR)
def status(request: HttpRequest) -> HttpResponse:
    """Give the waiting page's small part."""
    return pages.part(request, doors.linked(request))


@require_GET
@citizen_required
def slip(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show what to hand or send to whoever pays: QR code, link, code and word; made to be printed."""
    door = doors.payers(request, public_id)
    standing = selectors.standing(door.order)
    if standing.state not in {"open", "waiting"} or not door.order.check_word:
        return HttpResponseRedirect(door.order_url)
    link = selectors.pay_link(door.order)
    return render(
        request,
        "payments/slip.html",
        {
            "door": door,
            "order": door.order,
            "lines": door.order.lines.all(),
            "link": link,
            "qr": qr(link),
            "address": link.partition("?")[0],
        },
    )


def qr(target: str) -> SafeString:
    """Draw a QR code as SVG for a page; dark on white whatever the theme, for phones must read it."""
    out = BytesIO()
    segno.make(target, error="m").save(
        out,
        kind="svg",
        border=4,
        scale=5,
        xmldecl=False,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
    )
    drawing = out.getvalue().decode()
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S308 - our own drawing of an address of ours
