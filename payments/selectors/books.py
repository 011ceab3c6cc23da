"""The books as their keepers read them: accounts, what came and went by payee and purpose, single lines."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from payments import ports
from payments.models import Attempt, BankMessage, LedgerEntry, Order, OrderLine, Refund
from portal.accounts.selectors import active_roles, has_role
from portal.common.clock import ZONE
from portal.organisations import selectors as organisations

if TYPE_CHECKING:
    from portal.accounts.models import User

_FETCHED = 1_000


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose books somebody reads: of these organisations, or (``everywhere``) of the whole province."""

    organisation_ids: frozenset[int]
    everywhere: bool = False

    def of(self, field: str) -> Q:
        """Select rows whose ``field`` names an organisation within reach."""
        return Q() if self.everywhere else Q(**{f"{field}__in": self.organisation_ids})


def books_of(user: User) -> Reach:
    """Say whose books an officer reads today: who keeps the department's, reads the province's."""
    places = frozenset(active.organisation_id for active in active_roles(user) if active.role == "finance")
    top = organisations.department_or_none()
    return Reach(places, everywhere=top is not None and top.pk in places)


def balances() -> dict[str, int]:
    """Give every account's balance in whole đồng: what it gained less what it gave. They add up to 0."""
    totals: dict[str, int] = defaultdict(int)
    for side, sign in (("debit", 1), ("credit", -1)):
        for account, total in LedgerEntry.objects.values_list(side).annotate(total=Sum("amount")):
            totals[account] += sign * total
    return dict(totals)


@dataclass(frozen=True, slots=True)
class Turnover:
    """What an organisation took and gave back for a purpose within days, in whole đồng."""

    payee: str
    purpose: str
    came: int
    went: int

    @property
    def left(self) -> int:
        """What remained of it."""
        return self.came - self.went


def _moments(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    begins = dt.datetime.combine(first, dt.time(), ZONE)
    return begins, dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), ZONE)


def entries(reach: Reach, first: dt.date, last: dt.date) -> QuerySet[LedgerEntry]:
    """Give the movements of the payees' accounts within reach, from ``first`` to ``last`` inclusive."""
    begins, ends = _moments(first, last)
    payees = Q(credit__startswith="payee:") | Q(debit__startswith="payee:")
    return LedgerEntry.objects.filter(payees, reach.of("line__payee_id"), at__gte=begins, at__lt=ends)


def turnovers(reach: Reach, first: dt.date, last: dt.date) -> list[Turnover]:
    """Add up what came and went by organisation and purpose. One query."""
    sums = (
        entries(reach, first, last)
        .values("line__payee__name", "line__purpose")
        .annotate(
            came=Sum("amount", filter=Q(credit__startswith="payee:"), default=0),
            went=Sum("amount", filter=Q(debit__startswith="payee:"), default=0),
        )
        .order_by("line__payee__name", "line__purpose")
    )
    return [
        Turnover(row["line__payee__name"], purpose_title(row["line__purpose"]), row["came"], row["went"])
        for row in sums
    ]


def purpose_title(purpose: str) -> str:
    """Give a purpose's name in the reader's language; its code where its room is not installed."""
    try:
        return str(ports.payable(purpose).title) or purpose
    except LookupError:
        return purpose


@dataclass(frozen=True, slots=True)
class Movement:
    """A line of the accountants' list: ``amount`` is negative where money went back."""

    at: dt.datetime
    order_code: str
    reference: str
    transaction: str
    bank: str
    payee_code: str
    payee: str
    purpose: str
    title: str
    amount: int


def movements(reach: Reach, first: dt.date, last: dt.date) -> Iterator[Movement]:
    """Read the list entry by entry, in the order of the books; never all of it at once."""
    rows = (
        entries(reach, first, last)
        .order_by("pk")
        .values_list(
            "at",
            "attempt__order__code",
            "attempt__reference",
            "attempt__transaction",
            "attempt__bank",
            "line__payee__code",
            "line__payee__name",
            "line__purpose",
            "line__title",
            "amount",
            "credit",
        )
    )
    for row in rows.iterator(chunk_size=_FETCHED):
        (at, code, reference, transaction, bank, payee_code, payee, purpose, title, amount, credit) = row
        sign = 1 if credit.startswith("payee:") else -1
        yield Movement(
            at,
            code,
            reference,
            transaction,
            bank,
            payee_code,
            payee,
            purpose_title(purpose),
            title,
            sign * amount,
        )


