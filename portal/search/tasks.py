"""What beat wakes in this room."""

from __future__ import annotations

import logging

from celery import shared_task

from portal.search import services

log = logging.getLogger(__name__)


@shared_task(name="portal.search.heal")
def heal() -> int:
    """Fill an outside engine with what it missed."""
    try:
        return services.heal()
    except Exception as error:  # noqa: BLE001 - it is away; the next sweep comes soon
        log.warning("search engine away, nothing was pushed", extra={"error": type(error).__name__})
        return 0


@shared_task(name="portal.search.refresh_all")
def refresh_all() -> int:
    """Find what changed without telling us: by date, or in the registers."""
    services.forget_old_queries()
    return services.refresh_all()
