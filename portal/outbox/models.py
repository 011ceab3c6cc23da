"""Duties: consequences that must happen, written in the transaction of their cause."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

KIND_LENGTH = 60
KEY_LENGTH = 160


class Duty(models.Model):
    """One consequence: what (``kind``), about whom (``payload`` of ids), how far it got."""

    class State(models.TextChoices):
        """waiting → done; after too many attempts → dead, for a person to look at."""

        WAITING = "waiting", _("Chờ")
        DONE = "done", _("Xong")
        DEAD = "dead", _("Cần người xem")

    kind = models.CharField(max_length=KIND_LENGTH)
    key = models.CharField(max_length=KEY_LENGTH, unique=True, help_text="the same duty is written once")
    payload = models.JSONField(default=dict, help_text="ids only, never answers")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    revision = models.PositiveIntegerField(default=0, help_text="proves who holds the lease")
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, help_text="somebody is at it until then")
    last_error = models.CharField(max_length=200, blank=True, help_text="class of the error, no values")
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state="waiting"),
                name="duty_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
