"""The two ways to an order's pages: its payer signed in, or somebody with a link. Same pages, other addresses."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse

from payments import selectors
from portal.accounts.ports import current_citizen


@dataclass(frozen=True, slots=True)
class Door:
    """An order and where its pages lie for this reader; ``subject_url`` is empty where nothing more may be seen."""

    order: selectors.Order
    order_url: str
    pay_url: str
    returned_url: str
    status_url: str
    subject_url: str = ""
    slip_url: str = ""


def payers(request: HttpRequest, public_id: UUID) -> Door:
    """Give the reader's own order; 404 for anybody else's, in the same words as for none."""
    order = selectors.order_of(current_citizen(request).user, public_id)
    if order is None:
        raise Http404
    pages = {name: reverse(f"payments:{name}", args=[public_id]) for name in ("pay", "returned", "status")}
    return Door(
        order,
        order_url=reverse("payments:order", args=[public_id]),
        pay_url=pages["pay"],
        returned_url=pages["returned"],
        status_url=pages["status"],
        subject_url=selectors.way_back(order),
        slip_url=reverse("payments:slip", args=[public_id]) if order.check_word else "",
    )


def linked(request: HttpRequest) -> Door:
    """Give the order of the link's token, which stands in the query: no log keeps queries. 404 for any other."""
    token = request.GET.get("k", "")
    order = selectors.order_by_token(token)
    if order is None:
        raise Http404
    pages = {
        name: f"{reverse(f'payments:{name}')}?{urlencode({'k': token})}"
        for name in ("linked", "linked_pay", "linked_returned", "linked_status")
    }
    return Door(
        order,
        order_url=pages["linked"],
        pay_url=pages["linked_pay"],
        returned_url=pages["linked_returned"],
        status_url=pages["linked_status"],
    )
