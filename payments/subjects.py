"""Orders and payments of many subjects at once, for owners whose orders hold several lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Sum

from payments.models import Attempt, Order, OrderLine, Refund


def orders_with(
    purpose: str, subject_kind: str, subject_ids: Collection[str], payer_id: int | None = None
) -> dict[str, list[Order]]:
    """Give the orders that ask for subjects, by subject, newest first; one payer's if told. Three queries."""
    lines = OrderLine.objects.filter(
        purpose=purpose, subject_kind=subject_kind, subject_id__in=list(subject_ids)
    )
    if payer_id is not None:
        lines = lines.filter(order__payer_id=payer_id)
    found: dict[str, list[Order]] = defaultdict(list)
    for line in lines.select_related("order").prefetch_related("order__attempts").order_by("-order_id"):
        found[line.subject_id].append(line.order)
    return dict(found)


def paid_lines(
    purpose: str, subject_kind: str, subject_ids: Collection[str]
) -> list[tuple[OrderLine, Attempt, int]]:
    """Give what paid for subjects and what may still be given back of it (whole đồng), newest first."""
    lines = (
        OrderLine.objects.filter(
            purpose=purpose,
            subject_kind=subject_kind,
            subject_id__in=list(subject_ids),
            order__state=Order.State.PAID,
        )
        .select_related("order")
        .order_by("-pk")
    )
    found = []
    for line in lines:
        attempt = Attempt.objects.get(order_id=line.order_id, effect=Attempt.Effect.PAID)
        back = line.refunds.filter(attempt=attempt, state__in=Refund.COUNTING).aggregate(
            total=Sum("amount")
        )["total"]
        found.append((line, attempt, line.amount - (back or 0)))
    return found
