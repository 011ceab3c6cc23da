"""Prepare the sample provider's file: ``prepare_provider < people.json``."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from portal.accounts.provider import services


class Command(BaseCommand):
    """Migrate, register the portal, add the persons of a JSON list on standard input."""

    help = "Bring the sample provider's file up to date; --people reads persons from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Persons come by standard input: arguments can be read by everybody on the machine."""
        parser.add_argument("--people", action="store_true", help="read a JSON list of persons")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Prepare, then add."""
        services.prepare()
        if not options["people"]:
            return
        people = json.load(sys.stdin)
        with transaction.atomic():
            for person in people:
                born = person.pop("birth_date", None)
                services.add_person(**person, birth_date=date.fromisoformat(born) if born else None)
        self.stdout.write(f"{len(people)} persons")
