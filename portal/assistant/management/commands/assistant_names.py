"""Write the schools and communes of today for the bot's training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal.organisations import selectors as organisations


class Command(BaseCommand):
    """``manage assistant_names FILE``: writes only where something changed, so that the model stays."""

    help = "Write schools and communes for the assistant's bot, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to write."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        """Write the names, sorted."""
        names = {
            "school": sorted(school.name for school in organisations.schools()),
            "commune": sorted(commune.name for commune in organisations.communes()),
        }
        content = json.dumps(names, ensure_ascii=False, indent=0)
        if not file.exists() or file.read_text("utf-8") != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, "utf-8")
