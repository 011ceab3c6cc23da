"""What changes by decree, with its dates and its source; and the versions of definitions."""

from __future__ import annotations

from django.db import models


class StoredDefinition(models.Model):
    """A version of a definition as it stood when a dossier was written under it."""

    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    document = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "version"], name="definition_version_once"),)

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class FeeRow(models.Model):
    """A fee in whole đồng for a procedure and a channel, from a day until another (exclusive)."""

    procedure_code = models.CharField(max_length=40, db_index=True)
    channel = models.CharField(max_length=10, default="any", help_text="Channel value or any")
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    recalled = models.BooleanField(default=False, help_text="sample data, not seen in a source")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["procedure_code", "channel", "valid_from"], name="fee_row_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure_code}: {self.amount}"


class ExemptionRow(models.Model):
    """What a group pays instead of the fee (0: nothing), from a day until another (exclusive), and its proof."""

    procedure_code = models.CharField(max_length=40, db_index=True)
    group = models.CharField(max_length=40, help_text="a value of the definition's exemption question")
    channel = models.CharField(max_length=10, default="any", help_text="Channel value or any")
    amount = models.PositiveBigIntegerField(help_text="whole đồng")
    evidence = models.CharField(max_length=300, help_text="the paper that proves it")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    recalled = models.BooleanField(default=False, help_text="sample data, not seen in a source")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["procedure_code", "group", "channel", "valid_from"], name="exemption_row_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure_code}/{self.group}: {self.amount}"


class DeadlineRow(models.Model):
    """A time limit in working days, from a day until another (exclusive); 0 is the same day."""

    procedure_code = models.CharField(max_length=40, db_index=True)
    key = models.CharField(max_length=40)
    working_days = models.PositiveSmallIntegerField()
    cutoff = models.TimeField(null=True, blank=True, help_text="reception at or after it: next day")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    recalled = models.BooleanField(default=False, help_text="sample data, not seen in a source")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["procedure_code", "key", "valid_from"], name="deadline_row_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.procedure_code}/{self.key}: {self.working_days}"
