"""What was certified, and what became of it."""

from __future__ import annotations

from django.db import models

from portal.diplomas.models.entries import Entry


class Credential(models.Model):
    """One verifiable credential: a version of an entry, signed under a key, with a place in a status list.

    The place follows from the row id; the status follows from the entry. The signed text is not kept.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="credentials")
    version = models.PositiveSmallIntegerField(help_text="of the entry")
    occasion = models.CharField(max_length=60, help_text="holder, copy:ID")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["entry", "version", "occasion"], name="credential_once"),
        )

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.version}"
