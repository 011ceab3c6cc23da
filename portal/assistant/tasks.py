"""What the clock wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.assistant import services


@shared_task(name="portal.assistant.forget_old")
def forget_old() -> int:
    """Delete the talks whose time is over."""
    return services.forget_old()
