"""Telling the workers that there is something to do. A hint only: losing one costs time, not a duty."""

from __future__ import annotations

import logging
import time

from celery import Celery
from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

_SILENCE = 15.0  # seconds without another try after the broker failed: a page must not wait each time
_BRIEFLY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
_silent_until = 0.0


def wake(duty_id: int) -> None:
    """Send a message naming the duty; never raises, for the caller has already committed."""
    global _silent_until  # noqa: PLW0603 -- one switch per process
    if time.monotonic() < _silent_until:
        return
    try:
        application: Celery = import_string(settings.TASK_APPLICATION)
        application.send_task("portal.outbox.perform", (duty_id,), retry=True, retry_policy=_BRIEFLY)
    except Exception as error:  # noqa: BLE001 -- whatever a broker's client raises: the sweep heals it
        _silent_until = time.monotonic() + _SILENCE
        logger.warning("duty %d waits for the sweep: no broker (%s)", duty_id, type(error).__qualname__)
