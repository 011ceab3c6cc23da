"""One person, one ID; where and when a pupil is enrolled; imports of the sector database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField


class Gender(models.TextChoices):
    """As the sector database has it."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class PupilStatus(models.TextChoices):
    """Trạng thái of the sector database's eight fields."""

    STUDYING = "studying", _("Đang học")
    MOVED = "moved", _("Chuyển đi")
    STOPPED = "stopped", _("Thôi học")
    COMPLETED = "completed", _("Hoàn thành")


class Pupil(models.Model):
    """A person who is or was a pupil of the province."""

    personal_id = EncryptedTextField()
    personal_id_index = models.CharField(max_length=64, unique=True, help_text="blind index")
    sector_code = models.CharField(
        max_length=12, blank=True, db_index=True, help_text="mã định danh học sinh"
    )
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True, help_text="folded, for search")
    birth_date = models.DateField()
    gender = models.CharField(max_length=6, choices=Gender)
    ethnicity = models.CharField(max_length=40)
    status = models.CharField(max_length=9, choices=PupilStatus, default=PupilStatus.STUDYING)
    status_on = models.DateField()
    revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.full_name


class PupilChange(models.Model):
    """What was corrected in a pupil's row, when and why: names of fields, never their values."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="changes")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=60, help_text="import:ID, dossier:ID …")
    fields = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.pupil_id}: {self.cause}"


class Enrolment(models.Model):
    """A pupil in a class of a school in a school year, from a day until another (exclusive)."""

    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="enrolments")
    school = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="enrolments"
    )
    grade = models.PositiveSmallIntegerField(help_text="0 preschool, 1–12")
    class_name = models.CharField(max_length=20)
    school_year = models.CharField(max_length=9, help_text="2026-2027")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    cause = models.CharField(max_length=60, help_text="what opened it: import:ID, dossier:ID …")
    end_cause = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["pupil"], condition=models.Q(ends_on__isnull=True), name="one_open_enrolment"
            ),
            models.UniqueConstraint(fields=["pupil", "cause"], name="one_enrolment_per_cause"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="enrolment_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=["school", "school_year", "class_name"], name="enrolment_class"),)

    def __str__(self) -> str:
        return f"{self.class_name} {self.school_year}"


class PupilImport(models.Model):
    """One Excel file of the sector database: checked whole, then applied in pieces as a duty."""

    class State(models.TextChoices):
        """checking → refused | ready → applying (somebody confirmed) → applied."""

        CHECKING = "checking", _("Đang kiểm tra")
        REFUSED = "refused", _("Có dòng sai, chưa ghi gì")
        READY = "ready", _("Chờ ghi")
        APPLYING = "applying", _("Đang ghi")
        APPLIED = "applied", _("Đã ghi xong")

    school = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="empty: the rows name their school (whole province)",
    )
    school_year = models.CharField(max_length=9)
    file_name = models.CharField(max_length=200)
    requested_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.CHECKING)
    revision = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0, help_text="rows that deserve a look")
    applied_count = models.PositiveIntegerField(default=0, help_text="rows dealt with so far")
    created_count = models.PositiveIntegerField(default=0, help_text="pupils new to the register")
    changed_count = models.PositiveIntegerField(default=0)
    skipped_count = models.PositiveIntegerField(default=0, help_text="fitted no more when their turn came")
    refusal = models.CharField(
        max_length=300, blank=True, help_text="why a file that was checked later is wrong as a whole"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class PupilImportRow(models.Model):
    """A staged row; ``values`` is emptied once applied, its personal ID is encrypted meanwhile."""

    pupil_import = models.ForeignKey(PupilImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="the row's number in the sheet")
    personal_id = EncryptedTextField(blank=True)
    values = models.JSONField(default=dict)
    errors = models.JSONField(default=list, help_text="[{column, message}]")
    warnings = models.JSONField(default=list, help_text="[{column, message}]")
    applied = models.BooleanField(default=False, help_text="dealt with: written, unchanged or skipped")

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=["pupil_import", "number"],
                condition=models.Q(applied=False),
                name="import_row_to_do",
            ),
        )
        constraints = (models.UniqueConstraint(fields=["pupil_import", "number"], name="import_row_once"),)

    def __str__(self) -> str:
        return f"dòng {self.number}"
