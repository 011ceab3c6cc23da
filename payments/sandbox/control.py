"""The control desk: a page and an API to order faults, look into the books, register terminals."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import Any

from payments.gateways.vnpay.codes import Kind, sentence
from payments.sandbox import faults, notices
from payments.sandbox.books import Books, Row
from payments.sandbox.faults import Fault
from payments.sandbox.http import Request, Response, as_json, redirect
from payments.sandbox.pages import page
from portal.common.money import format_dong

_MOST_TIMES = 1_000
_LONGEST_WAIT = 3_600.0
_PUBLIC = "id, terminal, reference, amount, state, code, status, bank, card_type, create_date, pay_date"


class Control:
    """Views over one set of books."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def page(self, _request: Request) -> Response:
        """Show the desk."""
        ordered = self._books.rows("SELECT kind, reference, times FROM fault WHERE times > 0 ORDER BY id")
        return page(
            "control.html",
            faults=[(kind.value, told) for kind, told in faults.TOLD.items()],
            ordered=[
                f"{faults.TOLD[Fault(row['kind'])]}: {row['reference'] or 'giao dịch sắp tới'}"
                for row in ordered
            ],
            payments=[
                self._told(row)
                for row in self._books.rows("SELECT * FROM payment ORDER BY id DESC LIMIT 50")
            ],
        )

    def order_by_form(self, request: Request) -> Response:
        """Order a fault from the page."""
        refusal = self._order(request.form)
        return refusal or redirect("/sandbox/")

    def order(self, request: Request) -> Response:
        """Order a fault by the API: ``{"kind", "reference"?, "times"?, "seconds"?}``."""
        refusal = self._order(_json(request))
        return refusal or as_json({"ordered": True}, HTTPStatus.CREATED)

    def forget(self, _request: Request) -> Response:
        """Forget all faults that have not happened."""
        with self._books.writing() as connection:
            connection.execute("DELETE FROM fault")
        return as_json({"ordered": False})

    def register(self, request: Request) -> Response:
        """Register a terminal, or change it: ``{"code", "secret", "ipn_url"}``."""
        given = _json(request)
        values = [given.get(name, "") for name in ("code", "secret", "ipn_url")]
        if not all(isinstance(value, str) and value for value in values):
            return as_json({"error": "code, secret and ipn_url are text"}, HTTPStatus.BAD_REQUEST)
        self._books.register(*values)
        return as_json({"code": values[0]}, HTTPStatus.CREATED)

    def books(self, _request: Request) -> Response:
        """Give the books as they are, without secrets, cards and tokens."""
        return as_json(
            {
                "payments": self._books.rows(f"SELECT {_PUBLIC} FROM payment ORDER BY id"),  # noqa: S608  a constant
                "refunds": self._books.rows(
                    "SELECT refund.id, reference, terminal, kind, refund.amount, ordered_by, ordered_at FROM refund"
                    " JOIN payment ON payment.id = refund.payment ORDER BY refund.id"
                ),
                "notices": self._books.rows(
                    "SELECT notice.id, reference, attempts, done, last_answer FROM notice"
                    " JOIN payment ON payment.id = notice.payment ORDER BY notice.id"
                ),
            }
        )

    def tell_again(self, request: Request) -> Response:
        """Send the notices of a reference once more, whatever was answered before."""
        with self._books.writing() as connection:
            changed = connection.execute(
                "UPDATE notice SET done = 0, next_at = ?, waits_for_another = 0, attempts = min(attempts, ?)"
                " WHERE payment IN (SELECT id FROM payment WHERE reference = ?)",
                (time.time(), notices.MOST_ATTEMPTS - 1, request.parts["reference"]),
            )
        return as_json({"notices": changed.rowcount})

    def _order(self, given: dict[str, Any]) -> Response | None:
        try:
            kind = Fault(given.get("kind", ""))
            times, seconds = int(given.get("times") or 1), float(given.get("seconds") or 0)
        except (ValueError, TypeError):
            return as_json({"error": f"kind is one of {', '.join(Fault)}"}, HTTPStatus.BAD_REQUEST)
        if not 1 <= times <= _MOST_TIMES or not 0 <= seconds <= _LONGEST_WAIT:
            return as_json({"error": "times 1 to 1000, seconds 0 to 3600"}, HTTPStatus.BAD_REQUEST)
        with self._books.writing() as connection:
            faults.order(connection, kind, str(given.get("reference") or "").strip(), times, seconds)
        return None

    def _told(self, row: Row) -> dict[str, str]:
        said = self._books.rows(
            "SELECT attempts, done, last_answer FROM notice WHERE payment = ?", row["id"]
        )
        return {
            "reference": row["reference"],
            "amount": format_dong(row["amount"]),
            "told": "Đang chờ thanh toán."
            if row["state"] == "open"
            else sentence(Kind.PAYMENT, row["code"]),
            "notices": "; ".join(
                f"{one['attempts']} lần, {one['last_answer'] or 'chưa gửi'}" for one in said
            )
            or "không",
        }


def _json(request: Request) -> dict[str, Any]:
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}
