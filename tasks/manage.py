"""``./run manage …``: Django's commands with the settings of this clone."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tasks.places import SETTINGS


def main(arguments: Sequence[str]) -> int:
    """Hand over to Django; its own exit codes pass through as SystemExit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./run manage", *arguments])
    return 0
