"""What was asked for in addition, item by item, and a leader's leave to ask a second time."""

from __future__ import annotations

from django.db import models

from portal.procedures.models.dossiers import Dossier, DossierEvent


class SupplementItem(models.Model):
    """One thing that is missing or wrong: a coded reason, the paper and the page that it is about."""

    event = models.ForeignKey(DossierEvent, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=30, help_text="a key of portal.procedures.reasons.REASONS")
    paper = models.CharField(
        max_length=40, blank=True, help_text="its name in the definition; empty: the answers"
    )
    page = models.PositiveSmallIntegerField(default=0, help_text="1, 2, 3 … of the paper; 0: all of it")
    words = models.TextField(blank=True, help_text="what the officer adds")
    seen_before = models.BooleanField(
        default=False, help_text="was visible at an earlier request and asked for by a leader's leave"
    )

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["event", "position"], name="supplement_item_position_once"),
        )

    def __str__(self) -> str:
        return f"{self.event_id} {self.position}: {self.reason}"


class SupplementLeave(models.Model):
    """A leader lets an office ask once more for what it could have asked for before. It is counted."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_leaves")
    leader = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    used_by = models.OneToOneField(
        DossierEvent,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the request that used it",
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(used_by__isnull=True),
                name="one_open_supplement_leave",
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.at:%d/%m/%Y}"
