"""The bank in this process, with our gateway as its payee and a citizen who clicks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx

from payments.gateways.base import Answer, Notice, Payment, Question, Refund
from payments.gateways.vnpay.client import Client
from payments.gateways.vnpay.gateway import Addresses, VnpayGateway
from payments.sandbox.bank import BANK_LIST_PATH, MERCHANT_PATH, PAYMENT_PATH, Bank
from portal.common.clock import ZONE
from tests.payments.build import payment, terminal
from tests.payments.sandbox.payee import Payee
from tests.payments.vectors import SECRET, TERMINAL

HOST = "http://bank.test"
GOOD_CARD = "9704 1985 2619 1432 198"


@dataclass
class House:
    """Everything that takes part in a payment."""

    bank: Bank
    payee: Payee
    browser: httpx.Client
    gateway: VnpayGateway

    def attempt(self, reference: str, **changes: Any) -> Payment:
        now = datetime.now(ZONE)
        return payment(
            **{
                "reference": reference,
                "created_at": now,
                "expires_at": now + timedelta(minutes=15),
                **changes,
            }
        )

    def go(self, attempt: Payment) -> httpx.Response:
        """Send the browser to the bank and follow it to the first page."""
        return self.browser.get(self.gateway.start(attempt))

    def click(self, page: httpx.Response, action: str, **form: str) -> httpx.Response:
        """Press a button of the payment page."""
        token = page.url.path.split("/")[2]
        return self.browser.post(f"{HOST}/pay/{token}/{action}", data=form)

    def pay(
        self,
        reference: str,
        card: str = GOOD_CARD,
        password: str = "123456",  # noqa: S107  the published test password
        **changes: Any,
    ) -> Notice:
        """Pay from start to way back; give what the return page would read."""
        page = self.go(self.attempt(reference, **changes))
        page = self.click(page, "card", number=card)
        if page.url.path.endswith("/password"):
            page = self.click(page, "password", password=password)
        return self.returned(page)

    def returned(self, page: httpx.Response) -> Notice:
        """Read the address to which the browser was sent back."""
        assert page.url.host == "dvc.example.vn", page.text
        return self.gateway.read(page.url.query.decode())

    def notices(self) -> list[Notice]:
        """Let the bank tell what is due, and read what the payee was told."""
        self.bank.sender.send_due()
        return [self.gateway.read(query) for query in self.payee.told]

    def ask(self, attempt: Payment) -> Answer:
        return self.gateway.ask(
            Question(attempt.reference, attempt.created_at, datetime.now(ZONE), "Truy vấn")
        )

    def give_back(self, attempt: Payment, amount: int, *, full: bool) -> Answer:
        return self.gateway.give_back(
            Refund(
                attempt.reference, amount, full, "Hoàn", attempt.created_at, datetime.now(ZONE), "canbo.kt"
            )
        )

    def fault(self, kind: str, **more: Any) -> None:
        answer = self.browser.post(f"{HOST}/sandbox/api/faults", json={"kind": kind, **more})
        assert answer.status_code == 201, answer.text

    def books(self) -> dict[str, list[dict[str, Any]]]:
        books: dict[str, list[dict[str, Any]]] = self.browser.get(f"{HOST}/sandbox/api/books").json()
        return books


class _Outside(httpx.BaseTransport):
    """The bank under its name; whatever lies beyond it answers an empty page."""

    def __init__(self, bank: Bank) -> None:
        self._bank = httpx.WSGITransport(app=bank.application)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.host == urlsplit(HOST).hostname:
            return self._bank.handle_request(request)
        return httpx.Response(200, text="the payee's page")


def build(bank: Bank, payee: Payee) -> House:
    """Put the house together and register its terminal."""
    transport = _Outside(bank)
    addresses = Addresses(HOST + PAYMENT_PATH, HOST + MERCHANT_PATH, HOST + BANK_LIST_PATH)
    client = Client(addresses.merchant, addresses.bank_list, transport)
    gateway = VnpayGateway(replace(terminal()), addresses, "203.0.113.5", client)
    house = House(bank, payee, httpx.Client(transport=transport, follow_redirects=True), gateway)
    given = {"code": TERMINAL, "secret": SECRET, "ipn_url": payee.ipn_url}
    assert house.browser.post(f"{HOST}/sandbox/api/terminals", json=given).status_code == 201
    return house
