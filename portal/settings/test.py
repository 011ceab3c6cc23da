"""The suite's profile: the embedded one, or PostgreSQL by DATABASE_URL; fast hashes, mail in memory."""

import os
import tempfile
from pathlib import Path

if "DATA_DIR" not in os.environ:
    # set before the parts are read, so that no test ever writes into somebody's own data
    os.environ["DATA_DIR"] = str(Path(tempfile.gettempdir()) / f"dvgd-test-{os.getuid()}")

import environ

from portal.settings import mail
from portal.settings.embedded import *
from portal.settings.embedded import DATABASES, STORAGES

if "DATABASE_URL" in os.environ:
    DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"])}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = mail.mailers(os.environ.get("EMAIL_URL", "memorymail://"))
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "memory://")
WHITENOISE_AUTOREFRESH = True
