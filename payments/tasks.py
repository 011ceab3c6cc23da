"""What the clock wakes in this room."""

from __future__ import annotations

from celery import shared_task

from payments import services


@shared_task(name="payments.ask_silent")
def ask_silent() -> int:
    """Ask the bank about attempts that are over and of which it said nothing."""
    return services.ask_silent()


@shared_task(name="payments.expire")
def expire() -> int:
    """Give up waiting where a bank is silent for too long."""
    return services.expire_attempts()


@shared_task(name="payments.redeliver")
def redeliver() -> int:
    """Tell owners again who still do not know."""
    return services.redeliver()


@shared_task(name="payments.reconcile")
def reconcile() -> int:
    """Compare yesterday with the bank's settlement file."""
    return services.reconcile_yesterday()


@shared_task(name="payments.erase_exports")
def erase_exports() -> int:
    """Erase accountants' files that are a week old."""
    return services.erase_exports()
