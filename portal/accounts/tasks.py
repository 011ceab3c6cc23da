"""Regular work of this room."""

from __future__ import annotations

from celery import shared_task

from portal.accounts.services import clear_old_turns


@shared_task(name="portal.accounts.clear_old_turns")
def clear_turns() -> None:
    """Delete throttle windows that are over."""
    clear_old_turns()
