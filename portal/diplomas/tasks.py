"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.diplomas import lookup


@shared_task(name="portal.diplomas.watch_look_ups")
def watch_look_ups() -> None:
    """Ring an alarm where somebody seems to sweep; forget old misses."""
    lookup.watch()
