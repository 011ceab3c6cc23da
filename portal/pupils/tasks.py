"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.pupils import services


@shared_task(name="portal.pupils.discard_abandoned_imports")
def discard_abandoned_imports() -> None:
    """Drop staged rows of people that nobody will write any more."""
    services.discard_abandoned_imports()
