"""``manage apply_organisation_changes``: bring the rows to what the periods say of today."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.organisations import services


class Command(BaseCommand):
    """The daily duty by hand, for sites that run no beat."""

    help = "Names, codes and parents that change by date take effect."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run the service and say how many rows changed."""
        changed = services.apply_organisation_changes()
        self.stdout.write(f"{changed} organisations changed")
