"""What the clock wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.procedures import services


@shared_task(name="portal.procedures.expire_drafts")
def expire_drafts() -> int:
    """Empty the drafts whose time is over."""
    return services.expire_drafts()


@shared_task(name="portal.procedures.apologise")
def apologise() -> int:
    """Say sorry for what is late and promise another day."""
    return services.apologise_where_late()
