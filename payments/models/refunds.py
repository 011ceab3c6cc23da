"""Money given back: rows with a maker and a checker, never negative payments."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Refund(models.Model):
    """A refund of one line of one attempt. Two people decide, the bank carries it out."""

    class State(models.TextChoices):
        """proposed → approved → sending → ordered → done; or declined, or refused by the bank."""

        PROPOSED = "proposed", _("Được đề nghị")
        APPROVED = "approved", _("Được duyệt")
        SENDING = "sending", _("Đang gửi ngân hàng")
        ORDERED = "ordered", _("Ngân hàng đang hoàn")
        DONE = "done", _("Đã hoàn")
        DECLINED = "declined", _("Không duyệt")
        REFUSED = "refused", _("Ngân hàng từ chối")

    #: these count against what may still be given back
    COUNTING = (State.PROPOSED, State.APPROVED, State.SENDING, State.ORDERED, State.DONE)

    line = models.ForeignKey("payments.OrderLine", on_delete=models.PROTECT, related_name="refunds")
    attempt = models.ForeignKey("payments.Attempt", on_delete=models.PROTECT, related_name="refunds")
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    reason = models.CharField(max_length=300)
    maker = models.ForeignKey(
        "accounts.User",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: proposed by itself, and nobody stands for it yet",
    )
    checker = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    request_id = models.CharField(max_length=32, blank=True, help_text="of the last order to the bank")
    transaction = models.CharField(max_length=20, blank=True, help_text="the bank's number of the refund")
    problem = models.CharField(max_length=200, blank=True, help_text="what the bank answered, in codes")
    proposed_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    asks = models.PositiveIntegerField(default=0)
    next_ask_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="refund_amount"),
            models.CheckConstraint(
                condition=models.Q(maker=None)
                | models.Q(checker=None)
                | ~models.Q(maker=models.F("checker")),
                name="refund_two_people",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["proposed", "declined"])
                | models.Q(maker__isnull=False, checker__isnull=False),
                name="refund_approved_by_two",
            ),
        )

    def __str__(self) -> str:
        return f"{self.line_id}: {self.amount} {self.state}"
