"""What beat wakes in this room."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task(name="cms.publish_scheduled")
def publish_scheduled() -> None:
    """Publish and take down what editors gave a time."""
    call_command("publish_scheduled", verbosity=0)