def order_by_code(reach: Reach, code: str) -> Order | None:
    """Find an order within reach by the code that people and the bank call it; None for others, as for none."""
    wanted = "" if "\x00" in code else code.strip().upper().partition("-")[0]
    mine = OrderLine.objects.filter(reach.of("payee_id"))
    return (
        Order.objects.filter(code=wanted, pk__in=mine.values("order_id"))
        .select_related("terminal", "payer")
        .prefetch_related("lines__payee", "lines__refunds", "attempts")
        .first()
    )


def order_messages(order: Order) -> QuerySet[BankMessage]:
    """List what the bank said of an order, the newest first."""
    return (
        BankMessage.objects.filter(attempt__order=order)
        .select_related("attempt")
        .order_by("-received_at", "-pk")
    )


def order_entries(order: Order) -> QuerySet[LedgerEntry]:
    """List what the books say of an order, in their order."""
    return LedgerEntry.objects.filter(attempt__order=order).select_related("line").order_by("pk")


def may_refund(user: User, line: OrderLine) -> bool:
    """Whether somebody keeps the books of the line's payee today."""
    return has_role(user, line.payee_id, "finance")


def refundable(line: OrderLine) -> tuple[Attempt, int] | None:
    """Give the attempt that paid a line and how much of it may still go back; None where nothing may."""
    paid = Attempt.objects.filter(
        order_id=line.order_id, state=Attempt.State.SETTLED, effect=Attempt.Effect.PAID
    ).first()
    if paid is None:
        return None
    given = Refund.objects.filter(line=line, attempt=paid, state__in=Refund.COUNTING).aggregate(
        total=Sum("amount", default=0)
    )["total"]
    left = line.amount - given
    return (paid, left) if left > 0 else None


def line_of(reach: Reach, line_id: int) -> OrderLine | None:
    """Give a line within reach; None for others, as for none."""
    return (
        OrderLine.objects.filter(reach.of("payee_id"), pk=line_id).select_related("order", "payee").first()
    )


def refunds(reach: Reach, *states: str) -> QuerySet[Refund]:
    """List refunds within reach, all or in some states, the oldest first."""
    found = Refund.objects.filter(reach.of("line__payee_id"))
    if states:
        found = found.filter(state__in=states)
    return found.select_related(
        "line__order", "line__payee", "attempt", "maker__officer", "checker__officer"
    ).order_by("proposed_at", "pk")


def refunds_waiting(user: User) -> QuerySet[Refund]:
    """List refunds that wait for an officer who keeps the books of their payee, oldest first."""
    places = {active.organisation_id for active in active_roles(user) if active.role == "finance"}
    return refunds(Reach(frozenset(places)), Refund.State.PROPOSED)


def held_attempts(reach: Reach) -> QuerySet[Attempt]:
    """List attempts whose money the bank holds, the oldest first."""
    mine = OrderLine.objects.filter(reach.of("payee_id"))
    return (
        Attempt.objects.filter(state=Attempt.State.HELD, order__in=mine.values("order_id"))
        .select_related("order__terminal")
        .prefetch_related("order__lines__payee")
        .order_by("created_at", "pk")
    )


def may_judge(reach: Reach, attempt: Attempt) -> bool:
    """Whether somebody keeps the books of every payee of a held attempt: one may not decide for another."""
    payees = {line.payee_id for line in attempt.order.lines.all()}
    return reach.everywhere or payees <= reach.organisation_ids


def flagged_messages() -> QuerySet[BankMessage]:
    """List messages that nobody may overlook: another amount, an order that we do not know."""
    return BankMessage.objects.filter(verdict__in=("wrong_amount", "unknown_order", "")).order_by(
        "-received_at"
    )
