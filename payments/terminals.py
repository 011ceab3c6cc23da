"""From a payee to its terminal, from a terminal to its gateway."""

from __future__ import annotations

from django.conf import settings

from payments.gateways.base import Gateway
from payments.gateways.null import NullGateway
from payments.gateways.vnpay.gateway import Addresses, VnpayGateway
from payments.gateways.vnpay.messages import Terminal as VnpayTerminal
from payments.models import Payee, Terminal


def terminal_of(organisation_id: int) -> Terminal | None:
    """Give the terminal of a payee, else the shared one; None where it takes no money online."""
    own = (
        Payee.objects.filter(organisation_id=organisation_id, terminal__active=True)
        .select_related("terminal")
        .first()
    )
    if own is not None:
        return own.terminal
    return Terminal.objects.filter(shared=True, active=True).first()


def gateway_of(terminal: Terminal | None) -> Gateway:
    """Give the way to pay; the null gateway where there is no terminal or this site lacks its secret."""
    secret = settings.VNPAY_SECRETS.get(terminal.code, "") if terminal else ""
    if terminal is None or not secret:
        return NullGateway()
    return VnpayGateway(
        VnpayTerminal(terminal.code, secret),
        Addresses(settings.VNPAY_PAYMENT_URL, settings.VNPAY_MERCHANT_URL, settings.VNPAY_BANK_LIST_URL),
        settings.VNPAY_OWN_IP,
    )
