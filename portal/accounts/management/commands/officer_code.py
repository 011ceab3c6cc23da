"""Print the code with which a demo officer signs in now: ``officer_code thu``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from portal.accounts.services import demo_way_in


class Command(BaseCommand):
    """The authenticator app of a visitor who has none."""

    help = "Print an officer's current one-time code. Works in the demo only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the officer's user name."""
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the code and how long it holds."""
        if not settings.DEMO:
            raise CommandError("Codes are printed in the demo only.")
        try:
            way_in = demo_way_in(options["username"])
        except User.DoesNotExist as error:
            raise CommandError(f"There is no officer {options['username']}.") from error
        self.stdout.write(f"{way_in.code} ({way_in.seconds} s)")
