"""What the payer sees. Nothing here changes how an order stands: that is for the bank's own word."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST

from payments import selectors, services
from payments.forms import MethodForm
from portal.accounts.ports import citizen_required, current_citizen, throttled

# a form that ends at the bank after our redirect needs its origin here, browsers check the whole way
_TO_THE_BANK = csp_override(
    {
        **settings.SECURE_CSP,
        "form-action": [CSP.SELF, "/".join(settings.VNPAY_PAYMENT_URL.split("/")[:3])],
    }
)


def own_order(request: HttpRequest, public_id: UUID) -> selectors.Order:
    """Give the reader's own order; 404 for anybody else's, in the same words as for none."""
    order = selectors.order_of(current_citizen(request).user, public_id)
    if order is None:
        raise Http404
    return order


@_TO_THE_BANK
@require_GET
@citizen_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an order as it stands: pay it, wait, or what came of it."""
    return _page(request, own_order(request, public_id), MethodForm())


@_TO_THE_BANK
@require_GET
@citizen_required
def returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Receive the browser back from the bank. What the bank put into the address is not believed."""
    order = own_order(request, public_id)
    services.expect_word(order_id=order.pk)
    return HttpResponseRedirect(reverse("payments:order", args=[order.public_id]))


@_TO_THE_BANK
@require_POST
@citizen_required
@throttled("begin-payment", limit=20, seconds=3_600)
def pay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin an attempt (or take the open one up again) and go to the bank."""
    order = own_order(request, public_id)
    resumes = selectors.standing(order).resumable
    form = MethodForm(request.POST)
    if not resumes and not form.is_valid():
        return _page(request, order, form, status=422)
    try:
        address = services.begin_attempt(
            order=order,
            method="" if resumes else form.cleaned_data["method"],
            customer_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
            return_url=settings.PUBLIC_URL + reverse("payments:returned", args=[order.public_id]),
            language=get_language() or "vi",
        )
    except services.PaymentRefusedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("payments:order", args=[order.public_id]))
    return HttpResponseRedirect(address)


@require_GET
@citizen_required
@throttled("payment-status", limit=600, seconds=3_600)
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the waiting page's small part; 205 when the whole page has something new to say."""
    order = own_order(request, public_id)
    standing = selectors.standing(order, get_language() or "vi")
    if standing.state != "waiting":
        return HttpResponse(status=205)
    return render(request, "payments/_waiting.html", {"order": order, "standing": standing})


def _page(
    request: HttpRequest, order: selectors.Order, form: MethodForm, status: int = 200
) -> HttpResponse:
    standing = selectors.standing(order, get_language() or "vi")
    return render(
        request,
        "payments/order.html",
        {
            "order": order,
            "lines": order.lines.all(),
            "standing": standing,
            "form": form,
            "subject_url": selectors.way_back(order),
            "receipts": selectors.receipts_of([order]).get(order.pk),
        },
        status=status,
    )
