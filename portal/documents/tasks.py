"""What the clock wakes in this room."""

from __future__ import annotations

from celery import shared_task

from portal.documents import services


@shared_task(name="portal.documents.discard_uploads")
def discard_uploads() -> int:
    """Drop files that never arrived whole."""
    return services.discard_uploads()
