"""The waiting room of a window: who may enter when, in one row that all processes share."""

from __future__ import annotations

from django.db import models


class WaitingRoom(models.Model):
    """Times are seconds since 1970. A turn is a moment: nobody has to be counted while they wait."""

    phase = models.OneToOneField("admissions.Phase", on_delete=models.CASCADE, related_name="waiting_room")
    per_minute = models.PositiveIntegerField(
        default=0, help_text="whom we let in a minute; 0: the room is off"
    )
    next_turn = models.FloatField(default=0, help_text="the first turn that is not given away yet")
    early = models.PositiveIntegerField(default=0, help_text="tickets given before the opening")

    def __str__(self) -> str:
        return f"{self.phase_id}: {self.per_minute}"
