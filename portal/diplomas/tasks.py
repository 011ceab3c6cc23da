"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.diplomas import lookup
from portal.diplomas.import_write import discard_abandoned_imports


@shared_task(name="portal.diplomas.watch_look_ups")
def watch_look_ups() -> None:
    """Ring an alarm where somebody seems to sweep; forget old misses."""
    lookup.watch()


@shared_task(name="portal.diplomas.discard_abandoned_imports")
def discard_imports() -> None:
    """Drop files that nobody goes on with."""
    discard_abandoned_imports()
