"""The Celery application. Workers: ``celery -A portal.celery worker``."""

import os

from celery import Celery, signals

from portal import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.embedded")
broker.register()

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


# Signs of life for /health/ (portal/api/README.md): the clock sends a task every ten seconds, and leaves
# its own sign when the broker has taken a message; the worker leaves its sign when it carries the task out.
@app.task(name="portal.heartbeat")
def heartbeat() -> None:
    """Prove that a message travels from the clock through the broker to a worker."""
    from portal.common.heartbeat import beat  # noqa: PLC0415 - the settings must be complete before

    beat("worker")


@signals.worker_ready.connect
def _worker_is_ready(**_arguments: object) -> None:
    from portal.common.heartbeat import begin  # noqa: PLC0415 - the settings must be complete before

    begin("worker")


@signals.beat_init.connect
def _beat_is_ready(**_arguments: object) -> None:
    from portal.common.heartbeat import begin  # noqa: PLC0415 - the settings must be complete before

    begin("beat")
    signals.after_task_publish.connect(_beat_has_sent)


def _beat_has_sent(**_arguments: object) -> None:
    from portal.common.heartbeat import beat  # noqa: PLC0415 - the settings must be complete before

    beat("beat")
