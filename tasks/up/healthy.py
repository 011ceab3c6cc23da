"""``python -m tasks healthy NAME``: exit code 0 when a part of this machine serves; for containers."""

from __future__ import annotations

from collections.abc import Sequence

from tasks.terminal import Refusal
from tasks.up.ask import serves
from tasks.up.parts import parts_of
from tasks.up.site import site_here


def main(arguments: Sequence[str]) -> int:
    """Ask once."""
    asked = {part.name: part for part in parts_of(site_here()) if part.health}
    if len(arguments) != 1 or arguments[0] not in asked:
        raise Refusal(f"Name one part that answers over HTTP: {', '.join(asked)}.")
    return 0 if serves(asked[arguments[0]]) else 1
