"""What the clock wakes in this room."""

from __future__ import annotations

from celery import shared_task

from admissions import services


@shared_task(name="admissions.watch_confirmations")
def watch_confirmations() -> None:
    """Remind families shortly before the last day; end what is over."""
    services.remind()
    services.close_confirmations()
