"""Who registered, with which choices, and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField


class Writing(models.Model):
    """A family's draft for one child in one round: several children are written side by side."""

    round = models.ForeignKey("admissions.Round", on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.CASCADE, related_name="+")
    citizen = models.ForeignKey("accounts.Citizen", on_delete=models.CASCADE, related_name="+")
    draft = models.OneToOneField("procedures.Draft", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["round", "pupil", "citizen"], name="one_writing_per_child"),
        )

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pupil_id}"


class Answer(models.TextChoices):
    """What the family said to its place."""

    NONE = "", _("Chưa trả lời")
    CONFIRMED = "confirmed", _("Xác nhận nhập học")
    DECLINED = "declined", _("Từ chối")
    SILENT = "silent", _("Không trả lời trong hạn")


class Registration(models.Model):
    """One child in one round; the dossier says how far it is, this row what the allocation needs."""

    round = models.ForeignKey("admissions.Round", on_delete=models.PROTECT, related_name="registrations")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.PROTECT, related_name="registrations")
    dossier = models.OneToOneField(
        "procedures.Dossier", on_delete=models.PROTECT, related_name="registration"
    )
    place = models.ForeignKey("admissions.Place", on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=9, help_text="permanent or present")
    choices = models.JSONField(help_text="row ids of schools in the family's order")
    group = EncryptedTextField(blank=True, help_text="a reserve's group: about health, so encrypted")
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    pseudonym = models.CharField(max_length=32, blank=True, db_index=True)
    receipt = models.JSONField(null=True, help_text="the allocation's receipt, once published")
    school = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=9, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField(null=True)
    hardship_note = models.CharField(max_length=300, blank=True, help_text="why a place was added by hand")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "pupil"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_registration_per_child",
            ),
        )
        indexes = (models.Index(fields=["round", "school", "answer"], name="registration_school"),)

    def __str__(self) -> str:
        return f"{self.round_id}: {self.pupil_id}"


class RegistrationVersion(models.Model):
    """A version of the answers: when it came and the digest that its signed receipt carries."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    choices = models.JSONField()
    place = models.ForeignKey("admissions.Place", on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["registration", "number"], name="registration_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.registration_id} v{self.number}"


class DataReview(models.Model):
    """A family saw the data held about its child and confirmed them, or asks for a correction."""

    class State(models.TextChoices):
        """confirmed | asked → corrected | refused."""

        CONFIRMED = "confirmed", _("Gia đình xác nhận đúng")
        ASKED = "asked", _("Gia đình đề nghị sửa")
        CORRECTED = "corrected", _("Đã sửa")
        REFUSED = "refused", _("Không sửa")

    season = models.ForeignKey("admissions.Season", on_delete=models.CASCADE, related_name="reviews")
    pupil = models.ForeignKey("pupils.Pupil", on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey("accounts.Citizen", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State)
    words = EncryptedTextField(blank=True, help_text="what is wrong and how it should read")
    reply = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["season", "pupil"], name="one_review_per_child"),)

    def __str__(self) -> str:
        return f"{self.season_id}: {self.pupil_id}"
