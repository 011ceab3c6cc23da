"""Telling owners that their lines are paid: at least once."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from payments import ports
from payments.models import Attempt, Order, OrderLine
from payments.services.refunding import propose_by_itself
from portal.outbox.services import owe

_PATIENCE = dt.timedelta(minutes=10)


def deliver_line(*, line_id: int) -> None:
    """Tell the owner of a paid line; what the owner does not want is proposed for refund. May run twice."""
    line = OrderLine.objects.select_related("order").get(pk=line_id)
    if line.delivered_at is not None or line.order.state != Order.State.PAID:
        return
    refusal = ports.payable(line.purpose).on_settled(
        ports.SettledLine(line.pk, line.purpose, line.subject_kind, line.subject_id, line.amount)
    )
    with transaction.atomic():
        first = OrderLine.objects.filter(pk=line.pk, delivered_at=None).update(delivered_at=timezone.now())
        if first and refusal:
            paid = Attempt.objects.get(order_id=line.order_id, effect=Attempt.Effect.PAID)
            propose_by_itself(paid, line, refusal)


def redeliver() -> int:
    """Owe again what owners still do not know, whatever became of the first duty; say how much."""
    now = timezone.now()
    untold = OrderLine.objects.filter(
        delivered_at=None, order__state=Order.State.PAID, order__paid_at__lte=now - _PATIENCE
    )
    with transaction.atomic():
        for line_id in untold.values_list("pk", flat=True):
            owe(
                kind="payments.deliver",
                key=f"payments.deliver:{line_id}:{now:%Y%m%d%H}",
                payload={"line_id": line_id},
            )
        return untold.count()
