"""Entries of the register as they are now, and every version of them that ever was."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.common.fields import EncryptedTextField
from portal.diplomas.models.books import Book
from portal.diplomas.normal.dates import spoken_date


class State(models.TextChoices):
    """valid → suspended → valid; valid, suspended → withdrawn, cancelled; valid → void (import undone)."""

    VALID = "valid", _("Còn giá trị")
    SUSPENDED = "suspended", _("Tạm dừng giá trị")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")
    CANCELLED = "cancelled", _("Đã hủy")
    VOID = "void", _("Bỏ: lần nhập đã hoàn tác")


class Action(models.TextChoices):
    """What a version came from."""

    ENTER = "enter", _("Vào sổ")
    CORRECT = "correct", _("Chỉnh sửa")
    SUSPEND = "suspend", _("Tạm dừng giá trị")
    REINSTATE = "reinstate", _("Khôi phục giá trị")
    WITHDRAW = "withdraw", _("Thu hồi")
    CANCEL = "cancel", _("Hủy bỏ")
    UNDO = "undo", _("Hoàn tác lần nhập")


class Gender(models.TextChoices):
    """As registers have it; many old ones say nothing."""

    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")


class Entry(models.Model):
    """A diploma. The row is its present state, written only together with a version.

    The three ``…_index`` columns are blind indexes, cut to 128 bits: what a look-up compares.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField(help_text="its place in the book: 1, 2, 3 …")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State, default=State.VALID)
    full_name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True, help_text="for officers' search")
    gender = models.CharField(max_length=6, choices=Gender, blank=True)
    school = models.CharField(max_length=200, blank=True, help_text="as written in the book")
    grade = models.CharField(max_length=40, blank=True, help_text="xếp loại, as written")
    content = models.JSONField(help_text="all fields of the book, see records.FIELDS; no personal ID")
    personal_id = EncryptedTextField(blank=True)
    personal_id_index = models.CharField(max_length=64, blank=True, help_text="blind index")
    serial_index = models.CharField(max_length=32, blank=True)
    register_index = models.CharField(max_length=32, blank=True)
    name_birth_index = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["book", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["book", "register_index"],
                condition=~models.Q(state="void") & ~models.Q(register_index=""),
                name="register_number_once",
            ),
        )
        indexes = (
            models.Index(fields=["name_birth_index"], name="entry_name_birth"),
            models.Index(fields=["serial_index"], name="entry_serial"),
            models.Index(
                fields=["personal_id_index"],
                condition=~models.Q(personal_id_index=""),
                name="entry_personal_id",
            ),
        )

    def __str__(self) -> str:
        return f"{self.book_id}/{self.number}"

    @property
    def birth_words(self) -> str:
        """The date of birth as people write it, as far as the book knows it."""
        return spoken_date(self.content.get("birth", ""))


class EntryVersion(models.Model):
    """One line of a book's history. Never changed, never deleted: triggers refuse it.

    ``digest`` covers the line and ``previous``, the digest of the line before it in the same book.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveIntegerField(help_text="1, 2, 3 … within the book")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3 … within the entry")
    action = models.CharField(max_length=9, choices=Action)
    state = models.CharField(max_length=9, choices=State)
    content = models.JSONField()
    personal_id_index = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=100, blank=True, help_text="number of the decision")
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, help_text="import:ID, dossier:ID, desk, demo")
    at = models.DateTimeField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("book_id", "sequence")
        constraints = (
            models.UniqueConstraint(fields=["book", "sequence"], name="version_sequence_once"),
            models.UniqueConstraint(fields=["entry", "number"], name="version_number_once"),
        )
        indexes = (models.Index(fields=["source"], name="version_source"),)

    def __str__(self) -> str:
        return f"{self.entry_id} v{self.number}"
