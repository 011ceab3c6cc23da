"""The whole bank: its routes over its books."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

from payments.sandbox import counter, merchant, pages
from payments.sandbox.books import Books, Row
from payments.sandbox.control import Control
from payments.sandbox.http import Application, Request, Response, as_json, redirect
from payments.sandbox.notices import Sender

PAYMENT_PATH = "/paymentv2/vpcpay.html"
MERCHANT_PATH = "/merchant_webapi/api/transaction"
BANK_LIST_PATH = "/qrpayauth/api/merchant/get_bank_list"
_TOKEN = r"/pay/(?P<token>[A-Za-z0-9_-]{20,60})"  # noqa: S105  a pattern
_QR = "VNPAYQR"
_QR_OUTCOMES = ("00", "51")


class Bank:
    """Views of the payment page and the merchant interface; ``application`` is the WSGI callable."""

    def __init__(self, file: Path, *, retry_seconds: float = 300.0, refund_seconds: float = 5.0) -> None:
        self.books = Books(file)
        self.sender = Sender(self.books, retry_seconds)
        self._refund_seconds = refund_seconds
        desk = Control(self.books)
        self.application = Application(
            [
                ("GET", "/", lambda _request: redirect("/sandbox/")),
                ("GET", "/health/", lambda _request: as_json({"status": "ok"})),
                (
                    "GET",
                    r"/bank\.css",
                    lambda _request: Response(pages.STYLE, kind="text/css; charset=utf-8"),
                ),
                ("GET", re.escape(PAYMENT_PATH), self.arrive),
                ("GET", _TOKEN, self.choose),
                ("GET", f"{_TOKEN}/password", self.password),
                ("GET", f"{_TOKEN}/(?:card|qr|cancel|expire)", _to_choices),
                ("POST", f"{_TOKEN}/(?P<action>card|password|qr|cancel|expire)", self.act),
                ("POST", MERCHANT_PATH, self.merchant),
                ("POST", BANK_LIST_PATH, lambda _request: as_json(merchant.bank_list())),
                ("GET", r"/settlement/(?P<terminal>\w+)/(?P<day>[0-9]{8})\.csv", self.settlement),
                ("GET", "/sandbox/", desk.page),
                ("POST", "/sandbox/faults", desk.order_by_form),
                ("POST", "/sandbox/api/faults", desk.order),
                ("DELETE", "/sandbox/api/faults", desk.forget),
                ("POST", "/sandbox/api/terminals", desk.register),
                ("GET", "/sandbox/api/books", desk.books),
                ("POST", r"/sandbox/api/notices/(?P<reference>[\w.-]+)", desk.tell_again),
            ]
        )

    def arrive(self, request: Request) -> Response:
        """Take a redirect of a payee."""
        try:
            return redirect(f"/pay/{counter.arrive(self.books, request.query)}")
        except (counter.RefusedError, ValueError) as refusal:
            return pages.error_page(refusal.code if isinstance(refusal, counter.RefusedError) else "03")

    def choose(self, request: Request) -> Response:
        """Offer the ways to pay."""
        return self._step(request, "choose.html")

    def password(self, request: Request) -> Response:
        """Ask for the one-time password."""
        return self._step(request, "password.html")

    def act(self, request: Request) -> Response:
        """Do what a button says, then show the next step or the way back."""
        token, form = request.parts["token"], request.form
        payment = counter.payment(self.books, token)
        if payment is None:
            return _nothing()
        match request.parts["action"]:
            case "card":
                said = counter.pay_by_card(self.books, token, form.get("number", ""))
            case "password":
                said = counter.give_password(self.books, token, form.get("password", ""))
            case "qr":
                outcome = form.get("outcome", "")
                counter.end(self.books, token, outcome if outcome in _QR_OUTCOMES else "99", _QR, "QRCODE")
                said = "ended"
            case "cancel":
                counter.cancel(self.books, token)
                said = "ended"
            case _:
                counter.end(self.books, token, "11")
                said = "ended"
        return self._after(said, payment, token)

    def merchant(self, request: Request) -> Response:
        """Answer querydr and refund."""
        try:
            return as_json(merchant.answer(self.books, request.body, self._refund_seconds))
        except merchant.BrokenOnPurposeError:
            return Response(b"", HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain")

    def settlement(self, request: Request) -> Response:
        """Give a day's settlement file."""
        text = merchant.settlement(self.books, request.parts["terminal"], request.parts["day"])
        return Response(text.encode(), kind="text/csv; charset=utf-8")

    def _step(self, request: Request, template: str) -> Response:
        payment = counter.payment(self.books, request.parts["token"])
        if payment is None:
            return _nothing()
        if payment["state"] != "open":
            return redirect(counter.way_back(self.books, payment))
        return pages.payment_page(payment, template)

    def _after(self, said: str, before: Row, token: str) -> Response:
        if said == "unknown":
            return pages.payment_page(before, "choose.html", "card_unknown")
        if said == "wrong":
            return pages.payment_page(before, "password.html", "password_wrong")
        if said == "password":
            return redirect(f"/pay/{token}/password")
        return redirect(f"/pay/{token}")


def _to_choices(request: Request) -> Response:
    """Somebody reloaded the address of a form."""
    return redirect(f"/pay/{request.parts['token']}")


def _nothing() -> Response:
    return pages.error_page("72")
