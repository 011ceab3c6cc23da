"""Who issued diplomas, and the books (sổ gốc) in which they were entered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Of what the diploma speaks. Since 2026 no new ones are issued for lower secondary (see rules.py)."""

    PRIMARY = "primary", _("Tiểu học")
    LOWER_SECONDARY = "lower_secondary", _("Trung học cơ sở")
    UPPER_SECONDARY = "upper_secondary", _("Trung học phổ thông")
    VOCATIONAL = "vocational_secondary", _("Trung học nghề")


class Issuer(models.Model):
    """Whoever issued diplomas under a name, perhaps long gone; its books are kept by an office of today."""

    name = models.CharField(max_length=200, help_text="as it stands on the diplomas")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the office of the register of organisations, where it is one",
    )
    ended_on = models.DateField(null=True, blank=True, help_text="first day on which it was no more")
    keeper = models.ForeignKey(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who keeps its books now",
    )
    keeper_source = models.CharField(max_length=300, blank=True, help_text="by which decision")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["name", "keeper"], name="issuer_once"),)

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """One book: an issuer's diplomas of a level and a year. Its versions form a chain of digests."""

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="books")
    level = models.CharField(max_length=20, choices=Level)
    year = models.PositiveSmallIntegerField(help_text="of graduation")
    entry_count = models.PositiveIntegerField(default=0, help_text="numbers given to entries so far")
    length = models.PositiveIntegerField(default=0, help_text="versions in the chain")
    head = models.CharField(max_length=64, blank=True, help_text="digest of the chain's last version")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "level", "year"], name="book_once"),)
        indexes = (models.Index(fields=["-year", "level"], name="book_year"),)

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.year}, {self.issuer.name}"
