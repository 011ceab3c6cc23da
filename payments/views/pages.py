"""What the payer sees. Nothing here changes how an order stands: that is for the bank's own word."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import get_language
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_POST

from payments import selectors, services
from payments.forms import MethodForm
from payments.views import doors
from payments.views.doors import Door
from portal.accounts.ports import citizen_required, throttled

# a form that ends at the bank after our redirect needs its origin here, browsers check the whole way
to_the_bank = csp_override(
    {
        **settings.SECURE_CSP,
        "form-action": [CSP.SELF, "/".join(settings.VNPAY_PAYMENT_URL.split("/")[:3])],
    }
)


@to_the_bank
@require_GET
@citizen_required
def show(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show an order as it stands: pay it, wait, or what came of it."""
    return page(request, doors.payers(request, public_id), MethodForm())


@to_the_bank
@require_GET
@citizen_required
def returned(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Receive the browser back from the bank. What the bank put into the address is not believed."""
    return came_back(doors.payers(request, public_id))


@to_the_bank
@require_POST
@citizen_required
@throttled("begin-payment", limit=20, seconds=3_600)
def pay(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Begin an attempt (or take the open one up again) and go to the bank."""
    return begin(request, doors.payers(request, public_id))


@require_GET
@citizen_required
@throttled("payment-status", limit=600, seconds=3_600)
def status(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the waiting page's small part; 205 when the whole page has something new to say."""
    return part(request, doors.payers(request, public_id))


def came_back(door: Door) -> HttpResponse:
    """Ask the bank soon and show the order as it stands."""
    services.expect_word(order_id=door.order.pk)
    return HttpResponseRedirect(door.order_url)


def begin(request: HttpRequest, door: Door) -> HttpResponse:
    """Begin an attempt, or say why not."""
    resumes = selectors.standing(door.order).resumable
    form = MethodForm(request.POST)
    if not resumes and not form.is_valid():
        return page(request, door, form, status=422)
    try:
        address = services.begin_attempt(
            order=door.order,
            method="" if resumes else form.cleaned_data["method"],
            customer_ip=request.META.get("REMOTE_ADDR") or "127.0.0.1",
            return_url=settings.PUBLIC_URL + door.returned_url,
            language=get_language() or "vi",
        )
    except services.PaymentRefusedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(door.order_url)
    return HttpResponseRedirect(address)


def part(request: HttpRequest, door: Door) -> HttpResponse:
    """Give the waiting page's small part, or 205."""
    standing = selectors.standing(door.order, get_language() or "vi")
    if standing.state != "waiting":
        return HttpResponse(status=205)
    return render(request, "payments/_waiting.html", {"order": door.order, "standing": standing})


def page(request: HttpRequest, door: Door, form: MethodForm, status: int = 200) -> HttpResponse:
    """Show the order as it stands."""
    return render(
        request,
        "payments/order.html",
        {
            "door": door,
            "order": door.order,
            "lines": door.order.lines.all(),
            "standing": selectors.standing(door.order, get_language() or "vi"),
            "form": form,
            "receipts": selectors.receipts_of([door.order]).get(door.order.pk),
        },
        status=status,
    )
