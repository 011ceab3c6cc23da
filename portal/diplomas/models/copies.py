"""Requests that came through the procedures, tied to the entry that they are about."""

from __future__ import annotations

from django.db import models

from portal.diplomas.models.entries import Entry


class CopyRequest(models.Model):
    """A dossier about a diploma. ``entry`` is empty until the answers match one or an officer chose it."""

    dossier = models.OneToOneField("procedures.Dossier", on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    copies = models.PositiveSmallIntegerField(default=1)
    chosen_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    entry_version = models.PositiveSmallIntegerField(null=True, help_text="certified, once granted")

    def __str__(self) -> str:
        return f"{self.dossier_id} → {self.entry_id}"
