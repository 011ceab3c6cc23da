"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.charges import services


@shared_task(name="portal.charges.remind_due_lists")
def remind_due_lists() -> None:
    """Begin the reminders of the day."""
    services.remind_due_lists()
