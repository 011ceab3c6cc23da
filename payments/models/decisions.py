"""What people decided and asked for: held money, and files for accountants."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HeldDecision(models.Model):
    """A person's word on money that the bank suspects. Written once, with its reason, never changed."""

    class Verdict(models.TextChoices):
        """released: it counts as paid. rejected: the bank gives it back, and it never enters the books."""

        RELEASED = "released", _("Nhận tiền")
        REJECTED = "rejected", _("Từ chối")

    attempt = models.OneToOneField(
        "payments.Attempt", on_delete=models.PROTECT, related_name="held_decision"
    )
    verdict = models.CharField(max_length=8, choices=Verdict)
    reason = models.CharField(max_length=300)
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.verdict}"


class Export(models.Model):
    """A file for accountants that is too long to wait for: made by a duty, fetched by who asked for it."""

    class State(models.TextChoices):
        """ordered → ready → erased, a week later."""

        ORDERED = "ordered", _("Đang lập")
        READY = "ready", _("Đã xong")
        ERASED = "erased", _("Đã xóa")

    officer = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    organisation_ids = models.JSONField(null=True, help_text="whose books; null is the whole province")
    form = models.CharField(max_length=4, help_text="csv or xlsx")
    first_day = models.DateField()
    last_day = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.ORDERED)
    stored_name = models.CharField(max_length=120, blank=True)
    row_count = models.PositiveIntegerField(default=0)
    ordered_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["officer", "-ordered_at"], name="export_officer"),)

    def __str__(self) -> str:
        return f"{self.form} {self.first_day:%d/%m/%Y}–{self.last_day:%d/%m/%Y}"
