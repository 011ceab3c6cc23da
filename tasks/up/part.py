"""``python -m tasks part NAME``: become one part, for containers; the command is the one ``./run`` uses."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tasks.terminal import Refusal
from tasks.up.parts import parts_of
from tasks.up.site import site_here


def main(arguments: Sequence[str]) -> int:
    """Replace this process by the part's, so that the container's signals reach it."""
    site = site_here()
    known = {part.name: part for part in parts_of(site)}
    if len(arguments) != 1 or arguments[0] not in known:
        raise Refusal(f"Name one part: {', '.join(known)}.")
    part = known[arguments[0]]
    site.run.mkdir(parents=True, exist_ok=True)
    os.execve(part.command[0], part.command, {**site.environment, **part.environment})
