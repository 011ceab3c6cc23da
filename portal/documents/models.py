"""Papers that people hand in, and documents that the offices issue. The bytes lie in the private storage."""

from __future__ import annotations

import uuid

from django.db import models

from portal.common.fields import EncryptedTextField


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


class GeneratedDocument(models.Model):
    """A document that an office issues: ordered with the move that calls for it, made afterwards.

    Number and code are fixed when it is ordered, so making it twice gives the same document; whoever
    stores it first (``issued_at`` still empty) wins, and the other's bytes are dropped.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=30, help_text="a key of portal.documents.kinds.KINDS")
    occasion = models.PositiveIntegerField(help_text="the subject's event that called for it")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", help_text="who issues it"
    )
    number = models.CharField(max_length=40, help_text="12/TNHS: running within office, series and year")
    code = models.CharField(max_length=16, unique=True, help_text="what its QR code leads to")
    day = models.DateField(help_text="the day that stands on it")
    stored_name = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True, help_text="of the signed bytes")
    byte_count = models.PositiveIntegerField(default=0)
    signed_as = models.CharField(max_length=300, blank=True, help_text="whose seal or certificate signed")
    by_leader = models.BooleanField(default=False, help_text="a leader's certificate signs, no seal does")
    signer = models.ForeignKey(
        "accounts.Officer", null=True, on_delete=models.PROTECT, related_name="+", help_text="the leader"
    )
    unlocked = EncryptedTextField(
        blank=True, default="", help_text="opens the leader's key for this one signature; emptied by it"
    )
    unlocked_until = models.DateTimeField(null=True)
    ordered_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+", help_text="who took it back"
    )

    class Meta:
        ordering = ("ordered_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "kind", "occasion"], name="document_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Upload(models.Model):
    """A file that arrives in parts over a weak network, until all of it is there. The parts lie encrypted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=40)
    paper = models.CharField(max_length=40)
    name = models.CharField(max_length=120, help_text="the file's own name, cut to what is shown")
    byte_count = models.PositiveIntegerField(help_text="of the whole file, as the sender says")
    received = models.PositiveIntegerField(
        default=0, help_text="bytes that are here; the next part begins there"
    )
    parts = models.JSONField(default=list, help_text="names in the private storage, in order")
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=["owner", "subject_kind", "subject_id"], name="upload_owner"),)

    def __str__(self) -> str:
        return f"{self.name}: {self.received}/{self.byte_count}"


class DocumentCounter(models.Model):
    """The running number of an office's series in a year."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    series = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "series", "year"], name="document_counter_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.series} {self.year}: {self.last}"


class Wording(models.Model):
    """An office's own words in a kind of document; without a row the default of ``kinds`` counts."""

    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="empty: every office that has no words of its own",
    )
    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=30, help_text="the place in the document: opening, closing")
    words = models.TextField(help_text="paragraphs, an empty line between them")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "kind", "key"], name="wording_once"),
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(organisation__isnull=True),
                name="common_wording_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"
