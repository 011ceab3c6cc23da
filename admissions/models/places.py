"""Where people live, as catchments name it, and which school a place belongs to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from admissions.rules import HOME, NEIGHBOUR


class Zone(models.TextChoices):
    """What a place is to a school."""

    HOME = HOME, _("Đúng tuyến")
    NEIGHBOUR = NEIGHBOUR, _("Tuyến giáp ranh")


class Place(models.Model):
    """A hamlet, a group of houses or a street of a commune; without a name: the whole commune."""

    commune = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    name_key = models.CharField(max_length=120, blank=True, help_text="folded, without its kind")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        ordering = ("commune_id", "name_key", "pk")
        constraints = (models.UniqueConstraint(fields=["commune", "name_key"], name="place_once"),)

    def __str__(self) -> str:
        return self.name


class Catchment(models.Model):
    """A place lies in, or next to, a school's catchment in a season."""

    season = models.ForeignKey("admissions.Season", on_delete=models.CASCADE, related_name="catchments")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="catchments")
    school = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=9, choices=Zone, default=Zone.HOME)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["season", "place", "school"], name="catchment_once"),
            models.UniqueConstraint(
                fields=["season", "place"], condition=models.Q(zone="home"), name="one_home_school"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place_id} → {self.school_id}"
