"""Notices: what a person was told, on the portal and by which channels."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """A message in the portal; its channels send a pointer to it, never its personal content."""

    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=160, unique=True, help_text="one cause makes one notice")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=40)
    template = models.CharField(max_length=60, help_text="which words: see notifications/words.py")
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["recipient", "-created_at"], name="notice_recipient"),)

    def __str__(self) -> str:
        return self.key


class Delivery(models.Model):
    """One notice over one channel. ``message_id`` never changes, however often it is sent."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=10)
    message_id = models.CharField(max_length=120, unique=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel"),
        )

    def __str__(self) -> str:
        return self.message_id
