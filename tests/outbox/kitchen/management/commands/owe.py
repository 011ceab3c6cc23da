"""``owe KIND KEY [name=value …]``: owes one duty, as a service of a room would."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from portal.outbox.services import owe


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind")
        parser.add_argument("key")
        parser.add_argument("values", nargs="*")

    def handle(self, *, kind: str, key: str, values: list[str], **_: Any) -> None:
        payload = {
            name: int(value) if value.isdecimal() else value
            for name, _separator, value in (pair.partition("=") for pair in values)
        }
        with transaction.atomic():
            self.stdout.write(str(owe(kind=kind, key=key, payload=payload)))
