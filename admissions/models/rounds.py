"""A round of a season: what was promised, frozen, drawn and published; and the places that it has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField


class Round(models.Model):
    """The main round (1) or an additional one. Moved only by ``services``."""

    class State(models.TextChoices):
        """preparing → committed → frozen → drawn → publishing → published → closed."""

        PREPARING = "preparing", _("Đang chuẩn bị")
        COMMITTED = "committed", _("Đã công bố cam kết")
        FROZEN = "frozen", _("Đã chốt danh sách")
        DRAWN = "drawn", _("Đã có giá trị công khai")
        PUBLISHING = "publishing", _("Đang công bố")
        PUBLISHED = "published", _("Đã công bố kết quả")
        CLOSED = "closed", _("Đã kết thúc")

    season = models.ForeignKey("admissions.Season", on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    revision = models.PositiveIntegerField(default=0)
    secret = EncryptedTextField(blank=True)
    season_key = EncryptedTextField(blank=True, help_text="hex; makes the pseudonyms")
    rules = models.JSONField(default=dict, help_text="as committed")
    quotas = models.JSONField(default=list, help_text="as committed")
    secret_hash = models.CharField(max_length=64, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    value_source = models.CharField(max_length=300, blank=True, help_text="named before the window opens")
    root = models.CharField(max_length=64, blank=True)
    entry_count = models.PositiveIntegerField(default=0)
    entries_name = models.CharField(max_length=100, blank=True, help_text="the frozen list, private")
    first_value = models.CharField(max_length=200, blank=True)
    first_value_by = models.ForeignKey(
        "accounts.Officer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    public_value = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.Officer", null=True, on_delete=models.PROTECT, related_name="+"
    )
    dry_figures = models.JSONField(default=dict, help_text="of the last dry run; counts only")
    figures = models.JSONField(default=dict, help_text="of the published result; counts only")
    bundle_name = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["season", "number"], name="round_once"),)

    def __str__(self) -> str:
        return f"{self.season_id} / {self.number}"

    @property
    def name_in_proofs(self) -> str:
        """What commitment, seed and bundle call the round."""
        return f"{self.season.code}/{self.number}"


class Quota(models.Model):
    """A school's places in a round: classes of a legal size, or a number of seats in additional rounds."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="quota_rows")
    school = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    classes = models.PositiveSmallIntegerField(default=0)
    class_size = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveIntegerField()
    reserves = models.JSONField(default=dict, help_text="{group: seats}")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "school"], name="quota_once"),)

    def __str__(self) -> str:
        return f"{self.school_id}: {self.seats}"
