"""Drafts, dossiers and what happened to them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.procedures.states import LABELS, Status


class Channel(models.TextChoices):
    """Where it was written: our own portal, the national one, at a counter."""

    LOCAL = "local", _("Cổng của tỉnh")
    NATIONAL = "national", _("Cổng quốc gia")
    COUNTER = "counter", _("Tại quầy")
    POST = "post", _("Bưu chính")


class ReceptionKind(models.IntegerChoices):
    """Loại tiếp nhận of the synchronisation with the national portal."""

    IN_PERSON = 1, _("Trực tiếp")
    ONLINE = 2, _("Nộp trực tuyến")
    POST = 3, _("Bưu chính")


class Outcome(models.TextChoices):
    """How the merits were decided."""

    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class Draft(models.Model):
    """What somebody has typed so far. Nobody but the writer sees it; it is not submitted."""

    class State(models.TextChoices):
        """writing → submitted | deleted."""

        WRITING = "writing", _("Đang viết")
        SUBMITTED = "submitted", _("Đã nộp")
        DELETED = "deleted", _("Đã xóa")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    definition = models.ForeignKey(
        "procedures.StoredDefinition", on_delete=models.PROTECT, related_name="drafts"
    )
    procedure_code = models.CharField(max_length=40)
    writer = models.ForeignKey("accounts.Citizen", on_delete=models.PROTECT, related_name="drafts")
    answers = models.JSONField(default=dict, help_text="sealed: sensitive values are encrypted")
    done_pages = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.WRITING)
    revision = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["writer", "state", "-saved_at"], name="draft_writer"),)

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.public_id}"


class Dossier(models.Model):
    """A submitted request, from status 1 to its end. Moved only by ``services``."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    temporary_code = models.CharField(max_length=12, unique=True)
    code = models.CharField(
        max_length=40, unique=True, null=True, blank=True, help_text="official code, from acceptance on"
    )
    procedure_code = models.CharField(max_length=40, db_index=True)
    definition = models.ForeignKey(
        "procedures.StoredDefinition", on_delete=models.PROTECT, related_name="dossiers"
    )
    draft = models.OneToOneField(
        Draft,
        null=True,
        on_delete=models.PROTECT,
        related_name="dossier",
        help_text="one draft, one dossier",
    )
    applicant = models.ForeignKey("accounts.Citizen", on_delete=models.PROTECT, related_name="dossiers")
    pupil = models.ForeignKey(
        "pupils.Pupil", null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    subject_name = models.CharField(max_length=120, help_text="whom it is about, as shown in lists")
    subject_key = models.CharField(max_length=120, db_index=True, help_text="folded, for search")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="dossiers"
    )
    step_organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="step_dossiers",
        help_text="whose turn it is inside status 4",
    )
    status = models.PositiveSmallIntegerField(
        choices=[(status.value, LABELS[status]) for status in Status], default=Status.SUBMITTED
    )
    step = models.CharField(max_length=40, blank=True)
    revision = models.PositiveIntegerField(default=0)
    answers = models.JSONField(help_text="sealed: sensitive values are encrypted")
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.LOCAL)
    reception_kind = models.PositiveSmallIntegerField(choices=ReceptionKind, default=ReceptionKind.ONLINE)
    foreign_code = models.CharField(
        max_length=60, blank=True, db_index=True, help_text="its code at the national portal"
    )
    fee_amount = models.PositiveBigIntegerField(default=0, help_text="the quote given, whole đồng")
    fee_source = models.CharField(max_length=300, blank=True)
    deadline_key = models.CharField(max_length=40)
    deadline_days = models.PositiveSmallIntegerField(help_text="the quote given, working days")
    deadline_cutoff = models.TimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    assignee = models.ForeignKey(
        "accounts.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="dossiers"
    )
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True, help_text="counted from acceptance; moves by pauses")
    promised_on = models.DateField(null=True, help_text="the new day of an apology; the due day stays")
    concluded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "status", "due_on"], name="dossier_queue"),
            models.Index(fields=["step_organisation", "status", "step"], name="dossier_step_queue"),
            models.Index(fields=["applicant", "-submitted_at"], name="dossier_applicant"),
        )

    def __str__(self) -> str:
        return self.code or self.temporary_code

    @property
    def received(self) -> bool:
        """Whether reception took place: the table of moves asks it."""
        return self.accepted_at is not None


class DossierEvent(models.Model):
    """Something happened: who, what, from where to where. Append-only; ids and notes, no answers."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(help_text="1, 2, 3 … within the dossier")
    action = models.CharField(max_length=20)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120, blank=True, help_text="as it was then")
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_status = models.PositiveSmallIntegerField(null=True)
    to_status = models.PositiveSmallIntegerField()
    from_step = models.CharField(max_length=40, blank=True)
    to_step = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True, help_text="what the officer or citizen wrote")
    at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["dossier", "number"], name="dossier_event_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} #{self.number} {self.action}"


class DossierPause(models.Model):
    """The clock stood still, from a local day until another (both included)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="pauses")
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ("began_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["dossier"], condition=models.Q(ended_on__isnull=True), name="one_open_pause"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.began_on:%d/%m/%Y}"


class DossierKey(models.Model):
    """Blind index of what a dossier must be found by: personal ID, phone."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["dossier", "purpose", "digest"], name="dossier_key_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.purpose}"


class FileCodeCounter(models.Model):
    """The running number of an organisation's local day."""

    organisation_code = models.CharField(max_length=20)
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation_code", "day"], name="file_code_counter_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation_code} {self.day:%y%m%d}: {self.last}"
