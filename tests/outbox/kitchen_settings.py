"""The suite's settings plus the kitchen, for processes of their own: a database file, a broker file."""

import os
from datetime import timedelta

from portal.settings.test import *  # noqa: F403 -- a profile on top of another
from portal.settings.test import DATA_DIR, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.outbox.kitchen"]
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", f"embedded://{DATA_DIR}/broker.sqlite3")
CELERY_BEAT_SCHEDULE = {"sweep-duties": {"task": "portal.outbox.sweep", "schedule": timedelta(seconds=1)}}
