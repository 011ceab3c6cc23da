"""What an office owes when it is late, and what a citizen says when it is over."""

from __future__ import annotations

from django.db import models

from portal.common.fields import EncryptedTextField
from portal.procedures.models.dossiers import Dossier


class Apology(models.Model):
    """Mẫu 04: the office was late, says sorry and promises another day. Once a dossier."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="apology")
    due_on = models.DateField(help_text="the day that was promised before")
    promised_on = models.DateField(help_text="the day that is promised now")
    reason = models.CharField(max_length=500)
    leader_name = models.CharField(max_length=200, help_text="who answers for it, as named on the slip")
    automatic = models.BooleanField(help_text="made by the clock, for nobody had done it")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.due_on:%d/%m/%Y} → {self.promised_on:%d/%m/%Y}"


class Rating(models.Model):
    """How content the applicant is with the whole of it, from 1 to 5. Given once."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="rating")
    level = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list, help_text="keys of portal.procedures.ratings.REASONS")
    words = EncryptedTextField(blank=True, default="")
    rated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level__gte=1) & models.Q(level__lte=5), name="rating_has_five_levels"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id}: {self.level}"
