"""``revive_duties``: lists the dead duties, or lets some start again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.outbox import selectors, services


class Command(BaseCommand):
    """Without arguments it only lists."""

    help = "List the duties that gave up, or revive them by id, by kind, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ids or a selection."""
        parser.add_argument("duty", nargs="*", type=int, help="ids")
        parser.add_argument("--kind", help="all dead duties of a kind")
        parser.add_argument("--all", action="store_true", help="all dead duties")

    def handle(self, **options: Any) -> None:
        """List or revive."""
        chosen: list[int] = options["duty"]
        if options["all"] or options["kind"]:
            chosen = list(selectors.dead(kind=options["kind"]).values_list("pk", flat=True))
        elif not chosen:
            for duty in selectors.dead():
                self.stdout.write(f"{duty.pk} {duty.kind} {duty.key}: {duty.last_error}")
            return
        for duty_id in chosen:
            try:
                services.revive(duty_id=duty_id)
            except services.DutyNotDeadError as error:
                raise CommandError(str(error)) from error
        self.stdout.write(f"{len(chosen)} revived")
