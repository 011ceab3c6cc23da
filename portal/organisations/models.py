"""Offices and schools as dated data, and the working calendar."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Districts exist in history only: they ended on 30/06/2025."""

    DEPARTMENT = "department", _("Sở")
    DISTRICT = "district", _("Huyện")
    COMMUNE = "commune", _("Xã, phường")
    SCHOOL = "school", _("Trường")


class SchoolLevel(models.TextChoices):
    """What a school teaches."""

    PRESCHOOL = "preschool", _("Mầm non")
    PRIMARY = "primary", _("Tiểu học")
    LOWER_SECONDARY = "lower_secondary", _("Trung học cơ sở")
    UPPER_SECONDARY = "upper_secondary", _("Trung học phổ thông")
    CONTINUING = "continuing", _("Giáo dục thường xuyên")


class Organisation(models.Model):
    """One office or school through all its names: the row is its identity.

    ``name``, ``code`` and ``parent`` are those of today; what they were lies in
    :class:`OrganisationPeriod`.
    """

    code = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=1000, help_text="folded names, today's and former, for search")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    commune = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="where it stands; a school under the department stands in a commune, too",
    )
    levels = models.JSONField(default=list, blank=True, help_text="SchoolLevel values")
    public = models.BooleanField(default=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True, help_text="first day on which it is no more")

    class Meta:
        indexes = (models.Index(fields=["kind", "parent"], name="organisation_kind_parent"),)

    def __str__(self) -> str:
        return self.name


class OrganisationPeriod(models.Model):
    """What an organisation was called and where it belonged, from a day until another (exclusive)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="periods")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=20, db_index=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=400, help_text="the decisions that made it so")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
                name="organisation_period_has_days",
            ),
            models.UniqueConstraint(fields=["organisation", "valid_from"], name="one_period_begins_a_day"),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(valid_to__isnull=True),
                name="one_open_period_per_organisation",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%d/%m/%Y})"


class Succession(models.Model):
    """``successor`` takes over from ``predecessor`` on a day: merger, split, or take-over of tasks."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="succession_once"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class CalendarDay(models.Model):
    """A day that differs from the plain week: a holiday, or a Saturday worked in exchange.

    A row that is not ``enabled`` is known but not (yet) in force, such as 24/11.
    """

    day = models.DateField()
    working = models.BooleanField(help_text="True: worked although it is a weekend")
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    enabled = models.BooleanField(default=True)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="empty: the whole province",
    )

    class Meta:
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(fields=["day", "organisation"], name="calendar_day_once"),
            # NULLs never equal each other, so the province's own rows need a rule of their own
            models.UniqueConstraint(
                fields=["day"],
                condition=models.Q(organisation__isnull=True),
                name="calendar_day_once_province",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class OrganisationEvent(models.Model):
    """Who entered which change of an organisation, and when: appended, never changed."""

    class Action(models.TextChoices):
        """The verbs that an officer carries out by a form."""

        RENAMED = "renamed", _("Đổi tên")
        MOVED = "moved", _("Chuyển cấp trên")
        CLOSED = "closed", _("Kết thúc")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=7, choices=Action)
    on = models.DateField(help_text="from when it counts")
    source = models.CharField(max_length=400)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_action_display()


class CalendarEvent(models.Model):
    """Who added or switched a day of the calendar, and why: appended, never changed."""

    class Action(models.TextChoices):
        """The verbs of ``working_days``."""

        ADDED = "added", _("Thêm")
        ENABLED = "enabled", _("Bật")
        DISABLED = "disabled", _("Tắt")

    calendar_day = models.ForeignKey(CalendarDay, on_delete=models.PROTECT, related_name="events")
    action = models.CharField(max_length=8, choices=Action)
    source = models.CharField(max_length=200)
    actor = models.ForeignKey("accounts.User", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.get_action_display()
