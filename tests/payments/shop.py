"""A payee with a terminal, a payer, an owner who remembers what it was told, and a bank that signs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import override_settings

from payments import ports, services
from payments.gateways.vnpay import signature, wire
from payments.models import Attempt, LedgerEntry, Order, Refund, Terminal
from portal.accounts.models import User
from portal.organisations.models import Organisation
from tests.accounts import people

SECRET = "FAKESECRETFORTESTS0123456789ABCD"
CODE = "SOGDTEST"
PURPOSE = "test-fee"
IP = "203.0.113.10"
BACK = "https://dvc.example.vn/thanh-toan/ket-qua"


@dataclass
class Owner:
    """Whoever is paid: remembers every delivery, and says what the test wants it to say."""

    told: list[ports.SettledLine] = field(default_factory=list)
    refusal: str = ""
    broken: bool = False

    def on_settled(self, line: ports.SettledLine) -> str:
        if self.broken:
            raise RuntimeError
        self.told.append(line)
        return self.refusal


@contextmanager
def owning(purpose: str = PURPOSE) -> Iterator[Owner]:
    """Own a purpose until the block ends, and let the site have the terminal's secret."""
    owner = Owner()
    ports.register_payable(
        purpose, on_settled=owner.on_settled, return_url=lambda subject: f"/ho-so/#{subject}"
    )
    try:
        with override_settings(VNPAY_SECRETS={CODE: SECRET}):
            yield owner
    finally:
        del ports._PAYABLES[purpose]  # noqa: SLF001 - purposes are owned for good; only a test gives one up


@dataclass(frozen=True)
class Shop:
    """What the tests of money need."""

    payee: Organisation
    terminal: Terminal
    payer: User

    def order(self, *amounts: int, subject: str = "1") -> Order:
        lines = amounts or (30_000,)
        items = [
            services.Item(PURPOSE, "thing", f"{subject}.{place}", self.payee.pk, amount, "Lệ phí thử")
            for place, amount in enumerate(lines)
        ]
        return services.open_order(items=items, payer_id=self.payer.pk)

    def attempt(self, order: Order | None = None) -> Attempt:
        wanted = order or self.order()
        services.begin_attempt(order=wanted, method="", customer_ip=IP, return_url=BACK)
        return Attempt.objects.filter(order=wanted).order_by("-number")[0]


def build() -> Shop:
    payee = people.school("H99.12.034", "Trường Tiểu học Ban Trắng")
    terminal = services.register_terminal(code=CODE, name="Sở", shared=True)
    return Shop(payee, terminal, people.user("payer"))


def notice(attempt: Attempt, secret: str = SECRET, **changes: str) -> str:
    """Give the query string of a bank's notice about an attempt, signed."""
    said = {
        "vnp_Amount": str(attempt.amount * 100),
        "vnp_BankCode": "NCB",
        "vnp_BankTranNo": "VNP14422574",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": "Thanh toan",
        "vnp_PayDate": wire.moment(attempt.created_at),
        "vnp_ResponseCode": "00",
        "vnp_TmnCode": CODE,
        "vnp_TransactionNo": "14422574",
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": attempt.reference,
        **changes,
    }
    return signature.signed_query(said, secret)


def failure(attempt: Attempt, code: str = "24") -> str:
    return notice(attempt, vnp_ResponseCode=code, vnp_TransactionStatus="02", vnp_TransactionNo="0")


def tell(query: str) -> str:
    """Let the bank call, and give our code."""
    return services.receive_ipn(query=query)["RspCode"]


def state_of(attempt: Attempt) -> str:
    return Attempt.objects.get(pk=attempt.pk).state


def books() -> list[tuple[str, str, int]]:
    """Give the ledger as (kind of debit, kind of credit, amount)."""
    return [
        (entry.debit.partition(":")[0], entry.credit.partition(":")[0], entry.amount)
        for entry in LedgerEntry.objects.order_by("pk")
    ]


def officer_user(name: str) -> User:
    return people.user(name)


def only_refund(**wanted: Any) -> Refund:
    return Refund.objects.get(**wanted)
