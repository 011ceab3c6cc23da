"""The one small interface behind which every way to pay lies, and the words that pass through it.

Amounts are whole đồng, moments are aware. A gateway only translates: it decides nothing, stores
nothing, and whatever it could not verify it calls :attr:`Outcome.UNKNOWN`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class GatewayError(ValueError):
    """A message cannot be built as asked; the text says which part is wrong, in English."""


class PaymentOffError(RuntimeError):
    """Nobody can pay online here; the text is a Vietnamese sentence for the citizen."""


class Outcome(StrEnum):
    """What a verified message says of a payment or refund; ``UNKNOWN`` when nothing was verified."""

    PAID = "paid"
    FAILED = "failed"
    HELD = "held"
    """Money was taken, but a person must look: suspected fraud, or debited without success."""
    PENDING = "pending"
    NOT_FOUND = "not_found"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    REFUND_REFUSED = "refund_refused"
    UNKNOWN = "unknown"


class Method(StrEnum):
    """How a citizen wants to pay; which of its codes stands for it, a gateway knows."""

    QR = "qr"
    DOMESTIC = "domestic"
    INTERNATIONAL = "international"


class Trouble(StrEnum):
    """Why a notice cannot be believed."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    REPEATED = "repeated"
    SIGNATURE = "signature"
    TERMINAL = "terminal"


class Verdict(StrEnum):
    """What became of a bank's notice; the gateway words it as the bank expects."""

    RECORDED = "recorded"
    ALREADY_RECORDED = "already_recorded"
    UNKNOWN_ORDER = "unknown_order"
    WRONG_AMOUNT = "wrong_amount"
    BAD_SIGNATURE = "bad_signature"
    ERROR = "error"


def new_request_id() -> str:
    """Name a question or refund: 32 letters and digits, never twice."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Payment:
    """One attempt to pay. ``reference`` is never used twice, whatever becomes of the attempt."""

    reference: str
    amount: int
    description: str
    customer_ip: str
    created_at: datetime
    expires_at: datetime
    return_url: str
    language: str = "vi"
    method: Method | None = None
    bank_code: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a bank says of an attempt, by its own call or through the citizen's browser.

    Believe nothing in it while ``trouble`` is set. ``amount`` is ``None`` where the message has none
    that is whole đồng, so it never equals an order's. ``raw`` is for the record, without the hash.
    """

    trouble: Trouble | None
    reference: str = ""
    amount: int | None = None
    outcome: Outcome = Outcome.UNKNOWN
    code: str = ""
    status: str = ""
    transaction: str = ""
    bank: str = ""
    bank_transaction: str = ""
    card_type: str = ""
    paid_at: datetime | None = None
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """Asks the bank what became of an attempt; ``paid_for_at`` is the attempt's ``created_at``."""

    reference: str
    paid_for_at: datetime
    asked_at: datetime
    description: str
    transaction: str = ""
    request_id: str = field(default_factory=new_request_id)


@dataclass(frozen=True, slots=True)
class Refund:
    """Gives money back. ``full`` when nothing of the payment remains with us."""

    reference: str
    amount: int
    full: bool
    description: str
    paid_for_at: datetime
    ordered_at: datetime
    ordered_by: str
    transaction: str = ""
    request_id: str = field(default_factory=new_request_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """The bank's answer to a question or a refund.

    ``outcome`` is ``UNKNOWN`` when the answer did not come, was not signed or was not understood: ask
    again later, and never send a refund again before a question has been answered. ``problem`` says why,
    for the log, without secrets.
    """

    outcome: Outcome
    code: str = ""
    status: str = ""
    amount: int | None = None
    transaction: str = ""
    bank: str = ""
    paid_at: datetime | None = None
    problem: str = ""
    reversed: bool = False
    """Held because the customer's bank took it and our side never got it: nobody can let it in."""
    raw: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """A way to pay."""

    name: str

    def start(self, payment: Payment) -> str:
        """Give the address to which the citizen's browser goes; raise :class:`GatewayError`."""

    def read(self, query: str) -> Notice:
        """Read and verify a query string as it arrived, of the notice or of the return page."""

    def reply(self, verdict: Verdict) -> Mapping[str, str]:
        """Give the body of our answer to a notice."""

    def ask(self, question: Question) -> Answer:
        """Ask what became of an attempt. Talks to the bank: never inside a transaction."""

    def give_back(self, refund: Refund) -> Answer:
        """Order a refund. Talks to the bank: never inside a transaction."""
