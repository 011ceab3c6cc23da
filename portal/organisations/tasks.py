"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.organisations import services


@shared_task(name="portal.organisations.apply_changes")
def apply_changes() -> None:
    """Let names, codes and parents that change by date take effect."""
    services.apply_organisation_changes()
