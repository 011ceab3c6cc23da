"""``./run manage allocate INSTANCE.json --output RESULT.json``: allocate a file's season to a file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from admissions.allocation import InstanceRefusedError, allocate, load


class Command(BaseCommand):
    """Needs no database: it reads one file and writes another."""

    help = "Xếp chỗ theo quy tắc đã công bố: đọc INSTANCE.json, ghi RESULT.json."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Both names are fixed: other programs rely on them."""
        parser.add_argument("instance", type=Path, metavar="INSTANCE.json")
        parser.add_argument("--output", type=Path, required=True, metavar="RESULT.json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write nothing at all unless the whole instance is good."""
        source, target = options["instance"], options["output"]
        try:
            result = allocate(load(source.read_bytes()))
        except OSError as error:
            raise CommandError(f"Không đọc được {source}: {error.strerror}.") from error
        except InstanceRefusedError as refusal:
            raise CommandError(
                "\n".join([f"Không xếp chỗ được, {source}:", *refusal.problems])
            ) from refusal
        try:
            draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
            draft.write_bytes(result.to_bytes())
            draft.replace(target)
        except OSError as error:
            raise CommandError(f"Không ghi được {target}: {error.strerror}.") from error
        placed = sum(1 for place in result.placements.values() if place is not None)
        self.stdout.write(f"{placed} trẻ có chỗ trong {len(result.placements)}; mã băm {result.digest()}.")
