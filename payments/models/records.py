"""What the bank said, what the money did, and whether both agree."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BankMessage(models.Model):
    """A message as it came, stored before it is believed. Without its hash, and without card data."""

    class Kind(models.TextChoices):
        """Who spoke: the bank of itself, or asked."""

        NOTICE = "notice", _("Thông báo")
        ANSWER = "answer", _("Trả lời truy vấn")
        REFUND = "refund", _("Trả lời hoàn tiền")

    kind = models.CharField(max_length=6, choices=Kind)
    raw = models.TextField(help_text="the query string or fields, without hash, cut to 8,192 characters")
    attempt = models.ForeignKey(
        "payments.Attempt", null=True, on_delete=models.PROTECT, related_name="messages"
    )
    verdict = models.CharField(max_length=20, blank=True, help_text="empty: we died while reading it")
    received_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["verdict", "received_at"], name="message_verdict"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} {self.verdict}"


class LedgerEntry(models.Model):
    """Money moved from ``credit`` to ``debit``. The database refuses UPDATE and DELETE (triggers)."""

    key = models.CharField(max_length=80, unique=True, help_text="the same movement is written once")
    debit = models.CharField(max_length=80, help_text="account that gains")
    credit = models.CharField(max_length=80, help_text="account that gives")
    amount = models.PositiveBigIntegerField(help_text="whole đồng, never negative")
    line = models.ForeignKey("payments.OrderLine", on_delete=models.PROTECT, related_name="entries")
    attempt = models.ForeignKey("payments.Attempt", on_delete=models.PROTECT, related_name="entries")
    refund = models.ForeignKey(
        "payments.Refund", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="entry_amount"),
            models.CheckConstraint(condition=~models.Q(debit=models.F("credit")), name="entry_two_sides"),
        )
        indexes = (
            models.Index(fields=["debit"], name="entry_debit"),
            models.Index(fields=["credit"], name="entry_credit"),
        )

    def __str__(self) -> str:
        return f"{self.credit} → {self.debit}: {self.amount}"


class Reconciliation(models.Model):
    """A day at a terminal, compared with the bank's settlement file; done again, it is written over."""

    terminal = models.ForeignKey("payments.Terminal", on_delete=models.PROTECT, related_name="+")
    day = models.DateField(help_text="by the bank's clock")
    bank_amount = models.BigIntegerField(help_text="whole đồng: payments less refunds")
    ledger_amount = models.BigIntegerField()
    owner_amount = models.BigIntegerField(
        default=0, help_text="what owners were told of the day's payments, and what went back of it"
    )
    done_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["terminal", "day"], name="reconciled_once"),)

    def __str__(self) -> str:
        return f"{self.terminal_id} {self.day:%d/%m/%Y}"


class Difference(models.Model):
    """Something on which bank, ledger and owner do not agree, and what cures it."""

    class Kind(models.TextChoices):
        """Each has one cure (selectors.CURES)."""

        MISSING_HERE = "missing_here", _("Ngân hàng có, sổ của cổng chưa có")
        MISSING_THERE = "missing_there", _("Sổ của cổng có, ngân hàng không có")
        AMOUNT = "amount", _("Số tiền khác nhau")
        HELD = "held", _("Ngân hàng nghi ngờ giao dịch")
        REJECTED = "rejected", _("Đã từ chối, ngân hàng chưa trả lại")
        REFUND = "refund", _("Số tiền hoàn khác nhau")
        UNDELIVERED = "undelivered", _("Đã nhận tiền, hồ sơ chưa được báo")

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=13, choices=Kind)
    reference = models.CharField(max_length=100)
    bank_amount = models.BigIntegerField(default=0)
    ledger_amount = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
