"""What the citizen paid, still has to pay, got back; each with its receipt."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from payments import selectors
from portal.accounts.ports import citizen_required, current_citizen

PER_PAGE = 20


@require_GET
@citizen_required
def show(request: HttpRequest) -> HttpResponse:
    """List the citizen's own payments, the newest first. The number of queries is the same for any number."""
    page = Paginator(selectors.orders_of(current_citizen(request).user), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    orders = list(page)
    receipts = selectors.receipts_of(orders)
    language = get_language() or "vi"
    rows = [
        {
            "order": order,
            "standing": selectors.standing(order, language),
            "receipts": receipts.get(order.pk, []),
            "refunds": [
                refund
                for line in order.lines.all()
                for refund in line.refunds.all()
                if refund.state not in {selectors.Refund.State.DECLINED, selectors.Refund.State.REFUSED}
            ],
        }
        for order in orders
    ]
    return render(request, "home/payments.html", {"rows": rows, "page": page})
