"""Papers that people hand in, and documents that the offices issue. The bytes lie in the private storage."""

from __future__ import annotations

import uuid

from django.db import models


class PaperFile(models.Model):
    """One photo or PDF of a paper. Its bytes are ours: re-encoded, or a PDF that was checked."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    subject_kind = models.CharField(max_length=20, help_text="what it belongs to: draft, dossier …")
    subject_id = models.CharField(max_length=40, help_text="that row's id")
    paper = models.CharField(max_length=40, help_text="the paper's name in the definition")
    position = models.PositiveSmallIntegerField(help_text="1, 2, 3 … within the paper, gaps allowed")
    stored_name = models.CharField(max_length=120, unique=True, help_text="name in the private storage")
    preview_name = models.CharField(max_length=120, blank=True, help_text="small picture; none for a PDF")
    media_type = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveIntegerField()
    width = models.PositiveIntegerField(default=0, help_text="pixels; 0 for a PDF")
    height = models.PositiveIntegerField(default=0, help_text="pixels; 0 for a PDF")
    sheets = models.PositiveSmallIntegerField(default=1, help_text="pages of a PDF, 1 for a photo")
    hints = models.JSONField(default=list, help_text="what may make it hard to read: blurry, dark, small")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("position", "pk")
        indexes = (
            models.Index(fields=["subject_kind", "subject_id", "paper"], name="paper_subject"),
            models.Index(fields=["owner", "paper", "-created_at"], name="paper_owner"),
        )

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.paper} {self.position}"

    @property
    def is_image(self) -> bool:
        """Whether it can be shown on a page and turned."""
        return self.media_type != "application/pdf"
