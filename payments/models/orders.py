"""Who takes money, what is owed, and every try to pay it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

REFERENCE_LENGTH = 40


class Terminal(models.Model):
    """A payee's account at the bank's gateway. Its secret is a setting, never a column."""

    code = models.CharField(max_length=20, unique=True, help_text="vnp_TmnCode")
    name = models.CharField(max_length=120)
    shared = models.BooleanField(
        default=False, help_text="takes the money of every payee without a terminal of its own"
    )
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["shared"],
                condition=models.Q(shared=True, active=True),
                name="one_shared_terminal",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Payee(models.Model):
    """An organisation whose money goes through a terminal; several may share one."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="payee"
    )
    terminal = models.ForeignKey(Terminal, on_delete=models.PROTECT, related_name="payees")

    def __str__(self) -> str:
        return f"{self.organisation_id} → {self.terminal_id}"


class Order(models.Model):
    """Lines that are paid at once, through one terminal. Moved only by ``services``."""

    class State(models.TextChoices):
        """open → paid | closed (by whom it is for; money that still comes is given back)."""

        OPEN = "open", _("Chờ thanh toán")
        PAID = "paid", _("Đã thanh toán")
        CLOSED = "closed", _("Đã đóng")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(max_length=16, unique=True, help_text="what people and the bank call it")
    check_word = models.CharField(
        max_length=24, blank=True, help_text="with the code it opens the order to whoever pays for somebody"
    )
    payer = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="orders")
    terminal = models.ForeignKey(
        Terminal,
        null=True,
        on_delete=models.PROTECT,
        related_name="orders",
        help_text="empty: its payee takes no money online",
    )
    amount = models.PositiveBigIntegerField(help_text="whole đồng, the sum of its lines")
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, help_text="no attempt begins after it")
    paid_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="order_amount"),)

    def __str__(self) -> str:
        return self.code


class OrderLine(models.Model):
    """One thing that is paid for; delivery, refund and ledger are per line."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    purpose = models.CharField(max_length=40, help_text="names its owner (payments.ports)")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200, help_text="what it is for, as it was called then; no names")
    payee = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="order_lines"
    )
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    delivered_at = models.DateTimeField(null=True, help_text="its owner knows")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(amount__gt=0), name="line_amount"),)
        indexes = (models.Index(fields=["purpose", "subject_kind", "subject_id"], name="line_subject"),)

    def __str__(self) -> str:
        return f"{self.order_id}: {self.purpose} {self.amount}"


class Attempt(models.Model):
    """One try to pay an order at the bank, with a reference that never comes again."""

    class State(models.TextChoices):
        """pending → settled | failed | expired | held; money settles all of them but settled."""

        PENDING = "pending", _("Đang chờ")
        SETTLED = "settled", _("Đã nhận tiền")
        FAILED = "failed", _("Không thành công")
        EXPIRED = "expired", _("Hết hạn")
        HELD = "held", _("Chờ kiểm tra")

    class Effect(models.TextChoices):
        """What the money did: it paid the order, or there was nothing left to pay."""

        PAID = "paid", _("Trả cho khoản này")
        EXCESS = "excess", _("Thừa, phải hoàn")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=REFERENCE_LENGTH, unique=True, help_text="vnp_TxnRef")
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    method = models.CharField(max_length=13, blank=True)
    language = models.CharField(max_length=2, default="vi")
    customer_ip = models.GenericIPAddressField(
        help_text="the bank wants it, and the same again on resuming"
    )
    return_url = models.CharField(max_length=255)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    effect = models.CharField(max_length=6, choices=Effect, blank=True)
    code = models.CharField(max_length=20, blank=True, help_text="the bank's last response code")
    transaction = models.CharField(max_length=20, blank=True, help_text="the bank's number")
    bank = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, help_text="by the bank's clock")
    settled_at = models.DateTimeField(null=True, help_text="by ours")
    asks = models.PositiveIntegerField(default=0)
    next_ask_at = models.DateTimeField(null=True, help_text="when querydr asks (again)")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["order", "number"], name="attempt_number_once"),
            # nobody is led to pay twice at once
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(state="pending"), name="one_pending_attempt"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_ask_at"],
                condition=models.Q(next_ask_at__isnull=False),
                name="attempt_to_ask",
            ),
        )

    def __str__(self) -> str:
        return self.reference
