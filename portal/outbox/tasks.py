"""What Celery calls. Messages carry the id of a duty; the row holds everything else."""

from __future__ import annotations

from celery import shared_task

from portal.outbox import services


@shared_task(name="portal.outbox.perform")
def perform(duty_id: int) -> None:
    """Perform one duty soon after its cause was committed."""
    services.perform_duty(duty_id=duty_id)


@shared_task(name="portal.outbox.sweep")
def sweep() -> None:
    """Perform what is due and was not woken, or whose worker died."""
    services.perform_due_duties()
