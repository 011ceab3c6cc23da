"""``perform_duties``: the sweep by hand, for an installation without broker and worker (cron)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.outbox import selectors, services


class Command(BaseCommand):
    """Performs what is due and says how much is left."""

    help = "Perform the duties that are due, without Celery."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the time limit."""
        parser.add_argument("--seconds", type=float, default=50.0, help="stop after so long (50)")

    def handle(self, **options: Any) -> None:
        """Perform and report."""
        performed = services.perform_due_duties(seconds=options["seconds"])
        states = ", ".join(f"{number} {state}" for state, number in selectors.counts().items())
        self.stdout.write(f"{performed} performed; now {states}")
