"""Orders for people who are not signed in: by code and check word, then by a signed token for two days."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from payments.check_words import matches
from payments.models import Order
from payments.selectors.orders import order as order_by_pk

_SALT = "payments.pay-link"
#: how long a page that was opened by code and word stays open
OPEN_SECONDS = 2 * 24 * 60 * 60
_NOBODY = "sen trăng 42"


def order_by_word(code: str, word: str) -> Order | None:
    """Find an order by its code and check word. Equal work and answer for a wrong code and a wrong word."""
    wanted = "" if "\x00" in code else code.strip().upper()
    found = Order.objects.filter(code=wanted).first()
    right = matches(word, found.check_word if found else _NOBODY)
    return found if found is not None and right else None


def link_token(order: Order) -> str:
    """Give the token with which the order's page stays open to somebody who has proven the word."""
    return signing.dumps(order.pk, salt=_SALT)


def order_by_token(token: str) -> Order | None:
    """Give the order of a token; None for one that is forged, old or changed."""
    try:
        pk = signing.loads(token, salt=_SALT, max_age=OPEN_SECONDS)
    except signing.BadSignature:
        return None
    return order_by_pk(int(pk))


def pay_link(order: Order) -> str:
    """Give the address, code and word included, that goes to grandparents: as a link or a QR code."""
    query = urlencode({"ma": order.code, "tu": order.check_word})
    return f"{settings.PUBLIC_URL}{reverse('payments:link')}?{query}"
