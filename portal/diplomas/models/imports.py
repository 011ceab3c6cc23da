"""Excel files on their way into a book."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField
from portal.diplomas.models.books import Book


class DiplomaImport(models.Model):
    """One file for one book: staged by one person, released by another, written and undone as duties."""

    class State(models.TextChoices):
        """mapping → checking → refused | ready → sent → writing → written → undoing → undone."""

        MAPPING = "mapping", _("Chờ chọn cột")
        CHECKING = "checking", _("Đang kiểm tra")
        REFUSED = "refused", _("Có dòng sai, chưa ghi gì")
        READY = "ready", _("Chờ chuyển người kiểm tra")
        SENT = "sent", _("Chờ người thứ hai kiểm tra")
        WRITING = "writing", _("Đang ghi")
        WRITTEN = "written", _("Đã ghi xong")
        UNDOING = "undoing", _("Đang hoàn tác")
        UNDONE = "undone", _("Đã hoàn tác")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=200)
    school = models.CharField(max_length=200, blank=True, help_text="of all rows that name none")
    first_of_january_is_unknown = models.BooleanField(default=True)
    columns = models.JSONField(default=dict, help_text="field → heading, as confirmed")
    headings = models.JSONField(default=list, help_text="the headings found")
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    revision = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    error_count = models.PositiveIntegerField(default=0)
    warning_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0, help_text="rows written, or entries undone, so far")
    refusal = models.CharField(max_length=300, blank=True)
    entered_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    undone_by = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class DiplomaImportRow(models.Model):
    """A staged row; its values are emptied once written."""

    diploma_import = models.ForeignKey(DiplomaImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="the row's number in the sheet")
    personal_id = EncryptedTextField(blank=True)
    values = models.JSONField(default=dict)
    errors = models.JSONField(default=list, help_text="[{column, message}]")
    warnings = models.JSONField(default=list, help_text="[{column, message}]")
    written = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(
                fields=["diploma_import", "number"],
                condition=models.Q(written=False),
                name="diploma_row_to_do",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=["diploma_import", "number"], name="diploma_row_once"),
        )

    def __str__(self) -> str:
        return f"dòng {self.number}"


class ColumnMap(models.Model):
    """What an office chose last for a heading, so that the next file of that shape needs no choosing."""

    keeper = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(max_length=120, help_text="folded")
    field = models.CharField(max_length=30, blank=True, help_text="empty: left out on purpose")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["keeper", "heading"], name="heading_once"),)

    def __str__(self) -> str:
        return f"{self.heading}: {self.field}"
